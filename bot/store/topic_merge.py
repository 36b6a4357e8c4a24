"""One topic becomes part of another: what moves, what is added up, and how it is undone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, delete, select, update

from bot.domain.ids import ChannelId, MergeId, OfficialId, TopicId
from bot.domain.search import Search
from bot.domain.topic import MOST_SUB_QUESTIONS, Part
from bot.store import moves
from bot.store.dialect import insert_into
from bot.store.moves import Moved, Moves
from bot.store.tables import (
    ChosenSubQuestion,
    Gap,
    Involvement,
    LookUp,
    SubQuestion,
    TopicMerge,
    Watch,
)
from bot.store.work import Work

STAYS = frozenset({"topic", "topic_theme", "topic_merge"})
"""What is of the topic itself, and what tells of merges."""
BY_HAND = frozenset({"gap", "watch", "sub_question"})
"""Tables in which moving is more than pointing elsewhere."""


@dataclass(frozen=True)
class Merge:
    """That one topic became part of another; ``until`` then it can be undone."""

    id: MergeId
    old: TopicId
    new: TopicId
    until: datetime


@dataclass(frozen=True)
class Record:
    """What moved. ``channels``: the two channels of which one became part of the other, where both had one.

    ``words`` were added to the other topic; ``parts`` are involvements of which the part became a stronger
    one, with the part as it was and is.
    """

    topic: Moves
    gaps: list[list[Any]]
    questions: Moves
    parts: list[list[Any]]
    words: list[str]
    channels: tuple[int, int] | None
    channel: Moves

    def dumped(self) -> bytes:
        by_table = {name: moves.dumped(getattr(self, name)) for name in _BY_TABLE}
        plain = {**self.__dict__, **by_table}
        return json.dumps(plain).encode()

    @classmethod
    def loaded(cls, sealed: bytes) -> "Record":
        plain = json.loads(sealed)
        channels = plain["channels"]
        return cls(
            **{
                **plain,
                **{name: moves.loaded(plain[name]) for name in _BY_TABLE},
                "channels": None if channels is None else tuple(channels),
            }
        )


_BY_TABLE = ("topic", "questions", "channel")


def _name(column: Column[Any]) -> str:
    return f"{column.table.name}.{column.name}"


def _of_topics() -> list[Column[Any]]:
    return list(moves.pointing_at("topic", STAYS | BY_HAND))


def _of_channels() -> list[Column[Any]]:
    return list(moves.pointing_at("topic_channel"))


async def move_topic(work: Work, old: TopicId, new: TopicId, words: Sequence[str]) -> Record:
    """Everything of one topic is of the other from now on, but for its channel where both have one."""
    parts = await _strengthen(work, old, new)
    moved = {_name(column): await moves.move(work, column, old, new) for column in _of_topics()}
    moved["sub_question.topic_id"] = await _move_sub_questions(work, old, new)
    return Record(
        topic=moved,
        gaps=await _add_gaps(work, old, new),
        questions={
            "watch": await _reword(work, Watch, old, new),
            "look_up": await _reword(work, LookUp, old, new),
        },
        parts=parts,
        words=list(words),
        channels=None,
        channel={},
    )


async def move_channel(work: Work, old: ChannelId, new: ChannelId) -> Moves:
    """Everything of one channel is of the other from now on: conversations, members, stewards, rounds."""
    return {_name(column): await moves.move(work, column, old, new) for column in _of_channels()}


async def move_back(work: Work, merge: Merge, record: Record) -> None:
    """What moved moves back, as far as it is still there."""
    if record.channels is not None:
        old_channel, new_channel = record.channels
        for column in _of_channels():
            moved = record.channel.get(_name(column), Moved())
            await moves.move_back(work, column, old_channel, new_channel, moved)
    for column in moves.pointing_at("topic", STAYS | BY_HAND - {"sub_question"}):
        moved = record.topic.get(_name(column), Moved())
        await moves.move_back(work, column, merge.old, merge.new, moved)
    for number, before, after in record.parts:
        row = Involvement
        await work.session.execute(update(row).where(row.id == number, row.part == after).values(part=before))
    await _take_gaps_back(work, merge, record.gaps)
    for table, name in ((Watch, "watch"), (LookUp, "look_up")):
        await _word_back(work, table, merge, record.questions[name])


async def _strengthen(work: Work, old: TopicId, new: TopicId) -> list[list[Any]]:
    """Who has a part in both keeps the stronger one."""
    row = Involvement
    theirs = await work.session.execute(select(row.official_id, row.part).where(row.topic_id == old))
    before = {entry.official_id: entry.part for entry in theirs}
    order = list(Part)
    changed: list[list[Any]] = []
    for number, official, part in (
        await work.session.execute(select(row.id, row.official_id, row.part).where(row.topic_id == new))
    ).all():
        other = before.get(official)
        if other is not None and order.index(Part(other)) < order.index(Part(part)):
            await work.session.execute(update(row).where(row.id == number).values(part=other))
            changed.append([number, part, other])
    return changed


async def strengthened(work: Work, record: Record) -> list[OfficialId]:
    """Whose part became a stronger one: their rank changes with it."""
    row = Involvement
    numbers = [number for number, _, _ in record.parts]
    found = await work.session.execute(select(row.official_id).where(row.id.in_(numbers)))
    return [OfficialId(official) for official in found.scalars()]


async def _move_sub_questions(work: Work, old: TopicId, new: TopicId) -> Moved:
    """As many as there is room for; of one that both have, who chose the one has chosen the other."""
    row = SubQuestion
    rows = (await work.session.execute(select(row).where(row.topic_id.in_([old, new])))).scalars().all()
    there = {one.key: one for one in rows if one.topic_id == new}
    room = MOST_SUB_QUESTIONS - len(there)
    moved = Moved()
    for one in sorted((one for one in rows if one.topic_id == old), key=lambda one: (one.place, one.id)):
        if one.key in there:
            await _choose_too(work, one.id, there[one.key].id)
        elif room > 0:
            room -= 1
            moved.keys.append([one.id])
            await work.session.execute(
                update(row)
                .where(row.id == one.id)
                .values(topic_id=new)
                .execution_options(synchronize_session=False)
            )
    work.session.expire_all()
    return moved


async def _choose_too(work: Work, chosen: int, other: int) -> None:
    row = ChosenSubQuestion
    for official in (
        (await work.session.execute(select(row.official_id).where(row.sub_question_id == chosen)))
        .scalars()
        .all()
    ):
        await work.session.execute(
            insert_into(work, row)
            .values(official_id=official, sub_question_id=other)
            .on_conflict_do_nothing(index_elements=["official_id", "sub_question_id"])
        )


async def _add_gaps(work: Work, old: TopicId, new: TopicId) -> list[list[Any]]:
    """What was missed of either adds up."""
    rows = (await work.session.execute(select(Gap).where(Gap.topic_id == old))).scalars().all()
    found = [[one.layer, one.month.isoformat(), one.count] for one in rows]
    for one in rows:
        statement = insert_into(work, Gap).values(
            topic_id=new, layer=one.layer, month=one.month, count=one.count
        )
        await work.session.execute(
            statement.on_conflict_do_update(
                index_elements=["topic_id", "layer", "month"], set_={"count": Gap.count + one.count}
            )
        )
    await work.session.execute(delete(Gap).where(Gap.topic_id == old))
    return found


async def _take_gaps_back(work: Work, merge: Merge, rows: Sequence[Sequence[Any]]) -> None:
    for layer, month, counted in rows:
        day = datetime.fromisoformat(month).date()
        here = (Gap.topic_id == merge.new, Gap.layer == layer, Gap.month == day)
        there = (await work.session.execute(select(Gap.count).where(*here))).scalar_one_or_none()
        if there is None:
            continue  # Older than is kept: it was forgotten meanwhile.
        if there > counted:
            await work.session.execute(update(Gap).where(*here).values(count=there - counted))
        else:
            await work.session.execute(delete(Gap).where(*here))
        await work.session.execute(
            insert_into(work, Gap).values(topic_id=merge.old, layer=layer, month=day, count=counted)
        )


# Questions hold the topic in words of their own, by which they are known again.


async def _reword(work: Work, table: type[Watch] | type[LookUp], old: TopicId, new: TopicId) -> Moved:
    """Questions about the one are about the other now: their ids, with their words as they were.

    Who asked the same about both has one question left.
    """
    found = Moved()
    rows = await work.session.execute(
        select(table.id, table.question).where(table.question.startswith(f"t{old}|"))
    )
    for number, question in rows.all():
        wanted = f"t{new}{question.removeprefix(f't{old}')}"
        if await _asked_already(work, table, number, wanted):
            found.taken_out += await moves.take_out(work, moves.table_of(table), table.id == number)
        else:
            found.keys.append([number, question])
            await _put(work, table, number, wanted, new)
    return found


async def _asked_already(work: Work, table: type[Watch] | type[LookUp], number: int, question: str) -> bool:
    who = Watch.official_id if table is Watch else LookUp.asker_id
    asker = select(who).where(table.id == number).scalar_subquery()
    same = await work.session.execute(select(table.id).where(who == asker, table.question == question))
    return same.first() is not None


async def _put(
    work: Work, table: type[Watch] | type[LookUp], number: int, question: str, topic: TopicId
) -> None:
    values: dict[str, Any] = {"question": question}
    if table is Watch:
        kept: Mapping[str, Any] = (
            await work.session.execute(select(Watch.filters).where(Watch.id == number))
        ).scalar_one()
        values |= {"topic_id": topic, "filters": replace(Search.from_args(kept), topics=(topic,)).args}
    await work.session.execute(
        update(table).where(table.id == number).values(values).execution_options(synchronize_session=False)
    )


async def _word_back(work: Work, table: type[Watch] | type[LookUp], merge: Merge, moved: Moved) -> None:
    who = "official_id" if table is Watch else "asker_id"
    for number, question in moved.keys:
        now = await work.session.execute(select(table.question).where(table.id == number))
        words = now.scalar_one_or_none()
        if words is None or not words.startswith(f"t{merge.new}|"):
            continue  # Told, forgotten, or another row by now.
        if not await _asked_already(work, table, number, question):
            await _put(work, table, number, question, merge.old)
    for plain in moved.taken_out:
        wanted = f"t{merge.new}{plain['question'].removeprefix(f't{merge.old}')}"
        await moves.put_back(work, moves.table_of(table), plain, who, wanted)


# That it was done.


async def keep(work: Work, old: TopicId, new: TopicId, record: Record, term: timedelta) -> MergeId:
    """Keep what moved for as long as it can be undone."""
    row = TopicMerge(from_id=old, into_id=new, at=work.now, until=work.now + term)
    work.session.add(row)
    await work.session.flush()
    row.sealed = work.vault.seal(record.dumped(), "topic_merge", "sealed", row.id)
    await work.session.flush()
    return MergeId(row.id)


async def get(work: Work, number: MergeId) -> tuple[Merge, Record | None] | None:
    """A merge, with what moved while that is kept."""
    statement = select(TopicMerge).where(TopicMerge.id == number).with_for_update()
    row = (await work.session.execute(statement)).scalar_one_or_none()
    if row is None:
        return None
    merge = Merge(MergeId(row.id), TopicId(row.from_id), TopicId(row.into_id), row.until)
    if row.sealed is None:
        return merge, None
    return merge, Record.loaded(work.vault.open(row.sealed, "topic_merge", "sealed", row.id))


async def latest(work: Work, into: TopicId) -> MergeId | None:
    """The last that became part of a topic: the first to be undone."""
    row = TopicMerge
    found = await work.session.execute(
        select(row.id).where(row.into_id == into).order_by(row.id.desc()).limit(1)
    )
    number = found.scalar_one_or_none()
    return None if number is None else MergeId(number)


async def of(work: Work, old: TopicId) -> MergeId | None:
    """How a topic became part of another."""
    row = TopicMerge
    found = await work.session.execute(select(row.id).where(row.from_id == old))
    number = found.scalar_one_or_none()
    return None if number is None else MergeId(number)


async def forget(work: Work, number: MergeId) -> None:
    """It was undone."""
    await work.session.execute(delete(TopicMerge).where(TopicMerge.id == number))


async def clear(work: Work) -> None:
    """Empty what can be undone no longer."""
    await work.session.execute(
        update(TopicMerge)
        .where(TopicMerge.until < work.now, TopicMerge.sealed.is_not(None))
        .values(sealed=None)
    )
