"""Commands that exist in tests only: they answer, refuse, break, ask and remember."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from bot.chat.form import Field, FieldError, Suggestion
from bot.chat.message import choose, option, say
from bot.commands import (
    Answer,
    Answers,
    Ask,
    Command,
    Form,
    Leave,
    OpenForm,
    Reply,
    Took,
    free_words,
    reply,
)  # fmt: skip
from bot.domain.errors import KoffieError
from bot.i18n.text import Text, Words, text
from bot.store import due

CANARY = "geheim-0612345678"


def said(sentence: str) -> Text:
    """Any words, as a text of the catalogue."""
    return text("choice-words", words=sentence)


async def _echo(ask: Ask) -> Reply:
    return reply(say(Words(text=f"echo {ask.words}")))


async def _note(ask: Ask) -> Reply:
    """Leaves a trace that can be counted, and fails on demand after that."""
    fresh = await due.schedule(ask.work, f"note:{ask.words}", "note", ask.work.now)
    match ask.words.split()[0]:
        case "weiger":
            raise KoffieError(said("Nee, dank je"))
        case "stuk":
            raise RuntimeError(f"broken on {CANARY}")
    return reply(say(Words(text="genoteerd" if fresh else "stond er al")))


async def _ask_two(ask: Ask) -> Reply:
    """Two open questions at once, each with two choices."""
    return reply(
        *(
            say(
                Words(text=f"Vraag {slot}"),
                choose(
                    option("Ja", "vraag/kies", what=f"{slot} ja"),
                    option("Nee", "vraag/kies", what=f"{slot} nee"),
                ),
                slot=f"vraag:{slot}",
                about=said(f"over {slot}"),
            )
            for slot in (ask.words or "a b").split()
        )
    )


async def _buttons(ask: Ask) -> Reply:
    """A question with these words on its buttons: 'knoppen a: Ja, leuk / Later'."""
    slot, _, labels = ask.words.partition(": ")
    options = [option(label, "knoppen/kies", what=f"{slot} {label}") for label in labels.split(" / ")]
    return reply(say(Words(text=slot), choose(*options), slot=f"knoppen:{slot}", about=said(f"over {slot}")))


async def _chosen(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return reply(say(Words(text=f"gekozen: {args['what']}")))


async def _list(ask: Ask) -> Reply:
    """A passing list that can be pressed again and again."""
    options = [option(f"Naam {n}", "vraag/kies", what=f"naam {n}") for n in range(1, 4)]
    return reply(say(Words(text="Lijst"), choose(*options), lasting=True))


async def _start_form(ask: Ask) -> Reply:
    return Reply(opens=OpenForm("proef", then="echo klaar" if ask.words == "dan" else ""))


_COLOURS = (Suggestion(value="red", label=said("Rood")), Suggestion(value="blue", label=said("Blauw")))


async def _fields(ask: Ask, answers: Answers) -> Sequence[Field]:
    fields = [
        Field(name="naam", kind="text", prompt=said("Hoe heet je?")),
        Field(name="kleur", kind="one", prompt=said("Welke kleur?"), options=_COLOURS),
        Field(name="extra", kind="text", prompt=said("Nog iets?"), optional=True),
    ]
    if answers.get("kleur") == "blue":
        fields.append(Field(name="tint", kind="many", prompt=said("Welke tinten?"), options=_COLOURS, most=2))
    return fields


async def _read(ask: Ask, field: str, answer: Answer, answers: Answers) -> Took | FieldError | Leave:
    if answer.typed == "genoeg":
        return Leave(reply(say(Words(text="Dan niet"))))
    if field in {"kleur", "tint"}:
        known = {"rood": "red", "blauw": "blue"}
        chosen = [value for value in (answer.chosen or (known.get(answer.typed.casefold(), ""),)) if value]
        if not chosen:
            return FieldError(field=field, reason=said("Die kleur ken ik niet"), choices=_COLOURS)
        return Took(chosen[0] if field == "kleur" else list(chosen))
    if field == "naam" and len(answer.typed) < 2:
        return FieldError(field=field, reason=said("Dat is te kort"))
    return Took(answer.typed)


async def _done(ask: Ask, answers: Answers) -> Reply:
    if answers["naam"] == "Weiger":
        raise KoffieError(said("Dat gaat niet"))
    if answers["naam"] == "Stuk":
        raise RuntimeError(f"broken on {CANARY}")
    await due.schedule(ask.work, f"form:{answers['naam']}", "note", ask.work.now)
    return reply(say(Words(text=f"Klaar: {dict(sorted(answers.items()))}")))


async def _suggest(ask: Ask, field: str, typed: str) -> Sequence[Suggestion]:
    return [one for one in _COLOURS if typed in one.value]


FORM = Form(
    name="proef",
    title=said("Proef"),
    submit=said("Verstuur"),
    fields=_fields,
    read=_read,
    done=_done,
    suggest=_suggest,
)

COMMANDS = (
    Command("echo", (), said("zegt het na"), _echo, takes=free_words, anyone=True, amid_form=True),
    Command("noteer", (), said("onthoudt"), _note, takes=free_words, anyone=True),
    Command("vraag", (), said("vraagt"), _ask_two, takes=free_words, anyone=True, actions={"kies": _chosen}),
    Command(
        "knoppen", (), said("vraagt"), _buttons, takes=free_words, anyone=True, actions={"kies": _chosen}
    ),
    Command("lijst", (), said("toont"), _list, anyone=True),
    Command("proef", (), said("formulier"), _start_form, takes=free_words, anyone=True, forms=(FORM,)),
)
