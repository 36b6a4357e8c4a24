"""``profiel``: one's own card, and changing each line of it: from a menu, or at once (``profiel rol …``)."""

from collections.abc import Sequence

from bot.chat.form import Field, FieldError, Suggestion
from bot.chat.message import Choices, Option, choose, option, say
from bot.commands import Answer, Answers, Ask, Command, Form, OpenForm, Reply, Took, reply
from bot.domain.contact import RouteKind
from bot.domain.errors import KoffieError
from bot.domain.ids import OrganisationId
from bot.domain.profile import ZONES, Line, which_line
from bot.i18n.text import Text, text
from bot.services import profile, profile_lines, stated
from bot.services.register import indexes
from bot.store import contact, offers

CONTACT = "profile-contact"
CHANGE = "profile"
_GROUPS = {
    "work": (
        text("profile-group-work"),
        (Line.ROLE, Line.TOPICS, Line.SUB_QUESTIONS, Line.ORGANISATION, Line.NOT_ABOUT),
    ),
    "self": (text("profile-group-self"), (Line.NAME, Line.HUMAN_LINE, Line.KNOWS, Line.SEEKS)),
    "meet": (
        text("profile-group-meet"),
        (
            Line.WORKING_DAYS,
            Line.WORKING_HOURS,
            Line.FORMATS,
            Line.PLACE,
            Line.REGION,
            Line.PACE,
            Line.TIME_ZONE,
        ),
    ),
    "reach": (
        text("profile-group-reach"),
        (Line.CONTACT, Line.NUDGES, Line.LANGUAGE, Line.SPOKEN, Line.INTRODUCES),
    ),
}
_SLOT = "profile"


async def run(ask: Ask) -> Reply:
    """The card, or one line: with its new value it is changed at once, without one it is asked."""
    wanted = which_line(ask.words)
    if wanted is None:
        return await show(ask, {})
    return await _open(ask, *wanted)


async def _open(ask: Ask, line: Line, value: str = "") -> Reply:
    """Ask for a line; the menu lets go of its numbers, so that they answer the question."""
    await offers.close_slot(ask.work, _SLOT, ask.account)
    if line is Line.CONTACT:
        return Reply(opens=OpenForm(CONTACT, said=value))
    return Reply(opens=OpenForm(CHANGE, {"line": line.value}, said=value))


async def show(ask: Ask, args: Answers) -> Reply:
    """The whole card, with what can be changed; once in half a year whether it still holds."""
    card = await profile.card(ask.work, ask.me)
    question = await profile.still_right(ask.work, ask.me)
    if question is not None:
        return reply(say(*card), question)
    groups = [option(label, "profiel/more", group=name) for name, (label, _) in _GROUPS.items()]
    return reply(say(*card, *_menu(*groups), slot=_SLOT, lasting=True, about=text("profile-about")))


async def more(ask: Ask, args: Answers) -> Reply:
    _, lines = _GROUPS.get(str(args.get("group")), _GROUPS["work"])
    options = [option(profile.LABEL[line], "profiel/change", line=line.value) for line in lines]
    return reply(say(*_menu(*options), slot=_SLOT, lasting=True, about=text("profile-about")))


def _menu(*options: Option) -> tuple[Text, Choices]:
    return text("profile-change"), choose(*options, public=True)


async def change(ask: Ask, args: Answers) -> Reply:
    return await _open(ask, Line(str(args.get("line"))))


async def right(ask: Ask, args: Answers) -> Reply:
    await profile.confirm(ask.work, ask.me.id)
    return reply(say(text("profile-right-thanks")))


async def organisation(ask: Ask, args: Answers) -> Reply:
    """The answer to which successor of an ended organisation is one's own."""
    chosen = args.get("organisation")
    if (
        not isinstance(chosen, int)
        or (await indexes(ask.work)).organisations.get(OrganisationId(chosen)) is None
    ):
        raise KoffieError(text("choice-settled"))
    answers: Answers = {Line.ORGANISATION: chosen}
    return reply(say(await profile_lines.save(ask.work, ask.me, Line.ORGANISATION, answers)))


def _line(answers: Answers) -> Line:
    return Line(str(answers["line"])) if "line" in answers else Line.CONTACT


async def fields(ask: Ask, answers: Answers) -> Sequence[Field]:
    asked = await profile_lines.fields(ask.work, ask.me, _line(answers), answers)
    return [field if field.value else await _proposed(ask, field, answers) for field in asked]


async def _proposed(ask: Ask, field: Field, answers: Answers) -> Field:
    """What the platform tells of somebody, to be looked at where they said nothing: never taken by itself."""
    if ask.profile is None:
        return field
    value = None
    if field.name == profile_lines.ADDRESS and answers.get(Line.CONTACT) == RouteKind.EMAIL:
        has_one = (await contact.route_of(ask.work, ask.me.id)).kind is RouteKind.EMAIL
        value = None if has_one else ask.profile.email
    elif field.name == Line.TIME_ZONE and ask.profile.time_zone in ZONES:
        value = ask.profile.time_zone
    return field.model_copy(update={"value": value})


async def read(ask: Ask, field: str, answer: Answer, answers: Answers) -> Took | FieldError:
    taken = await profile_lines.read(
        ask.work, ask.me, _line(answers), field, answer.typed, answer.chosen, answers
    )
    return taken if isinstance(taken, FieldError) else Took(taken.value, taken.more)


async def done(ask: Ask, answers: Answers) -> Reply:
    return reply(say(await profile_lines.save(ask.work, ask.me, _line(answers), answers)))


async def suggest(ask: Ask, field: str, typed: str) -> Sequence[Suggestion]:
    if field == Line.ORGANISATION:
        return await stated.suggested_places(ask.work, typed)
    if field == Line.REGION:
        return await profile_lines.suggested_regions(ask.work, typed)
    if stated.asks_topics(field):
        return await stated.suggested_topics(ask.work, typed, ask.me.language)
    return ()


def _form(name: str) -> Form:
    return Form(
        name=name,
        title=text("profile-title"),
        submit=text("profile-submit"),
        fields=fields,
        read=read,
        done=done,
        suggest=suggest,
    )


COMMAND = Command(
    name="profiel",
    aliases=("profile", "mijn profiel", "my profile"),
    summary=text("profile-summary"),
    run=run,
    takes=lambda words: not words or which_line(words) is not None,
    actions={
        "show": show,
        "more": more,
        "change": change,
        "right": right,
        "organisation": organisation,
    },
    forms=(_form(CHANGE), _form(CONTACT)),
)
