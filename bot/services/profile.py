"""The profile: what others see of somebody, how one likes to meet, and keeping it right."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.message import Block, Fact, Fields, Heading, Message, Paragraph, Span, choose, option, say
from bot.domain.contact import RouteKind
from bot.domain.ids import OfficialId, OrganisationId, TopicId
from bot.domain.months import months_before
from bot.domain.official import Official
from bot.domain.profile import DAYS, NUDGES, ZONES, Line
from bot.domain.topic import Part, SubQuestion
from bot.i18n.text import About, Text, Words, text
from bot.services import fairness, stated
from bot.services.register import indexes, standing
from bot.services.wording import Named, all_of
from bot.store import contact, involvements, officials, people
from bot.store import topic as topics
from bot.store.work import Work

LABEL = {
    Line.NAME: text("profile-name"),
    Line.ORGANISATION: text("profile-organisation"),
    Line.TOPICS: text("profile-topics"),
    Line.SUB_QUESTIONS: text("profile-parts"),
    Line.ROLE: text("profile-role"),
    Line.NOT_ABOUT: text("profile-not-about"),
    Line.HUMAN_LINE: text("profile-human-line"),
    Line.KNOWS: text("profile-knows"),
    Line.SEEKS: text("profile-seeks"),
    Line.REGION: text("profile-region"),
    Line.PLACE: text("profile-place"),
    Line.WORKING_DAYS: text("profile-days"),
    Line.WORKING_HOURS: text("profile-hours"),
    Line.TIME_ZONE: text("profile-zone"),
    Line.FORMATS: text("profile-formats"),
    Line.PACE: text("profile-pace"),
    Line.CONTACT: text("profile-contact"),
    Line.LANGUAGE: text("profile-language"),
    Line.SPOKEN: text("profile-spoken"),
    Line.INTRODUCES: text("profile-introduces"),
    Line.NUDGES: text("profile-nudges"),
}
SHOWN = (
    Line.NAME, Line.ORGANISATION, Line.TOPICS, Line.SUB_QUESTIONS, Line.ROLE, Line.NOT_ABOUT,
    Line.HUMAN_LINE, Line.KNOWS, Line.SEEKS, Line.REGION,
)  # fmt: skip
"""What others see."""
MEETING = (
    Line.PLACE,
    Line.WORKING_DAYS,
    Line.WORKING_HOURS,
    Line.TIME_ZONE,
    Line.FORMATS,
    Line.PACE,
    Line.CONTACT,
    Line.SPOKEN,
    Line.LANGUAGE,
    Line.INTRODUCES,
    Line.NUDGES,
)
"""What is used to arrange a koffie."""
_ASK_AGAIN = timedelta(days=30)


async def values(work: Work, official: Official) -> dict[Line, Named]:
    """Every line of the profile in words; an empty string for what is not filled in.

    Who one is and how one is reached are references, read when the message is sent.
    """
    route = await contact.route_of(work, official.id)
    reached: Named = text("profile-contact-chat")
    if route.kind is not RouteKind.CHAT:
        reached = About(official=official.id, fact="link")
    involved = await involvements.of(work, official.id)
    return {
        Line.NAME: About(official=official.id, fact="name"),
        Line.ORGANISATION: About(official=official.id, fact="organisation"),
        Line.TOPICS: await stated.in_words(work, involved, official.language),
        Line.SUB_QUESTIONS: await parts_in_words(work, official.id),
        Line.ROLE: official.role and About(official=official.id, fact="role"),
        Line.NOT_ABOUT: official.not_about,
        Line.HUMAN_LINE: official.human_line,
        Line.KNOWS: official.knows,
        Line.SEEKS: official.seeks,
        Line.REGION: official.region,
        Line.PLACE: official.place,
        Line.WORKING_DAYS: days_in_words(official.working_days),
        Line.WORKING_HOURS: hours_in_words(official.working_hours),
        Line.TIME_ZONE: zone_in_words(official.time_zone),
        Line.FORMATS: formats_in_words(official.formats),
        Line.PACE: text("profile-pace-value", pace=official.pace),
        Line.CONTACT: reached,
        Line.LANGUAGE: text("profile-language-value", language=official.language),
        Line.SPOKEN: spoken_in_words(official.spoken),
        Line.INTRODUCES: text("profile-introduces-value", answer="yes" if official.introduces else "no"),
        Line.NUDGES: nudges_in_words(official.nudges_off),
    }


async def parts_offered(work: Work, official: OfficialId) -> list[SubQuestion]:
    """The sub-questions of one's own topics."""
    known = (await indexes(work)).topics
    mine = [known.get(topic) for topic, _ in await involvements.of(work, official)]
    return [part for topic in mine if topic is not None for part in topic.sub_questions]


