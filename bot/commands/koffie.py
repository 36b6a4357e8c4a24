"""``koffie``: ask for one, answer one, take one back."""

from collections.abc import Mapping

from pydantic import JsonValue

from bot.chat.form import Field, FieldError
from bot.chat.message import Block, Card, Option, choose, option, say
from bot.commands import Answer, Answers, Ask, Command, Form, OpenForm, Reply, Took, free_words, reply
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId, OfficialId, TopicId
from bot.domain.koffie import Answer as Said
from bot.domain.koffie import State
from bot.domain.koffie_view import Phase, visible
from bot.domain.koffie_why import topic_words
from bot.domain.lookup_topic import TooBroad
from bot.domain.question import understand
from bot.domain.search import Search
from bot.domain.words import clean, normalise
from bot.i18n.text import Text, text
from bot.services import koffie, koffie_ask, koffie_refer, koffie_search, koffie_together
from bot.services import koffie_words as words
from bot.services.koffie_search import Proposed
from bot.services.register import indexes
from bot.store import koffie as store
from bot.store import offers, outbox
from bot.store.koffie import KeptKoffie
from bot.store.offers import Choice

_AGAIN = "antwoord"
"""Behind ``koffie``, with a number: that question once more."""
_MOST_DIGITS = 15
OTHER = "koffie-other"
"""The form that asks who is meant by 'niet ik, wel …'."""
_YES = frozenset(
    "ja,ja graag,graag,ja leuk,leuk,ja hoor,ja prima,lijkt me leuk,yes,yes please,sure".split(",")
)
_NO = frozenset(
    "nee,nee dank je,nee bedankt,liever niet,nu even niet,nu niet,ik kan niet,geen tijd,andere keer,"
    "een andere keer,een andere keer graag,liever een andere keer,ander moment,een ander moment,"
    "een ander moment graag,liever een ander moment,no,no thanks,not now,rather not,another time,"
    "another moment".split(",")
)
_QUESTION = frozenset({"koffie/answer", "koffie/none"})
"""The actions of a question for one koffie, and for several together."""
_LATE = frozenset("graag,ja graag,nu even niet,yes please,not now".split(","))
"""What can only be meant for a question of mine, also when that is over."""


async def run(ask: Ask) -> Reply:
    """With words: somebody for them. Without: the open koffies, else somebody for one of my topics."""
    if (said := _said(ask.words)) is not None:
        return await _answered(ask, said)
    match ask.words.split():
        case [word, number] if word == _AGAIN and number.isdecimal() and len(number) <= _MOST_DIGITS:
            return await again(ask, {"koffie": int(number)})
    known = await indexes(ask.work)
    question = understand(ask.words, known.organisations, known.topics)
    search = Search.of(question)
    if question.empty:
        return await _open_or_one(ask)
    if not question.topics and question.rest:
        found = await koffie_search.by_name(ask.work, ask.me, " ".join(question.rest), search.organisations)
        return _proposed(ask, found) if found else reply(say(text("koffie-no-person")))
    if len(search.topics) > 1:
        broad = isinstance(question.topics[0], TooBroad)
        lead = text("look-up-too-broad", theme=question.topics[0].theme.label) if broad else None  # type: ignore[union-attr]
        return await _which_topic(ask, search, lead or text("look-up-which-topic"))
    return await _for(ask, search)


def _said(spoken: str) -> Said | None:
    """Yes or no to the question, in words that are on no button."""
    plain = normalise(spoken)
    return Said.YES if plain in _YES else Said.NOT_NOW if plain in _NO else None


async def _understands(ask: Ask, spoken: str) -> bool:
    if ask.official is None or _said(spoken) is None:
        return False
    return normalise(spoken) in _LATE or bool(await _asked(ask))


async def is_answer(ask: Ask, spoken: str) -> bool:
    """Whether words say yes or no to a question for a koffie, put last: then nothing else is meant."""
    newest = None if _said(spoken) is None else await _put_last(ask)
    return newest is not None and any(choice.action.name in _QUESTION for choice in newest)


async def _put_last(ask: Ask) -> list[Choice] | None:
    """The choices of what was said last to who asks; ``None`` where that put none."""
    newest = await offers.numbered(ask.work, ask.account)
    if not newest or not await outbox.is_last(ask.work, ask.account, newest[0][0].message):
        return None
    return newest[0]


async def _asked(ask: Ask) -> list[KeptKoffie]:
    return [kept for kept in await _open(ask) if kept.places[ask.me.id].asked]


