"""What is looked up: topics, layers, an organisation, a region; to and from a button's arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import JsonValue

from bot.domain.fillers import ARTICLES, AT, FILLERS, IN, INNER
from bot.domain.ids import OrganisationId, SubQuestionId, TopicId
from bot.domain.layer import Layer
from bot.domain.lookup import SURE, One, Several
from bot.domain.lookup_topic import TooBroad
from bot.domain.question import Question, TopicAnswer
from bot.domain.register import Region, RegionKind
from bot.domain.words import tokens

_ASKING = frozenset(
    "wie ken kent kennen iemand collega collegas zoek zoekt contact contactpersoon contactpersonen "
    "tegenhanger ambtenaar ambtenaren adviseur adviseurs who know knows someone somebody anyone anybody "
    "colleague colleagues official officials".split()
)
"""Who says one of these looks for a person."""
_BETWEEN = ARTICLES | AT | IN | INNER | frozenset("over en of and or about op aan voor for on".split())
"""These may stand between the names of topics and organisations without making a sentence of them."""


@dataclass(frozen=True, slots=True)
class Search:
    """A look-up. Several topics or organisations: one of them is meant, which is to be asked back.

    ``before``: until when it is needed, where there is haste; it makes no other question of it. ``part`` is a
    sub-question of the topic.
    """

    topics: tuple[TopicId, ...] = ()
    layers: tuple[Layer, ...] = ()
    organisations: tuple[OrganisationId, ...] = ()
    region: Region | None = None
    before: datetime | None = None
    part: SubQuestionId | None = None

    @property
    def key(self) -> str:
        """The same for the same question, in whatever order it was asked."""
        region = f"{self.region.kind}:{self.region.name}" if self.region else ""
        layers = ",".join(sorted(self.layers))
        part = "" if self.part is None else f"|q{self.part}"
        return f"t{_ids(self.topics)}|l{layers}|o{_ids(self.organisations)}|r{region}{part}"

    @property
    def layer(self) -> Layer | None:
        """The layer asked for, if it is one."""
        return self.layers[0] if len(self.layers) == 1 else None

    @property
    def narrowed(self) -> bool:
        """Whether there is more than the topic."""
        return bool(self.layers or self.organisations or self.region or self.part)

    def wider(self) -> Search:
        """Without the narrowest of its filters: sub-question, else organisation, else region, else layer."""
        if self.part is not None:
            return replace(self, part=None)
        if self.organisations:
            return replace(self, organisations=())
        if self.region is not None:
            return replace(self, region=None)
        return replace(self, layers=())

    def on(self, topic: TopicId) -> Search:
        return replace(self, topics=(topic,), part=self.part if self.topics == (topic,) else None)

    def at(self, organisation: OrganisationId) -> Search:
        return replace(self, organisations=(organisation,))

    def without_place(self, layers: tuple[Layer, ...]) -> Search:
        """Without organisation, region and sub-question; ``layers`` are those of the organisations."""
        return replace(self, layers=self.layers or layers, organisations=(), region=None, part=None)

    @property
    def args(self) -> dict[str, JsonValue]:
        """As a button keeps it."""
        return {
            "topics": list(self.topics),
            "layers": list(self.layers),
            "organisations": list(self.organisations),
            "region": [self.region.kind, self.region.name] if self.region else None,
            "before": self.before.isoformat() if self.before else None,
            **({} if self.part is None else {"part": self.part}),
        }

    @classmethod
    def from_args(cls, args: Mapping[str, JsonValue]) -> Search:
        """What :attr:`args` kept. Raises ``ValueError`` for anything else."""
        region: Region | None = None
        match args.get("region"):
            case [str(kind), str(name)]:
                region = Region(RegionKind(kind), name)
        before, part = args.get("before"), args.get("part")
        return cls(
            part=SubQuestionId(part) if isinstance(part, int) else None,
            before=datetime.fromisoformat(before) if isinstance(before, str) else None,
            topics=tuple(TopicId(number) for number in _numbers(args.get("topics"))),
            layers=tuple(Layer(str(layer)) for layer in _list(args.get("layers"))),
            organisations=tuple(OrganisationId(number) for number in _numbers(args.get("organisations"))),
            region=region,
        )

    @classmethod
    def of(cls, question: Question) -> Search:
        """What a question asks, with all that it may mean. An organisation says more than its layer."""
        organisations: tuple[OrganisationId, ...] = ()
        match question.organisation:
            case One(hit=hit):
                organisations = (hit.value.id,)
            case Several(hits=hits):
                organisations = tuple(hit.value.id for hit in hits)
        topics: dict[TopicId, None] = {}
        for answer in question.topics:
            meant = (answer.hit,) if isinstance(answer, One) else answer.hits
            topics |= dict.fromkeys(hit.value.id for hit in meant)
        layers = () if organisations else question.layers
        return cls(tuple(topics), layers, organisations, question.region)


def sure(words: str, question: Question) -> bool:
    """Whether words that bear no command's name are surely a question for somebody.

    Either they name a topic or an organisation and nothing else, or they ask for a person and all but one
    of them was understood. 'Heb je energie?' is small talk, 'energietransitie' and 'wie doet energie?' not.
    """
    said = set(tokens(words))
    asks = bool(said & _ASKING)
    if not asks and said & FILLERS - _BETWEEN:
        return False
    topic = any(_score(answer) >= SURE for answer in question.topics)
    organisation = question.organisation is not None
    return (topic or organisation) and len(question.rest) <= (asks and topic)


def _score(answer: TopicAnswer) -> float:
    match answer:
        case One(hit=hit):
            return hit.score
        case Several(hits=hits):
            return hits[0].score
        case TooBroad():
            return SURE


def _ids(numbers: tuple[int, ...]) -> str:
    return ",".join(str(number) for number in sorted(numbers))


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _numbers(value: JsonValue) -> list[int]:
    return [number for number in _list(value) if isinstance(number, int)]
