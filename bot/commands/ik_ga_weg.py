"""``ik-ga-weg``: work elsewhere from now on; ties stay, and each topic comes along or is handed over."""

from collections.abc import Sequence

from bot.chat.form import Field, FieldError, Suggestion
from bot.chat.message import Message, choose, option, say
from bot.commands import Answer, Answers, Ask, Command, Form, OpenForm, Reply, Took, reply
from bot.domain.ids import OrganisationId, TopicId
from bot.domain.topic import Topic
from bot.domain.words import normalise
from bot.i18n.text import About, Words, text
from bot.services import leaving, moving, stated
from bot.services.wording import all_of

_FORM = "leaving"
_NOTHING = frozenset("geen niets none nothing".split())
_ALL = frozenset("alle alles allemaal all".split())


async def run(ask: Ask) -> Reply:
    return Reply(opens=OpenForm(_FORM))


async def _fields(ask: Ask, answers: Answers) -> Sequence[Field]:
    fields = [
        Field(
            name="organisation",
            kind="search",
            prompt=text("leaving-where"),
            how=text("leaving-where-hint"),
        )
    ]
    topics = await leaving.topics_of(ask.work, ask.me)
    if topics:
        label = [Words(text=topic.label(ask.language)[:75]) for topic in topics]
        fields.append(
            Field(
                name="along",
                kind="many",
                prompt=text("leaving-along"),
                how=text("leaving-along-hint"),
                options=tuple(
                    Suggestion(value=str(topic.id), label=one)
                    for topic, one in zip(topics, label, strict=True)
                ),
                clears=True,
                most=len(topics),
            )
        )
    return fields


async def _read(ask: Ask, field: str, answer: Answer, answers: Answers) -> Took | FieldError:
    if field == "organisation":
        chosen = answer.chosen[0] if answer.chosen else ""
        place = await stated.place(ask.work, field, answer.typed, chosen)
        if isinstance(place, FieldError):
            return place
        if place.organisation.id == ask.me.organisation_id:
            return FieldError(field=field, reason=text("leaving-same"))
        return Took(int(place.organisation.id))
    topics = await leaving.topics_of(ask.work, ask.me)
    said = normalise(answer.typed)
    if answer.chosen or not said or said in _NOTHING:
        return Took([int(topic.id) for topic in topics if str(topic.id) in answer.chosen])
    named = leaving.named(topics, answer.typed, ask.language)
    if said not in _ALL and named is None:
        return FieldError(field=field, reason=text("leaving-along-hint"))
    return Took([int(topic.id) for topic in topics if named is None or topic.id in named])


async def _done(ask: Ask, answers: Answers) -> Reply:
    along = answers.get("along")
    kept = {TopicId(int(str(topic))) for topic in along} if isinstance(along, list) else set()
    left = await leaving.leave(ask.work, ask.me, OrganisationId(int(str(answers["organisation"]))), kept)
    lines = [text("leaving-done", organisation=About(official=ask.me.id, fact="organisation"))]
    if await leaving.has_address(ask.work, ask.me):
        lines.append(text("leaving-address", value=About(official=ask.me.id, fact="link")))
    # Who leaves may lose this account, and the code has to come from it.
    letter = await moving.letter(ask.work, ask.me.id)
    if not left or not await leaving.knows_anybody(ask.work, ask.me):
        return reply(say(*lines), letter)
    return reply(say(*lines), letter, _who_takes_over(left, ask.language))


def _who_takes_over(left: Sequence[Topic], language: str) -> Message:
    labels = [topic.label(language) for topic in left]
    options = [
        option(text("leaving-hand-over", topic=label), "opvolger/topic", topic=int(topic.id))
        for topic, label in zip(left, labels, strict=True)
    ]
    return say(
        text("leaving-successor", topics=all_of(labels)),
        choose(*options),
        lasting=True,
        slot="successor",
        about=text("leaving-successor-about"),
    )


async def _suggest(ask: Ask, field: str, typed: str) -> Sequence[Suggestion]:
    return await stated.suggested_places(ask.work, typed) if field == "organisation" else ()


COMMAND = Command(
    name="ik-ga-weg",
    aliases=(
        "ik ga weg bij deze organisatie",
        "ik ga ergens anders werken",
        "ik krijg een andere baan",
        "nieuwe baan",
        "andere baan",
        "i-am-leaving",
        "new job",
    ),
    summary=text("leaving-summary"),
    run=run,
    forms=(
        Form(
            name=_FORM,
            title=text("leaving-title"),
            submit=text("leaving-submit"),
            fields=_fields,
            read=_read,
            done=_done,
            suggest=_suggest,
        ),
    ),
)
