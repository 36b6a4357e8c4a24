"""``terugblik``: how a koffie was. The questions come by themselves; this word shows those still open."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from bot.chat.form import Field, FieldError
from bot.chat.message import Message, choose, option, say
from bot.commands import Answer, Answers, Ask, Command, Form, OpenForm, Reply, Took, reply
from bot.domain.ids import KoffieId
from bot.domain.koffie import Happened
from bot.domain.words import clean
from bot.i18n.text import Text, text
from bot.services import follow_up, small_win
from bot.store import feeling, offers
from bot.store.feeling import Felt, Question

_ENERGY = {
    Felt.YES: text("feeling-yes"),
    Felt.SOMEWHAT: text("feeling-a-little"),
    Felt.NO: text("feeling-no"),
}
_EQUAL = {
    Felt.YES: text("feeling-yes"),
    Felt.SOMEWHAT: text("feeling-not-quite"),
    Felt.NO: text("feeling-no"),
}


async def run(ask: Ask) -> Reply:
    waiting = await follow_up.open_for(ask.work, ask.me.id)
    if not waiting:
        return reply(say(text("follow-up-none")))
    return reply(*(follow_up.question(kept, ask.me.id) for kept in waiting))


def _koffie(args: Mapping[str, JsonValue]) -> KoffieId:
    return KoffieId(int(str(args["koffie"])))


async def happened(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    koffie, said = _koffie(args), Happened(str(args["answer"]))
    await follow_up.answer(ask.work, koffie, ask.me.id, said)
    match said:
        case Happened.HAPPENED:
            return reply(_feeling(text("feeling-energy"), "terugblik/energy", koffie, _ENERGY))
        case Happened.NOT_YET if await follow_up.asks_again(ask.work, koffie):
            again = option(text("meeting-propose"), "agenda/move", koffie=int(koffie))
            return reply(say(text("follow-up-later"), choose(again)))
        case Happened.NOT_YET:
            return reply(say(text("follow-up-fine")))
        case Happened.OFF:
            return reply(say(text("follow-up-no-matter")))


def _feeling(question: Text, action: str, koffie: KoffieId, labels: Mapping[Felt, Text]) -> Message:
    options = (option(label, action, koffie=koffie, answer=felt) for felt, label in labels.items())
    return say(question, choose(*options), slot=_slot(koffie), about=text("feeling-about"))


def _slot(koffie: KoffieId) -> str:
    return f"feeling:{koffie}"


async def _count(ask: Ask, args: Mapping[str, JsonValue], question: Question) -> None:
    """Count the answer and close the question.

    The question is not edited into its answer, as others are: that would keep what this person chose.
    """
    await offers.close_slot(ask.work, _slot(_koffie(args)), ask.account)
    await feeling.add(ask.work, question, Felt(str(args["answer"])))


async def energy(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    await _count(ask, args, Question.ENERGY)
    following = _feeling(text("feeling-equal"), "terugblik/equal", _koffie(args), _EQUAL)
    return Reply(messages=(following,), keeps=True)


async def equal(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    await _count(ask, args, Question.EQUAL)
    koffie = _koffie(args)
    if not await small_win.may_write(ask.work, koffie, ask.me.id):
        return Reply(messages=(say(text("feeling-thanks")),), keeps=True)
    message = say(
        text("win-offer"),
        choose(
            option(text("win-write"), "terugblik/write", koffie=koffie),
            option(text("win-none"), "terugblik/no-win"),
        ),
        slot=f"win:{koffie}",
        about=text("win-about"),
    )
    return Reply(messages=(message,), keeps=True)


async def write(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return Reply(opens=OpenForm("small-win", {"koffie": _koffie(args)}))


async def no_win(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return reply(say(text("feeling-thanks")))


async def agree(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    await small_win.agree(ask.work, _koffie(args), ask.me.id)
    return reply(say(text("win-agreed")))


async def keep(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    await small_win.keep(ask.work, _koffie(args), ask.me.id)
    return reply(say(text("win-kept")))


async def _fields(ask: Ask, answers: Answers) -> Sequence[Field]:
    return (Field(name="line", kind="text", prompt=text("win-words"), limit=small_win.LONGEST),)


async def _read(ask: Ask, name: str, answer: Answer, answers: Answers) -> Took | FieldError:
    line = " ".join(clean(answer.typed).split())
    if not line or len(line) > small_win.LONGEST:
        return FieldError(field=name, reason=text("win-one-line", most=small_win.LONGEST))
    return Took(line)


async def _done(ask: Ask, answers: Answers) -> Reply:
    await small_win.write(ask.work, _koffie(answers), ask.me.id, str(answers["line"]))
    return reply(say(text("win-asked")))


COMMAND = Command(
    name="terugblik",
    aliases=("look-back", "lookback"),
    summary=text("follow-up-summary"),
    run=run,
    actions={
        "happened": happened,
        "energy": energy,
        "equal": equal,
        "write": write,
        "no-win": no_win,
        "agree": agree,
        "keep": keep,
    },
    forms=(
        Form(
            name="small-win",
            title=text("win-title"),
            submit=text("win-write"),
            fields=_fields,
            read=_read,
            done=_done,
        ),
    ),
    shown=lambda ask: False,
)
