"""Topics as officials propose and change them: their words, state, sub-questions and teams."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, func, or_, select, update

from bot.domain.channel_rules import Setting, Values
from bot.domain.ids import OfficialId, SubQuestionId, TopicId
from bot.domain.topic import Part
from bot.domain.words import squash
from bot.store import due, register_import
from bot.store.dialect import insert_into, take_turns
from bot.store.involvements import CAME
from bot.store.tables import (
    ChosenSubQuestion,
    Involvement,
    Koffie,
    Official,
    Round,
    SubQuestion,
    Theme,
    Topic,
    TopicChannel,
    TopicTeam,
    TopicTheme,
)
from bot.store.work import Work

_NAMING = 5_113_902_774_061
"""Advisory lock on PostgreSQL: two who propose the same name at once."""
ACTIVE, CLOSED, MERGED = "active", "closed", "merged"


@dataclass(frozen=True)
class Kept:
    """What is kept of a topic that its dataclass for look-ups does not show."""

    id: TopicId
    status: str
    label: str
    proposed_by: OfficialId | None
    merged_into: TopicId | None
    last_active: date | None
    local: bool
    added: tuple[str, ...]


async def get(work: Work, topic: TopicId, *, lock: bool = False) -> Kept | None:
    """A topic in any state; with ``lock`` nobody else changes it until this unit of work is over."""
    statement = select(Topic).where(Topic.id == topic).execution_options(populate_existing=True)
    row = (
        await work.session.execute(statement.with_for_update() if lock else statement)
    ).scalar_one_or_none()
    return None if row is None else _kept(row)


def _kept(row: Topic) -> Kept:
    return Kept(
        id=TopicId(row.id),
        status=row.status,
        label=row.label_nl,
        proposed_by=None if row.proposed_by is None else OfficialId(row.proposed_by),
        merged_into=None if row.merged_into_id is None else TopicId(row.merged_into_id),
        last_active=row.last_active_at,
        local=row.local,
        added=tuple(row.added),
    )


async def closed(work: Work) -> list[Kept]:
    """The topics that were closed and may be opened again."""
    return await _in_state(work, CLOSED)


async def merged(work: Work) -> list[Kept]:
    """The topics that became part of another one."""
    return await _in_state(work, MERGED)


async def _in_state(work: Work, status: str) -> list[Kept]:
    rows = await work.session.execute(select(Topic).where(Topic.status == status).order_by(Topic.id))
    return [_kept(row) for row in rows.scalars()]


async def add(
    work: Work, by: OfficialId, label: str, *, label_en: str = "", synonyms: Sequence[str] = ()
) -> TopicId | None:
    """A topic of one's own; ``None`` when another one bears that name by now."""
    await take_turns(work, _NAMING)
    names = (await work.session.execute(select(Topic.label_nl).where(Topic.status == ACTIVE))).scalars()
    if squash(label) in map(squash, names):
        return None
    row = Topic(
        slug=await _free_slug(work, label),
        label_nl=label,
        local=True,
        proposed_by=by,
        last_active_at=work.today,
        label_en=label_en,
        synonyms=list(synonyms),
    )
    work.session.add(row)
    await work.session.flush()
    await register_import.renew_version(work)
    return TopicId(row.id)


async def _free_slug(work: Work, label: str) -> str:
    bare = squash(label)[:40] or "opgave"
    taken = set((await work.session.execute(select(Topic.slug).where(Topic.slug.startswith(bare)))).scalars())
    return (
        bare if bare not in taken else next(s for n in range(2, 10_000) if (s := f"{bare}-{n}") not in taken)
    )


async def change(work: Work, topic: TopicId, **values: Any) -> None:
    """Change columns, and tell every holder of an index."""
    await work.session.execute(update(Topic).where(Topic.id == topic).values(**values))
    await register_import.renew_version(work)


async def values_of(work: Work, topic: TopicId, names: Iterable[Setting]) -> dict[Setting, Any]:
    """These settings of a topic as they are, as plain JSON."""
    statement = select(Topic).where(Topic.id == topic).execution_options(populate_existing=True)
    row = (await work.session.execute(statement)).scalar_one()
    codes = select(Theme.code).join(TopicTheme, TopicTheme.theme_id == Theme.id)
    themes = (await work.session.execute(codes.where(TopicTheme.topic_id == topic))).scalars()
    labels = select(SubQuestion.label).where(SubQuestion.topic_id == topic).order_by(SubQuestion.place)
    parts = (await work.session.execute(labels)).scalars()
    every = {Setting.THEMES: sorted(themes), Setting.PARTS: list(parts)}
    return {name: every[name] if name in every else getattr(row, name.value) for name in names}


