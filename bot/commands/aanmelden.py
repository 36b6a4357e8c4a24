"""``aanmelden``: part of it in three answers. Who turns out to be no official leaves no trace."""

from collections.abc import Sequence

from pydantic import JsonValue

from bot.chat.form import Field, FieldError, Suggestion
from bot.chat.message import choose, option, say
from bot.commands import Answer, Answers, Ask, Command, Form, Leave, OpenForm, Reply, Took, reply
from bot.commands.code import welcome_back
from bot.domain.ids import OrganisationId
from bot.domain.overview import Asked, Reach
from bot.domain.politicians import is_politician
from bot.domain.profile import LANGUAGES
from bot.domain.words import normalise
from bot.i18n.text import Text, text
from bot.services import erasure, moving, reach, registration, stated
from bot.services.register import indexes
from bot.services.registration import LONGEST_NAME, usable_name
from bot.store import feeling, offers

_YES = frozenset("ja yes jazeker graag".split()) | {"doe mee", "ik doe mee", "ja graag", "ja ik doe mee"}
_NO = frozenset("nee no neen".split()) | {"liever niet", "rather not", "nee dank je", "no thanks"}
_MONTHS_A_YEAR = 12


async def run(ask: Ask) -> Reply:
    if ask.official is not None:
        return reply(
            say(text("registration-already"), choose(option(text("registration-profile"), "profiel/show")))
        )
    return Reply(opens=OpenForm(FORM.name))


async def start(ask: Ask, args: Answers) -> Reply:
    return await run(ask)


def _name(ask: Ask, answers: Answers) -> str:
    """The name that was given, or that the platform has of this person."""
    given = answers.get("name")
    return str(given) if given else usable_name(ask.profile.name if ask.profile else None) or ""


async def fields(ask: Ask, answers: Answers) -> Sequence[Field]:
    name = _name(ask, answers)
    asked = [
        Field(
            name="name",
            kind="text",
            prompt=text("registration-name"),
            limit=LONGEST_NAME,
            value=name or None,
            assumed=bool(name) and not answers.get("named"),
        ),
        await _where(ask),
    ]
    language = ask.language
    topics = await stated.topic_fields(ask.work, answers, text("registration-topics"), language)
    if former := answers.get("former"):
        now = await _title(ask, answers)
        note = text("registration-successor", former=str(former), now=now)
        topics[0] = topics[0].model_copy(update={"before": (note,)})
    asked += topics
    if all(field.name in answers or field.assumed for field in asked):
        asked += [_language(ask), await _consent(ask, answers)]
    return asked


async def _where(ask: Ask) -> Field:
    """Where one works; proposed where the platform knows an address at work."""
    proposed = await stated.proposed_places(ask.work, ask.profile.email if ask.profile else None)
    prompt = text("registration-where")
    if len(proposed) == 1:
        prompt = text("registration-where-one", organisation=proposed[0].title)
    elif proposed:
        prompt = text("registration-where-several")
    return Field(
        name="organisation",
        kind="search",
        prompt=prompt,
        hint=None if proposed else text("registration-where-hint"),
        options=stated.as_choices(proposed),
    )


def _language(ask: Ask) -> Field:
    return Field(
        name="language",
        kind="one",
        prompt=text("profile-ask-language"),
        options=tuple(
            Suggestion(value=one, label=text("profile-language-value", language=one)) for one in LANGUAGES
        ),
        value=ask.language,
        assumed=True,
    )


async def _consent(ask: Ask, answers: Answers) -> Field:
    involved = await stated.in_words(ask.work, stated.involved(answers), ask.language)
    months = ask.work.rules.idle_months
    basis = "consent" if ask.work.legal_basis == "toestemming" else "task"
    idle = text("registration-idle", months=str(months))
    return Field(
        name="consent",
        kind="confirm",
        prompt=text("registration-confirm"),
        before=(
            text(
                "registration-card",
                name=_name(ask, answers),
                organisation=await _title(ask, answers),
                topics=involved,
            ),
            text("registration-consent"),
            text("registration-free"),
            text("registration-idle-year") if months == _MONTHS_A_YEAR else idle,
            text("registration-basis", basis=basis, operator=ask.work.operator),
        ),
        options=(
            Suggestion(value="yes", label=text("registration-yes")),
            Suggestion(value="no", label=text("registration-no")),
        ),
    )


