"""``wie-ken-ik``: whom one knows, can reach, or could get to know, for an opgave at another overheid."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import JsonValue

from bot.chat.message import Block, Message, Option, choose, say
from bot.commands import Ask, Command, Reply, free_words, reply
from bot.commands.oproep import until_of
from bot.domain import urgency
from bot.domain.errors import KoffieError
from bot.domain.ids import SubQuestionId
from bot.domain.lookup import SURE, Hit, One, Reason
from bot.domain.lookup_topic import TooBroad
from bot.domain.question import Question, understand
from bot.domain.search import Search, sure
from bot.domain.sub_question import parts_in
from bot.i18n.text import Text, text
from bot.services import appeal, look_up, look_up_words, network, profile, topic_words, watch
from bot.services.register import indexes
from bot.store import involvements

_NEAR = 2
"""Neighbouring topics that are offered at most."""


@dataclass(frozen=True)
class _Read:
    """What words ask; ``words`` are those that were looked at, without the sub-question."""

    question: Question
    words: str
    part: SubQuestionId | None = None

    @property
    def search(self) -> Search:
        return replace(Search.of(self.question), part=self.part)


async def _understood(ask: Ask, words: str) -> _Read:
    """A sub-question counts beside its topic, or alone where the words name no topic at all."""
    known = await indexes(ask.work)
    whole = understand(words, known.organisations, known.topics)
    for meant in parts_in(words, known.topics):
        rest = understand(meant.rest, known.organisations, known.topics)
        match rest.topics:
            case [One(hit=hit)] if hit.value.id == meant.topic.id:
                return _Read(rest, meant.rest, meant.part.id)
            case [] if not whole.topics:
                alone = One(Hit(meant.topic, SURE, Reason.PART, meant.part.label))
                return _Read(replace(rest, topics=(alone,)), meant.rest, meant.part.id)
    return _Read(whole, words)


async def run(ask: Ask) -> Reply:
    urgent = urgency.split(ask.words, ask.work.now, ask.work.zone, ask.work.hours.end)
    read = await _understood(ask, urgent.words if urgent else ask.words)
    question = read.question
    search = replace(read.search, before=until_of(ask, urgent) if urgent else None)
    if not ask.me.switches.findable:
        return _hidden(search)
    if question.empty:
        return await _own_network(ask)
    match question.topics:
        case [One()]:
            return await _found(ask, search)
        case []:
            return await _which_of_mine(ask, search)
        case [TooBroad(theme=theme)]:
            return await _which_topic(ask, search, text("look-up-too-broad", theme=theme.label))
        case [_]:
            return await _which_topic(ask, search, text("look-up-which-topic"))
        case _:
            return await _which_topic(ask, search, text("look-up-one-at-a-time"))


def _hidden(search: Search) -> Reply:
    """Why there is no answer now, and one press to change that."""
    press = look_up_words.on_search(text("look-up-become-findable"), "wie-ken-ik/findable", search, "primary")
    return reply(say(text("look-up-hidden"), choose(press)))


async def become_findable(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    """Then the question that was asked goes on."""
    seen = replace(ask, official=await look_up.become_findable(ask.work, ask.me))
    return await search_again(seen, args)


async def search_again(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    search = Search.from_args(args)
    if not ask.me.switches.findable:
        return _hidden(search)
    match search.topics:
        case [_]:
            return await _found(ask, search)
        case [] if search.narrowed:
            return await _which_of_mine(ask, search)
        case []:
            return await _own_network(ask)
        case _:
            return await _which_topic(ask, search, text("look-up-which-topic"))


async def _own_network(ask: Ask) -> Reply:
    return await _and_still_right(ask, await network.overview(ask.work, ask.me))


async def _which_topic(ask: Ask, search: Search, *lead: Text | Block) -> Reply:
    return reply(look_up_words.which_topic(search, await indexes(ask.work), ask.language, *lead))


async def _which_of_mine(ask: Ask, search: Search) -> Reply:
    """No topic was understood: whom one knows there, and then one's own topics are likely."""
    first: list[Block] = []
    if search.narrowed:
        first = look_up_words.known_blocks(
            await look_up.known_at(ask.work, ask.me, search), None, ask.language
        )
    mine = [topic for topic, _ in await involvements.of(ask.work, ask.me.id)]
    if not mine:
        return reply(say(*first, text("look-up-no-topic")))
    lead = look_up_words.which_of_mine(search, await indexes(ask.work))
    search = replace(search, topics=tuple(mine))
    return await _which_topic(ask, search, *first, lead)


async def _found(ask: Ask, search: Search) -> Reply:
    """The answer to a search for one topic; an organisation may still have to be asked back."""
    known = await indexes(ask.work)
    topic = await look_up.topic_of(ask.work, search)
    if not topic.sensitive and len(search.organisations) > 1:
        return reply(look_up_words.which_organisation(search, known))
    rings = await look_up.answer(ask.work, ask.me, search)
    search = await look_up.fitting(ask.work, search, topic)
    steps: list[Option] = []
    if not rings.willing:
        between = await look_up.stance(ask.work, ask.me)
        near = await look_up.widened(ask.work, between, topic, _NEAR)
        steps = look_up_words.next_steps(search, topic, near, ask.language)
    beside = [] if search.narrowed else await topic_words.beside(ask.work, ask.me, topic)
    answer = look_up_words.answer(search, topic, rings, known, ask.language, steps, beside)
    if search.before is not None:
        return reply(answer, await _call(ask, search, search.before, steps=not steps))
    return await _and_still_right(ask, answer)


async def _call(ask: Ask, search: Search, before: datetime, *, steps: bool) -> Message:
    """For who is in a hurry: a call, or why there is none; the answer itself stands."""
    try:
        return await appeal.offer(ask.work, ask.me, search, before, steps=steps)
    except KoffieError as refusal:
        return say(refusal.text)


async def _and_still_right(ask: Ask, answer: Message) -> Reply:
    """Under an answer that was asked for, half-yearly, the question whether the profile still holds."""
    right = await profile.still_right(ask.work, ask.me)
    return reply(answer) if right is None else reply(answer, right)


async def watch_for(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    search = Search.from_args(args)
    await watch.begin(ask.work, ask.me, search)
    topic = await look_up.topic_of(ask.work, search)
    named = look_up_words.what(search, topic, await indexes(ask.work), ask.language)
    return reply(say(text("look-up-watching", what=named)))


async def tell_gap(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    await look_up.tell_gap(ask.work, ask.me, Search.from_args(args))
    return reply(say(text("look-up-gap-told")))


async def forward(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    search = Search.from_args(args)
    topic = await look_up.topic_of(ask.work, search)
    return reply(look_up_words.to_forward(search, topic, await indexes(ask.work), ask.language))


async def _understands(ask: Ask, words: str) -> bool:
    urgent = urgency.split(words, ask.work.now, ask.work.zone, ask.work.hours.end)
    said = urgent.words if urgent else words
    read = await _understood(ask, said)
    return sure(read.words, read.question)


COMMAND = Command(
    name="wie-ken-ik",
    aliases=("who-do-i-know", "ken-ik-iemand", "wie", "who"),
    summary=text("look-up-summary"),
    run=run,
    takes=free_words,
    top_level=True,
    actions={
        "search": search_again,
        "watch": watch_for,
        "gap": tell_gap,
        "forward": forward,
        "findable": become_findable,
    },
    understands=_understands,
)