async def _answered(ask: Ask, said: Said) -> Reply:
    """The answer to the question that was put last; behind anything else it is asked once more."""
    found = await _asked(ask)
    newest = await _put_last(ask)
    for kept in found:
        if newest is not None and newest[0].slot == words.slot(kept):
            answered = await answer(ask, {"koffie": int(kept.id), "answer": said})
            if not answered.keeps:
                await offers.close_slot(ask.work, words.slot(kept), ask.account)
            return answered
    silent = [kept for kept in found if kept.koffie.seat_of(ask.me.id).answer is None]
    if len(silent) == 1:
        return reply(await words.again(ask.work, silent[0], ask.me.id))
    if not await _open(ask) and said is Said.NOT_NOW:
        return reply(say(text("koffie-nothing-open")))
    return await _open_or_one(ask)


async def _for(ask: Ask, search: Search) -> Reply:
    if search.topics:
        found = await koffie_search.for_topic(ask.work, ask.me, search)
    else:
        found = await koffie_search.for_mine(ask.work, ask.me, search)
    if found is None:
        return reply(await koffie_search.nobody(ask.work, search))
    return _proposed(ask, [found])


def _proposed(ask: Ask, found: list[Proposed]) -> Reply:
    return reply(koffie_search.proposal(found, ask.language))


async def _which_topic(ask: Ask, search: Search, lead: Text) -> Reply:
    """Several fit: ask back which one is meant."""
    topics = (await indexes(ask.work)).topics
    options = [
        option(topic.label(ask.language), "koffie/topic", "normal", **search.on(number).args)
        for number in search.topics
        if (topic := topics.get(number)) is not None
    ]
    return reply(say(lead, choose(*options), slot="koffie-topic", about=text("look-up-about")))


async def _open_or_one(ask: Ask) -> Reply:
    cards = await open_cards(ask)
    if not cards:
        return await _for(ask, Search())
    more = choose(option(text("koffie-ask-one"), "koffie/one"))
    return reply(say(text("koffie-open", count=len(cards)), *cards, more, lasting=True))


async def open_cards(ask: Ask) -> list[Block]:
    """What is open for me, each with what I can do."""
    return [await _card(ask, kept) for kept in await _open(ask)]


async def _open(ask: Ask) -> list[KeptKoffie]:
    found = []
    for kept in await store.running(ask.work, ask.me.id):
        mine = kept.places[ask.me.id].asked or kept.koffie.requester == ask.me.id
        if mine and visible(kept.koffie, ask.me.id, ask.work.now).phase is Phase.OPEN:
            found.append(kept)
    return found


async def _card(ask: Ask, kept: KeptKoffie) -> Block:
    """One open koffie: what one said oneself, and what one can do."""
    me = ask.me.id
    seen = visible(kept.koffie, me, ask.work.now)
    number = int(kept.id)
    options: list[Option] = []
    if not kept.places[me].asked:
        line = text("koffie-status-planned", moment=seen.asked_at)
    else:
        day = words.last_day(ask.work, kept.koffie)
        said = _SAID[seen.answer]
        line = text(said, day=day)
        label = text("koffie-answer") if seen.answer is None else text("koffie-change")
        options.append(option(label, "koffie/again", "primary", koffie=number))
    if seen.requested:
        options.append(option(text("koffie-withdraw"), "koffie/withdraw", koffies=[number]))
    return Card(
        title=text("koffie-card", about=await words.about(ask.work, kept, me)),
        lines=((line,),),
        options=tuple(options),
    )


_SAID: Mapping[Said | None, str] = {
    None: "koffie-status-silent",
    Said.YES: "koffie-status-yes",
    Said.NOT_NOW: "koffie-status-not-now",
    Said.KNOWN: "koffie-status-known",
    Said.OTHER: "koffie-status-other",
}


# What the choices do. Their arguments come from our own database, but from another day.


def _number(args: Mapping[str, JsonValue], name: str) -> int:
    value = args.get(name)
    if not isinstance(value, int):
        raise KoffieError(text("koffie-refused"))
    return value


def _koffies(args: Mapping[str, JsonValue]) -> list[KoffieId]:
    value = args.get("koffies")
    return [KoffieId(one) for one in value if isinstance(one, int)] if isinstance(value, list) else []


