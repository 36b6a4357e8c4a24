"""The register of government as the look-ups read it: organisations, their other names, and themes."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import OrganisationId
from bot.domain.layer import Layer

_REGISTER_PREFIX = re.compile(
    r"^(?:samenwerkingsorganisatie |zbo |waterschap (?=Hoogheemraadschap |Wetterskip ))"
)


def title_of(kind: str, name: str) -> str:
    """An organisation of that kind as people say it: "gemeente Utrecht"."""
    return f"gemeente {name}" if kind == "gemeente" else _REGISTER_PREFIX.sub("", name)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of government. `uri` is its key, `successors` are the uris of who took over."""

    id: OrganisationId
    uri: str
    layer: Layer
    kind: str
    name: str
    short_name: str = ""
    province: str = ""
    corop: str = ""
    veiligheidsregio: str = ""
    email_domain: str = ""
    ended: bool = False
    successors: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The name as people say it: "gemeente Utrecht", "Hoogheemraadschap van Delfland"."""
        return title_of(self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of an organisation. `kind`: alias, town, english or former_… ."""

    name: str
    organisation: OrganisationId
    kind: str

    @property
    def former(self) -> bool:
        """Whether it is the name of something that ended."""
        return self.kind.startswith("former_")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the TOP-lijst; a main theme has its own label as `main_theme`."""

    code: str
    label: str
    main: bool
    main_theme: str
    synonyms: tuple[str, ...] = ()


class RegionKind(StrEnum):
    """Which division of the country a region belongs to."""

    PROVINCE = "province"
    COROP = "corop"
    VEILIGHEIDSREGIO = "veiligheidsregio"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the country by which organisations can be found."""

    kind: RegionKind
    name: str

    def holds(self, organisation: Organisation) -> bool:
        """Whether an organisation lies in it (a waterschap: by its visiting address)."""
        values = {
            RegionKind.PROVINCE: organisation.province,
            RegionKind.COROP: organisation.corop,
            RegionKind.VEILIGHEIDSREGIO: organisation.veiligheidsregio,
        }
        return values[self.kind] == self.name