async def put_values(work: Work, topic: TopicId, values: Values) -> None:
    """These settings from now on."""
    rows = {Setting.THEMES: set_themes, Setting.PARTS: set_sub_questions}
    columns = {name.value: value for name, value in values.items() if name not in rows}
    if columns:
        await change(work, topic, **columns)
    for name in values.keys() & rows.keys():
        await rows[name](work, topic, values[name])


async def note_activity(work: Work, topic: TopicId) -> None:
    """Something was done on it today: it is not idle."""
    await work.session.execute(update(Topic).where(Topic.id == topic).values(last_active_at=work.today))


async def set_themes(work: Work, topic: TopicId, codes: Collection[str]) -> None:
    """Exactly these themes of the TOP-lijst, by their codes."""
    await work.session.execute(delete(TopicTheme).where(TopicTheme.topic_id == topic))
    ids = (await work.session.execute(select(Theme.id).where(Theme.code.in_(list(codes))))).scalars()
    work.session.add_all([TopicTheme(topic_id=topic, theme_id=number) for number in sorted(ids)])
    await work.session.flush()
    await register_import.renew_version(work)


async def quiet(work: Work, since: date) -> list[tuple[TopicId, date]]:
    """Topics with people in them on which nothing happened since a day, with the last day on which it did.

    What happened is somebody who came in, a koffie, a round. A topic that turns out to be alive is noted so,
    and looked at again only when it could be quiet by then.
    """
    row = Topic
    seldom = (
        await work.session.execute(
            select(row.id, row.last_active_at)
            .where(row.status == ACTIVE, or_(row.last_active_at.is_(None), row.last_active_at < since))
            .where(exists().where(Involvement.topic_id == row.id))
            .order_by(row.id)
        )
    ).all()
    found: list[tuple[TopicId, date]] = []
    for number, noted in seldom:
        last = max(await _last_days(work, number) + ([] if noted is None else [noted]))
        if last < since:
            found.append((TopicId(number), last))
        else:
            await work.session.execute(update(row).where(row.id == number).values(last_active_at=last))
    return found


async def _last_days(work: Work, topic: int) -> list[date]:
    came = select(func.max(Involvement.since)).where(Involvement.topic_id == topic)
    asked = select(func.max(Koffie.requested_at)).where(Koffie.topic_id == topic)
    held = (
        select(func.max(Round.at))
        .join(TopicChannel, TopicChannel.id == Round.channel_id)
        .where(TopicChannel.topic_id == topic, Round.sha256.is_not(None))
    )
    days: list[date] = [(await work.session.execute(came)).scalar_one()]
    for moment in (asked, held):
        at: datetime | None = (await work.session.execute(moment)).scalar_one()
        days += [] if at is None else [work.hours.local_date(at)]
    return days


# Who is in it.


async def involved(work: Work, topic: TopicId, parts: Collection[Part], most: int) -> list[OfficialId]:
    """Active officials with one of these parts, the longest involved first."""
    row = Involvement
    rows = await work.session.execute(
        select(row.official_id)
        .join(Official, Official.id == row.official_id)
        .where(row.topic_id == topic, row.part.in_(list(parts)), Official.state == "active")
        .order_by(row.since, row.id)
        .limit(most)
    )
    return [OfficialId(number) for number in rows.scalars()]


async def others_in(work: Work, topic: TopicId, official: OfficialId) -> bool:
    """Whether somebody besides this one has a part in it."""
    row = Involvement
    found = await work.session.execute(
        select(func.count()).where(row.topic_id == topic, row.official_id != official)
    )
    return found.scalar_one() > 0


async def came_since(work: Work, topic: TopicId, day: date, besides: OfficialId | None) -> bool:
    """Whether somebody besides this one came in on that day or later."""
    row = Involvement
    found = await work.session.execute(
        select(func.count()).where(
            row.topic_id == topic, row.since >= day, row.official_id.is_distinct_from(besides)
        )
    )
    return found.scalar_one() > 0


# Sub-questions.


