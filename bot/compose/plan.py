"""The engine of the rounds on a file: for who tries settings, and for who wants to check a plan."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot import matching
from bot.compose.program import TEXTS
from bot.domain.layer import Layer
from bot.domain.practice import Practice
from bot.domain.topic import Part
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.matching import DEFAULTS, Distance, Person, PlanError, Settings, Tie, Weights
from bot.matching.explain import why
from bot.services.wording import ONE_OF_LAYER
from bot.settings import Settings as CoreSettings

LARGEST_FILE = 1 << 29
_WEIGHTS = tuple(one.name for one in fields(Weights))
_Name = Annotated[str, Field(min_length=1, max_length=200)]


def _a_weight(name: str) -> str:
    if name not in _WEIGHTS:
        raise ValueError(f"there is no such weight; there are {', '.join(_WEIGHTS)}")
    return name


_WeightName = Annotated[str, AfterValidator(_a_weight)]
_Count = Annotated[int, Field(ge=0, le=1_000_000)]


class _Given(BaseModel):
    """JSON of these keys and types and no other: a number is not a word, a word is no number."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Person(_Given):
    id: _Name
    organisation: _Name
    layer: Layer
    topics: dict[_Name, Part] = Field(default_factory=dict)
    region: Annotated[str, Field(max_length=200)] = ""
    languages: Annotated[tuple[_Name, ...], Field(min_length=1, max_length=100)] = ("nl",)
    slots: Annotated[tuple[_Count, ...], Field(max_length=1_000)] = ()
    formats: Annotated[tuple[_Name, ...], Field(max_length=100)] = ()
    work: Practice | None = None
    column: Annotated[str, Field(max_length=200)] = ""
    lacks: Annotated[tuple[Layer, ...], Field(max_length=len(Layer))] = ()
    waiting: _Count = 0
    introductions: _Count = 0
    small: bool = False
    koepel: bool = False
    active: bool = True
    willing: bool = True
    elected: bool = False


class _Settings(_Given):
    size: int = DEFAULTS.size
    trios: bool = DEFAULTS.trios
    koepels: bool = DEFAULTS.koepels
    across_layers: bool = DEFAULTS.across_layers
    distance: Distance = DEFAULTS.distance
    most_waiting: int = DEFAULTS.most_waiting
    seed: Annotated[str, Field(max_length=200)] = DEFAULTS.seed
    candidates: int = DEFAULTS.candidates
    exact_up_to: int = DEFAULTS.exact_up_to
    weights: dict[_WeightName, int] = Field(default_factory=dict)

    def made(self) -> Settings:
        chosen = dict(self) | {"weights": Weights(**self.weights)}
        return Settings(**chosen)


class _Input(_Given):
    people: list[_Person]
    known: list[tuple[_Name, _Name]] = []
    blocked: list[tuple[_Name, _Name]] = []
    settings: _Settings = _Settings()


def plan_of(data: bytes, settings: CoreSettings) -> Mapping[str, Any]:
    """What the engine makes of a file, as JSON has it: docs/matching.md. Raises `PlanError`, in one line."""
    if len(data) > LARGEST_FILE:
        raise PlanError(f"The file is larger than {LARGEST_FILE >> 20} MB.")
    try:
        given = _Input.model_validate_json(data)
    except ValidationError as error:
        raise PlanError(_in_one_line(error)) from None
    people = [Person(**dict(one)) for one in given.people]
    made = matching.plan(people, given.known, given.blocked, given.settings.made())
    catalogue = Catalogue(TEXTS, settings.time_zone)
    layer = {one.id: one.layer for one in people}

    def told(tie: Tie) -> Mapping[str, Any]:
        texts = why(tie, (layer[tie.one], layer[tie.other]), ONE_OF_LAYER, str)
        # No day stands in these texts, so any will do.
        words = [catalogue.words(one, settings.language, nothing_about, today=date.min) for one in texts]
        return {"terms": {reason.term.value: reason.points for reason in tie.reasons}, "words": words}

    ties: dict[str, dict[str, Any]] = {}
    for group in made.groups:
        for tie in group.ties:
            ties.setdefault(tie.one, {})[tie.other] = told(tie)
    return {
        "groups": [list(group.members) for group in made.groups],
        "left_out": list(made.left_out),
        "certificate": asdict(made.certificate),
        "why": ties,
        "sha256": made.sha256,
    }


def _in_one_line(error: ValidationError) -> str:
    """Where the first fault stands and what it is; of what stands there, nothing."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    # A key that somebody made up may hold anything: of what is not a field of ours only the place is told.
    place = ".".join(str(part) if isinstance(part, int) or part in _FIELDS else "…" for part in first["loc"])
    return f"{place or 'The file'}: {first['msg'].removeprefix('Value error, ').partition(chr(10))[0]}"


_FIELDS = {name for model in (_Input, _Person, _Settings) for name in model.model_fields} | set(_WEIGHTS)