async def ask_for(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    topic = args.get("topic")
    about = TopicId(topic) if isinstance(topic, int) else None
    made = await koffie_ask.request(ask.work, ask.me, OfficialId(_number(args, "official")), about)
    if made.at_once:
        return reply(say(text("koffie-asked-now")))
    return reply(say(text("koffie-asked-later", moment=made.asked_at)))


async def answer(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    number, said = KoffieId(_number(args, "koffie")), Said(str(args.get("answer")))
    if said is Said.YES:
        kept = await koffie.seated(ask.work, ask.me.id, number)
        if await koffie.needs_route(ask.work, kept, ask.me.id):
            return Reply(
                messages=(say(text("koffie-needs-route")),),
                opens=OpenForm("profile-contact", {"beyond_chat": True}, then=f"koffie {_AGAIN} {number}"),
                keeps=True,
            )
    kept = await koffie.answer(ask.work, ask.me.id, number, said)
    if kept.koffie.state in (State.AGREED, State.KNOWN):
        return reply()
    day, seats = words.last_day(ask.work, kept.koffie), len(kept.koffie.seats)
    if kept.kind in store.TEAM_KINDS and said is Said.YES:
        return reply(say(text("team-thanks")))
    return reply(say(text(_THANKS[said], day=day, seats=seats)))


_THANKS: Mapping[Said, str] = {
    Said.YES: "koffie-thanks-yes",
    Said.NOT_NOW: "koffie-thanks-not-now",
    Said.KNOWN: "koffie-thanks-known",
}


async def none_now(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    """'Nu even niet' to all that came together, but for whom one said something else to."""
    last = None
    for number in _koffies(args):
        kept = await koffie.seated(ask.work, ask.me.id, number)
        if kept.koffie.seat_of(ask.me.id).answer is None:
            last = await koffie.answer(ask.work, ask.me.id, number, Said.NOT_NOW)
    if last is None:
        return reply(say(text("koffie-none-left")))
    return reply(say(text("koffie-thanks-not-now", day=words.last_day(ask.work, last.koffie), seats=2)))


async def together(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    """'Nodig ze samen uit': the question for one table comes to everybody, this one included."""
    await koffie_together.invite(ask.work, ask.me.id, _koffies(args))
    return reply(say(text("koffie-together-asked")))


async def again(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    kept = await koffie.seated(ask.work, ask.me.id, KoffieId(_number(args, "koffie")))
    if not visible(kept.koffie, ask.me.id, ask.work.now).may_answer:
        raise KoffieError(text("koffie-refused-over"))
    return reply(await words.again(ask.work, kept, ask.me.id))


async def withdraw(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    numbers = _koffies(args)
    for number in numbers:
        await koffie.withdraw(ask.work, ask.me.id, number)
    return reply(say(text("koffie-withdrawn", count=len(numbers))))


async def leave_open(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return reply(say(text("koffie-left-open")))


async def one(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return await _for(ask, Search())


async def on_topic(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return await _for(ask, Search.from_args(args))


async def look_on(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    found = await koffie_search.after_lapse(ask.work, ask.me, KoffieId(_number(args, "koffie")))
    return _proposed(ask, [found]) if found else reply(say(text("koffie-nobody")))


async def pause(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return Reply(then="pauze")


# 'Niet ik, wel …'


async def other(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    numbers: list[JsonValue] = [int(number) for number in _koffies(args)]
    return Reply(opens=OpenForm(OTHER, {"koffies": numbers}), keeps=True)


async def _other_fields(ask: Ask, answers: Answers) -> list[Field]:
    return [Field(name="name", kind="text", prompt=text("koffie-other-prompt"), limit=100)]


async def _other_read(ask: Ask, field: str, given: Answer, answers: Answers) -> Took | FieldError:
    name = clean(given.typed, 100)
    return Took(name) if name else FieldError(field=field, reason=text("koffie-other-empty"))


async def _other_done(ask: Ask, answers: Answers) -> Reply:
    """Whoever was named, the answer is the same: it tells nothing of who takes part here."""
    topic = None
    for number in _koffies(answers):
        kept = await koffie_refer.refer(ask.work, ask.me, number, str(answers.get("name", "")))
        topic = topic or await words.topic_of(ask.work, kept)
    about = (
        text("koffie-forward") if topic is None else text("koffie-forward-topic", topic=topic_words(topic))
    )
    return reply(say(text("koffie-other-thanks"), about))


COMMAND = Command(
    name="koffie",
    aliases=("coffee",),
    summary=text("koffie-summary"),
    run=run,
    takes=free_words,
    top_level=True,
    hosts=True,
    understands=_understands,
    actions={
        "ask": ask_for,
        "answer": answer,
        "none": none_now,
        "together": together,
        "again": again,
        "withdraw": withdraw,
        "leave-open": leave_open,
        "one": one,
        "topic": on_topic,
        "look-on": look_on,
        "pause": pause,
        "other": other,
    },
    forms=(
        Form(
            name=OTHER,
            title=text("koffie-other-title"),
            submit=text("koffie-other-submit"),
            fields=_other_fields,
            read=_other_read,
            done=_other_done,
        ),
    ),
)