async def set_sub_questions(work: Work, topic: TopicId, labels: Sequence[str]) -> None:
    """Exactly these, in this order. What stays keeps who chose it; what goes is chosen by nobody any more."""
    row = SubQuestion
    known = {
        one.key: one
        for one in (await work.session.execute(select(row).where(row.topic_id == topic))).scalars()
    }
    wanted = {squash(label): label for label in labels}
    for key in known.keys() - wanted.keys():
        gone = known[key].id
        await work.session.execute(delete(ChosenSubQuestion).where(ChosenSubQuestion.sub_question_id == gone))
        await work.session.execute(delete(row).where(row.id == gone))
    for place, (key, label) in enumerate(wanted.items()):
        if key in known:
            await work.session.execute(
                update(row).where(row.id == known[key].id).values(place=place, label=label)
            )
        else:
            work.session.add(SubQuestion(topic_id=topic, key=key, place=place, label=label))
    await work.session.flush()
    await register_import.renew_version(work)


async def choose_sub_questions(work: Work, official: OfficialId, chosen: Collection[SubQuestionId]) -> None:
    """Exactly these, of whatever topics."""
    row = ChosenSubQuestion
    await work.session.execute(delete(row).where(row.official_id == official))
    for one in sorted(chosen):
        await work.session.execute(
            insert_into(work, row)
            .values(official_id=official, sub_question_id=one)
            .on_conflict_do_nothing(index_elements=["official_id", "sub_question_id"])
        )
    # Somebody may wait for just this.
    await due.schedule(work, f"{CAME}:{work.token()}", CAME, work.now, official)


async def chosen_sub_questions(work: Work, official: OfficialId) -> list[SubQuestionId]:
    """What somebody chose, of topics in which they have a part."""
    row = ChosenSubQuestion
    rows = await work.session.execute(
        select(row.sub_question_id)
        .join(SubQuestion, SubQuestion.id == row.sub_question_id)
        .join(
            Involvement,
            (Involvement.topic_id == SubQuestion.topic_id) & (Involvement.official_id == row.official_id),
        )
        .where(row.official_id == official)
        .order_by(SubQuestion.topic_id, SubQuestion.place)
    )
    return [SubQuestionId(number) for number in rows.scalars()]


async def who_chose(work: Work, part: SubQuestionId, some: Collection[OfficialId]) -> frozenset[OfficialId]:
    """Which of these officials chose a sub-question."""
    row = ChosenSubQuestion
    rows = await work.session.execute(
        select(row.official_id).where(row.sub_question_id == part, row.official_id.in_(list(some)))
    )
    return frozenset(OfficialId(number) for number in rows.scalars())


# Teams to learn from.


@dataclass(frozen=True)
class Team:
    """What others may learn from a team, by who entered it."""

    id: int
    official: OfficialId
    line: str


async def add_team(work: Work, topic: TopicId, official: OfficialId, line: str) -> None:
    """One's own team, with one line a topic."""
    statement = insert_into(work, TopicTeam).values(
        topic_id=topic, official_id=official, line=line, since=work.today
    )
    await work.session.execute(
        statement.on_conflict_do_update(
            index_elements=["topic_id", "official_id"], set_={"line": line, "taken_off_at": None}
        )
    )


async def remove_team(work: Work, topic: TopicId, official: OfficialId) -> bool:
    """Take one's own team off; false when it was not there."""
    row = TopicTeam
    gone = await work.session.execute(
        delete(row).where(row.topic_id == topic, row.official_id == official).returning(row.id)
    )
    return gone.scalar_one_or_none() is not None


async def take_team_off(work: Work, number: int) -> None:
    """Take a team off that another entered, to be put back or forgotten."""
    row = TopicTeam
    await work.session.execute(update(row).where(row.id == number).values(taken_off_at=work.now))


async def put_team_back(work: Work, topic: TopicId, number: int) -> bool:
    """A team that was taken off is there again; false when it was forgotten, or is there."""
    row = TopicTeam
    there = (row.id == number, row.topic_id == topic, row.taken_off_at.is_not(None))
    back = await work.session.execute(update(row).where(*there).values(taken_off_at=None).returning(row.id))
    return back.scalar_one_or_none() is not None


async def forget_taken_off(work: Work, older_than: timedelta) -> None:
    """Forget teams that were taken off."""
    row = TopicTeam
    await work.session.execute(delete(row).where(row.taken_off_at < work.now - older_than))


async def to_learn_from(work: Work, topic: TopicId, most: int) -> list[Team]:
    """Teams of officials who can be found, the longest ago entered first."""
    row = TopicTeam
    rows = await work.session.execute(
        select(row.id, row.official_id, row.line)
        .join(Official, Official.id == row.official_id)
        .where(row.topic_id == topic, row.taken_off_at.is_(None))
        .where(Official.state == "active", Official.findable)
        .order_by(row.since, row.id)
        .limit(most)
    )
    return [Team(number, OfficialId(official), line) for number, official, line in rows]
