"""One official, as every use case sees them."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import OfficialId, OrganisationId
from bot.domain.layer import Layer


@dataclass(frozen=True)
class Switches:
    """What is open; only being findable costs the right to search (P10)."""

    findable: bool = True
    requests: bool = True
    rounds: bool = True


@dataclass(frozen=True)
class Official:
    """A registered, active official with the whole profile.

    ``language`` is that of the bot's words to them; ``spoken`` are those of people, at least one.
    ``confirmed_at`` is when the profile was last said to be right.
    """

    id: OfficialId
    name: str
    organisation_id: OrganisationId
    organisation: str
    layer: Layer
    language: str
    spoken: tuple[str, ...]
    role: str
    not_about: str
    human_line: str
    knows: str
    seeks: str
    region: str
    place: str
    working_days: tuple[int, ...]
    working_hours: str
    time_zone: str
    formats: tuple[str, ...]
    pace: int
    introduces: bool
    nudges_off: tuple[str, ...]
    switches: Switches
    joined_at: datetime
    confirmed_at: datetime
    rules_shown: bool
