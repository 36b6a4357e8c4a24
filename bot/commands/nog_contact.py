"""``nog-contact``: whom one did not speak for long, and what one answers to 'still in touch?'."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from bot.chat.form import Field, FieldError
from bot.chat.message import choose, option, say
from bot.commands import Answer, Answers, Ask, Command, Form, OpenForm, Reply, Took, reply
from bot.domain.ids import TieId
from bot.domain.words import normalise
from bot.i18n.text import text
from bot.services import ties

_FORM = "ties"
_NOBODY = frozenset("geen niemand none nobody".split())
_EVERYBODY = frozenset("iedereen allemaal allen alle everybody everyone all".split())


async def run(ask: Ask) -> Reply:
    return reply(await ties.overview(ask.work, ask.me.id))


def _tie(args: Mapping[str, JsonValue]) -> TieId:
    return TieId(int(str(args["tie"])))


def _ties(value: JsonValue) -> list[TieId]:
    return [TieId(int(str(one))) for one in value] if isinstance(value, list) else []


async def alone(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    await ties.mine(ask.work, ask.me.id, _tie(args))
    await ties.spoke(ask.work, ask.me.id, [_tie(args)], alone=True)
    return reply(say(text("tie-alone-thanks")))


async def yes(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    await ties.mine(ask.work, ask.me.id, _tie(args))
    await ties.spoke(ask.work, ask.me.id, [_tie(args)])
    return reply(say(text("tie-yes-thanks")))


async def no(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    """Nothing is noted; a koffie again is one press away."""
    side = await ties.mine(ask.work, ask.me.id, _tie(args))
    return reply(
        say(
            text("tie-no-thanks"),
            choose(
                option(text("tie-again"), "nog-contact/again", "primary", tie=int(side.id)),
                option(text("tie-not-now"), "nog-contact/not-now"),
            ),
            slot=f"tie:{side.id}",
            about=text("tie-again-about"),
        )
    )


async def again(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    made = await ties.ask_again(ask.work, ask.me, _tie(args))
    if made.at_once:
        return reply(say(text("koffie-asked-now")))
    return reply(say(text("koffie-asked-later", moment=made.asked_at)))


async def not_now(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return reply(say(text("tie-not-now-thanks")))


# The list to tick.


async def tick(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    listed: list[JsonValue] = [*await ties.to_tick(ask.work, ask.me.id)]
    if not listed:
        return reply(say(text("tie-nobody-listed")))
    return Reply(opens=OpenForm(_FORM, {"listed": listed}))


async def _fields(ask: Ask, answers: Answers) -> Sequence[Field]:
    listed = [int(tie) for tie in _ties(answers.get("listed"))]
    return (await ties.tick_list(ask.work, ask.me.id, listed),)


async def _read(ask: Ask, field: str, answer: Answer, answers: Answers) -> Took | FieldError:
    listed = [int(tie) for tie in _ties(answers.get("listed"))]
    if answer.chosen or not answer.typed or normalise(answer.typed) in _NOBODY:
        return Took([tie for tie in listed if str(tie) in answer.chosen])
    if normalise(answer.typed) in _EVERYBODY:
        return Took([*listed])
    named = await ties.named(ask.work, ask.me.id, listed, answer.typed)
    return FieldError(field=field, reason=text("tie-which-hint")) if named is None else Took([*named])


async def _done(ask: Ask, answers: Answers) -> Reply:
    ticked = _ties(answers.get("ticked"))
    if not ticked:
        return reply(say(text("tie-ticked-none")))
    await ties.spoke(ask.work, ask.me.id, ticked)
    numbers: list[JsonValue] = [int(tie) for tie in ticked]
    return reply(
        say(
            text("tie-ticked", count=len(ticked)),
            choose(
                option(text("tie-all-alone"), "nog-contact/all-alone", ties=numbers),
                option(text("tie-keep-asking"), "nog-contact/keep"),
            ),
            slot="ties",
            about=text("tie-yearly-about"),
        )
    )


async def all_alone(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    numbers = _ties(args.get("ties"))
    await ties.spoke(ask.work, ask.me.id, numbers, alone=True)
    return reply(say(text("tie-alone-thanks")))


async def keep(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return reply(say(text("tie-keep-thanks")))


COMMAND = Command(
    name="nog-contact",
    aliases=(
        "wie heb ik lang niet gesproken",
        "wie sprak ik lang niet",
        "lang niet gesproken",
        "still-in-touch",
        "who have I not spoken to for long",
        "who have I not spoken to",
        "who haven't I spoken to for long",
        "who haven't I spoken to",
    ),
    summary=text("tie-summary-line"),
    run=run,
    actions={
        "alone": alone,
        "yes": yes,
        "no": no,
        "again": again,
        "not-now": not_now,
        "tick": tick,
        "all-alone": all_alone,
        "keep": keep,
    },
    forms=(
        Form(
            name=_FORM,
            title=text("tie-form-title"),
            submit=text("tie-form-submit"),
            fields=_fields,
            read=_read,
            done=_done,
        ),
    ),
)