async def _title(ask: Ask, answers: Answers) -> str:
    index = (await indexes(ask.work)).organisations
    found = index.get(OrganisationId(int(str(answers["organisation"]))))
    return found.title if found else "…"


async def read(ask: Ask, field: str, answer: Answer, answers: Answers) -> Took | FieldError | Leave:
    if field != "consent" and is_politician(answer.typed):
        return await _leave(ask, text("registration-politician"))
    moved = await moving.link(ask.work, ask.account, ask.official, answer.typed)
    if moved is not None:
        return Leave(welcome_back(moved))
    if field == "name":
        name = usable_name(answer.typed)
        reason = text("registration-name-unusable")
        return FieldError(field=field, reason=reason) if name is None else Took(name, {"named": True})
    if field == "organisation":
        return await _read_place(ask, answer, answers)
    if stated.asks_topics(field):
        taken = await stated.read_topics(ask.work, field, answer.typed, answer.chosen, ask.language)
        return taken if isinstance(taken, FieldError) else Took(taken)
    if field == "language":
        language = answer.chosen[0] if answer.chosen else ""
        wrong = FieldError(field=field, reason=text("profile-one-wrong"))
        return Took(language) if language in LANGUAGES else wrong
    return await _read_consent(ask, answer)


async def _read_place(ask: Ask, answer: Answer, answers: Answers) -> Took | FieldError:
    chosen = answer.chosen[0] if answer.chosen else ""
    if not chosen and normalise(answer.typed) in _YES:
        proposed = await stated.proposed_places(ask.work, ask.profile.email if ask.profile else None)
        chosen = str(proposed[0].id) if len(proposed) == 1 else ""
    place = await stated.place(ask.work, "organisation", answer.typed, chosen)
    if isinstance(place, FieldError):
        return place
    # The name is settled here too: a later answer may come without the platform's profile.
    more: dict[str, JsonValue] = {"former": place.former}
    if name := _name(ask, answers):
        more["name"] = name
    return Took(int(place.organisation.id), more)


async def _read_consent(ask: Ask, answer: Answer) -> Took | FieldError | Leave:
    said = answer.chosen[0] if answer.chosen else normalise(answer.typed)
    if said == "no" or said in _NO:
        return await _leave(ask, text("registration-refused"))
    if said == "yes" or said in _YES:
        return Took(value=True)
    return FieldError(field="consent", reason=text("registration-confirm-again"))


async def _leave(ask: Ask, words: Text) -> Leave:
    """End without keeping anything, the talk so far included."""
    await erasure.forget_account(ask.work, ask.account)
    return Leave(reply(say(words, fleeting=True)))


async def done(ask: Ask, answers: Answers) -> Reply:
    involved = stated.involved(answers)
    language = str(answers.get("language", ask.language))
    official = await registration.register(
        ask.work,
        ask.account,
        name=_name(ask, answers),
        language=language,
        organisation=OrganisationId(int(str(answers["organisation"]))),
        involved=involved,
    )
    if answers.get("asked"):
        # The answer to the earlier question is the next step.
        return reply(say(text("registration-done", name=_name(ask, answers))))
    return reply(
        reach.question(
            Asked.START,
            text("registration-done", name=_name(ask, answers)),
            text("registration-next", example=await registration.example(ask.work, official, language)),
        )
    )


async def count_reach(ask: Ask, args: Answers) -> Reply:
    """Count it once, and leave the question as it stands: edited, it would keep what was chosen."""
    if await offers.close_slot(ask.work, reach.SLOT, ask.account):
        await feeling.add_reach(ask.work, Asked(str(args["asked"])), Reach(str(args["reach"])))
    return Reply(messages=(say(text("reach-thanks")),), keeps=True)


async def suggest(ask: Ask, field: str, typed: str) -> Sequence[Suggestion]:
    if field == "organisation":
        return await stated.suggested_places(ask.work, typed)
    if stated.asks_topics(field):
        return await stated.suggested_topics(ask.work, typed, ask.language)
    return ()


FORM = Form(
    name="aanmelden",
    title=text("registration-title"),
    submit=text("registration-submit"),
    fields=fields,
    read=read,
    done=done,
    suggest=suggest,
)

COMMAND = Command(
    name="aanmelden",
    aliases=("join", "register", "meld-aan", "meld me aan"),
    summary=text("registration-summary"),
    run=run,
    anyone=True,
    top_level=True,
    actions={"start": start, "reach": count_reach},
    forms=(FORM,),
    shown=lambda ask: ask.official is None,
)
