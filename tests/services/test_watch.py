"""'Tell me when somebody joins': once, for who fits, in office hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.chat.message import Message
from bot.compose.clocks import DemoClock
from bot.domain.ids import OfficialId
from bot.domain.layer import Layer
from bot.domain.register import Region, RegionKind
from bot.domain.search import Search
from bot.jobs import Jobs
from bot.jobs.watch import JOB
from bot.services import watch
from bot.store import involvements, network, officials, tables
from bot.store import watch as store
from bot.store.work import Work, Workshop
from tests.support.country import Country, me
from tests.support.databases import on_both as on_both


@dataclass(frozen=True)
class Posted:
    """One row of the outbox."""

    official_id: int | None
    lane: str
    not_before: datetime


async def posted(workshop: Workshop, key: str) -> list[Posted]:
    """What waits in the outbox with a text of that key, after all that is due was done."""
    await Jobs(workshop, [JOB]).run_due()
    async with workshop.read() as work:
        rows = (await work.session.execute(select(tables.Outbox).order_by(tables.Outbox.id))).scalars()
        return [
            Posted(row.official_id, row.lane, row.not_before)
            for row in rows
            if key in Message.model_validate(row.message).model_dump_json()
        ]


async def wait(work: Work, official: OfficialId, search: Search) -> None:
    await watch.begin(work, await me(work, official), search)


async def test_told_once_when_somebody_joins(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        search = Search(topics=(country.topics["stikstof"],), layers=(Layer.WATERSCHAP,))
        await wait(work, anna, search)
        await wait(work, anna, search)
    assert await posted(workshop, "watch-came") == []
    async with workshop.write() as work:
        await country.official(work, "G", "Zwolle", "stikstof")
        await country.official(work, "W", "waterschap De Dommel", "wonen")
    assert await posted(workshop, "watch-came") == []
    async with workshop.write() as work:
        await country.official(work, "W", "waterschap De Dommel", "stikstof")
    (row,) = await posted(workshop, "watch-came")
    assert row.official_id == anna
    assert row.lane == "unasked"
    async with workshop.write() as work:
        await country.official(work, "W", "waterschap Rivierenland", "stikstof")
    assert len(await posted(workshop, "watch-came")) == 1


async def test_told_when_somebody_becomes_findable_or_takes_up_the_topic(
    workshop: Workshop, country: Country
) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        bram = await country.official(work, "Bram", "Zwolle", "stikstof", findable=False)
        carla = await country.official(work, "Carla", "Zwolle", "wonen")
        await wait(work, anna, Search(topics=(country.topics["stikstof"],)))
    assert await posted(workshop, "watch-came") == []
    async with workshop.write() as work:
        await officials.change(work, bram, findable=True)
        await involvements.refresh(work, bram)
    assert len(await posted(workshop, "watch-came")) == 1
    async with workshop.write() as work:
        await wait(work, anna, Search(topics=(country.topics["stikstof"],)))
        stated = await involvements.of(work, carla)
        await involvements.replace(work, carla, [*stated, (country.topics["stikstof"], stated[0][1])])
    assert len(await posted(workshop, "watch-came")) == 2


async def test_not_for_who_would_not_be_listed(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        topic = (country.topics["stikstof"],)
        await wait(work, anna, Search(topics=topic, region=Region(RegionKind.PROVINCE, "Gelderland")))
        await country.official(work, "Colleague", "Ede", "stikstof")
        await country.official(work, "Elsewhere", "Zwolle", "stikstof")
        blocked = await country.official(work, "Blocked", "provincie Gelderland", "stikstof")
        await network.block(work, blocked, anna)
    assert await posted(workshop, "watch-came") == []
    async with workshop.write() as work:
        await country.official(work, "Fits", "waterschap Rivierenland", "stikstof")
    assert len(await posted(workshop, "watch-came")) == 1


async def test_it_waits_for_office_hours(workshop: Workshop, country: Country, clock: DemoClock) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        await wait(work, anna, Search(topics=(country.topics["stikstof"],)))
    clock.move(clock.now() + timedelta(days=4))  # A Saturday.
    async with workshop.write() as work:
        await country.official(work, "Fits", "waterschap Rivierenland", "stikstof")
    (row,) = await posted(workshop, "watch-came")
    assert row.not_before == workshop.hours.next_office_moment(clock.now())
    assert row.not_before > clock.now()


async def test_a_watch_lapses(workshop: Workshop, country: Country, clock: DemoClock) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        await wait(work, anna, Search(topics=(country.topics["stikstof"],)))
    clock.move(clock.now() + timedelta(days=184))
    async with workshop.write() as work:
        await store.clear(work)
        await country.official(work, "Fits", "waterschap Rivierenland", "stikstof")
    assert await posted(workshop, "watch-came") == []