async def parts_in_words(work: Work, official: OfficialId) -> Named:
    """'vergunningen en natuurherstel'."""
    chosen = set(await topics.chosen_sub_questions(work, official))
    labels: list[Named] = [one.label for one in await parts_offered(work, official) if one.id in chosen]
    return all_of(labels) if labels else ""


def days_in_words(days: Sequence[int]) -> Named:
    """'maandag, dinsdag en donderdag'."""
    return all_of([text("profile-day", day=DAYS[day]) for day in days]) if days else ""


def hours_in_words(hours: str) -> Named:
    """'van 09:00 tot 15:30'."""
    start, _, end = hours.partition("-")
    return text("profile-hours-value", start=start, end=end) if end else ""


def zone_in_words(zone: str) -> Named:
    """'Caribisch Nederland'; nothing for who never named one."""
    if zone not in ZONES:
        return zone
    return text("profile-zone-value", zone="home" if zone == ZONES[0] else "caribbean")


def spoken_in_words(languages: Sequence[str]) -> Named:
    """'Nederlands en Engels'."""
    return all_of([text("profile-language-value", language=one) for one in languages])


def nudges_in_words(off: Sequence[str]) -> Named:
    """'de dag ervoor en de dag erna', 'alle' or 'geen'."""
    wanted = [nudge for nudge in NUDGES if nudge not in off]
    if len(wanted) == len(NUDGES):
        return text("profile-nudges-all")
    if not wanted:
        return text("profile-nudges-none")
    return all_of([text("profile-nudge", nudge=nudge) for nudge in wanted])


def formats_in_words(formats: Sequence[str]) -> Named:
    """'live en wandelen'."""
    return all_of([text("profile-format", format=one) for one in formats]) if formats else ""


async def card(work: Work, official: Official) -> tuple[Block, ...]:
    """The whole profile: what others see, what is used to meet, and what is still empty."""
    known = await values(work, official)
    blocks: list[Block] = [
        Heading(span=text("profile-shown")),
        _fields(known, SHOWN),
        Heading(span=text("profile-meeting")),
        _fields(known, MEETING),
    ]
    empty = [LABEL[line] for line in (*SHOWN, *MEETING) if known[line] == ""]
    if empty:
        blocks.append(Paragraph(spans=(text("profile-empty", lines=all_of(empty)),)))
    return tuple(blocks)


def _fields(known: dict[Line, Named], lines: Sequence[Line]) -> Fields:
    facts = (Fact(label=LABEL[line], value=(_span(known[line]),)) for line in lines if known[line] != "")
    return Fields(facts=tuple(facts))


def _span(value: Named) -> Span:
    return Words(text=value) if isinstance(value, str) else value


async def rename(work: Work, official: OfficialId, name: str) -> None:
    """Another name, by which one is found from now on."""
    await officials.change(work, official, name=name)
    await people.index_name(work, official, name)


async def move(work: Work, official: OfficialId, organisation: OrganisationId) -> None:
    """One works elsewhere from now on. Raises ``ValueError`` for an organisation that does not exist."""
    place = (await indexes(work)).organisations.get(organisation)
    if place is None:
        raise ValueError("no such organisation")
    stay = [one for one in await involvements.colleagues(work, official, 2) if one != official]
    await officials.change(work, official, organisation_id=organisation, layer=place.layer)
    await involvements.refresh(work, official)
    for one in (official, *stay):
        await fairness.rescore(work, one)


async def state_topics(work: Work, official: OfficialId, involved: Sequence[tuple[TopicId, Part]]) -> None:
    """Exactly these topics from now on."""
    await involvements.replace(work, official, await standing(work, involved))
    await fairness.rescore(work, official)


async def still_right(work: Work, me: Official) -> Message | None:
    """'Does this still hold?', to stand under an answer that was asked for; ``None`` when it is not time.

    It comes half-yearly, and when it is left unanswered once a month.
    """
    since = months_before(work.now, work.rules.confirm_profile_months)
    if me.confirmed_at > since:
        return None
    await officials.change(work, me.id, confirmed_at=since + _ASK_AGAIN)
    topics = await stated.in_words(work, await involvements.of(work, me.id), me.language)
    return say(
        text("profile-right", organisation=About(official=me.id, fact="organisation"), topics=topics),
        choose(
            option(text("profile-right-yes"), "profiel/right"),
            option(text("profile-right-no"), "profiel/show"),
        ),
        slot="still-right",
        about=text("profile-right-about"),
    )


async def confirm(work: Work, official: OfficialId) -> None:
    """It still holds: ask again after the full term."""
    await officials.change(work, official, confirmed_at=work.now)


def saved(line: Line, value: Named) -> Text:
    """What was changed, shown back to its owner."""
    return (
        text("profile-cleared", line=LABEL[line])
        if value == ""
        else text("profile-saved", line=LABEL[line], value=value)
    )
