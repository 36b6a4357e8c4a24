"""What the bot would understand of a name: by its own register, or by the shipped one."""

from dataclasses import dataclass

from bot.compose.beside import beside, holds_database
from bot.domain.lookup import Hit, Nothing, One, Several, decide
from bot.domain.lookup_topic import TooBroad
from bot.domain.register import Organisation
from bot.domain.topic import Topic
from bot.services import register, shipped
from bot.services.register_import import newest_snapshot
from bot.settings import Settings
from bot.settings.values import KEY_BYTES
from bot.store import register as rows
from bot.store import schema

_MOST = 10


@dataclass(frozen=True)
class Candidate:
    """Something that a name may mean. ``score`` is 0 to 100; ``matched`` is the name that it was found by."""

    name: str
    key: str
    layer: str
    score: float
    reason: str
    matched: str


@dataclass(frozen=True)
class Understood:
    """All candidates, best first, by the register of that date, and what the bot would do."""

    register: str
    does: str
    candidates: tuple[Candidate, ...]


async def understand(settings: Settings, kind: str, words: str) -> Understood:
    """``kind`` is 'organisation' or 'topic'. Nothing is made or changed."""
    dated, indexes = await _indexes(settings)
    if kind == "organisation":
        organisations = indexes.organisations.find(words, _MOST)
        return Understood(dated, _does(decide(organisations)), tuple(map(_organisation, organisations)))
    topics = indexes.topics.find(words, _MOST)
    return Understood(dated, _does(indexes.topics.decide(words)), tuple(map(_topic, topics)))


async def _indexes(settings: Settings) -> tuple[str, register.Indexes]:
    if holds_database(settings):
        # Nothing sealed is read here, so the key does not matter.
        async with beside(settings, bytes(KEY_BYTES)) as workshop:
            await schema.refuse_old(workshop.database)
            async with workshop.read() as work:
                if dated := await rows.dated(work):
                    return dated, await register.indexes(work)
    return newest_snapshot().name, shipped.shipped_indexes()


def _does(
    decision: One[Organisation] | One[Topic] | Several[Organisation] | Several[Topic] | TooBroad | Nothing,
) -> str:
    match decision:
        case One():
            return "takes the first one"
        case Several():
            return "asks which one is meant"
        case TooBroad():
            return "says that this is a whole theme, and asks for a task in it"
        case Nothing():
            return "says that it knows nothing by that name"


def _organisation(hit: Hit[Organisation]) -> Candidate:
    found = hit.value
    return Candidate(found.title, found.uri, found.layer.value, hit.score, hit.reason.value, hit.matched)


def _topic(hit: Hit[Topic]) -> Candidate:
    found = hit.value
    layers = ", ".join(layer.value for layer in found.layers)
    return Candidate(found.label_nl, found.slug, layers, hit.score, hit.reason.value, hit.matched)
