"""What officials work on: the copies are right, and the ranked list is read from its index."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select, text, update

from bot.domain.fairness import JITTER
from bot.domain.layer import Layer
from bot.domain.topic import Part
from bot.services import fairness
from bot.store import due, involvements, officials, tables
from bot.store.involvements import CAME, ranked_query
from bot.store.work import Work, Workshop
from tests.support.country import Country


async def copies_are_right(work: Work) -> bool:
    """The invariant: layer and active are what the official's row says."""
    wrong = (
        select(func.count())
        .select_from(tables.Involvement)
        .join(tables.Official, tables.Official.id == tables.Involvement.official_id)
        .where(
            (tables.Involvement.layer != tables.Official.layer)
            | (
                tables.Involvement.active
                != ((tables.Official.state == "active") & tables.Official.findable & tables.Official.requests)
            )
        )
    )
    return (await work.session.execute(wrong)).scalar_one() == 0


async def test_topics_are_replaced_and_keep_their_day(workshop: Workshop, country: Country) -> None:
    stikstof, natuur, wonen = (country.topics[slug] for slug in ("stikstof", "natuur", "wonen"))
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede", "stikstof", "natuur")
        await involvements.note_shown(work, stikstof, [anna])
        await involvements.replace(work, anna, [(wonen, Part.FOLLOWS), (stikstof, Part.LEADS)])
        assert await involvements.of(work, anna) == [(stikstof, Part.LEADS), (wonen, Part.FOLLOWS)]
        assert [share.shown for share in await involvements.shares(work, anna)] == [1, 0]
        await involvements.replace(work, anna, [])
        assert await involvements.of(work, anna) == []
        assert natuur not in dict(await involvements.of(work, anna))


SWITCH = st.fixed_dictionaries(
    {
        "findable": st.booleans(),
        "requests": st.booleans(),
        "layer": st.sampled_from([layer.value for layer in Layer]),
        "state": st.sampled_from(["active", "erased"]),
    }
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(SWITCH, min_size=1, max_size=4))
async def test_copies_follow_whatever_changes(
    workshop: Workshop, country: Country, changes: list[dict[str, object]]
) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede", "stikstof", "natuur")
        for change in changes:
            await work.session.execute(
                update(tables.Official).where(tables.Official.id == anna).values(**change)
            )
            await involvements.refresh(work, anna)
            assert await copies_are_right(work)


async def test_who_can_be_found_anew_is_noted_once(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede", "stikstof", findable=False)
    async with workshop.write() as work:
        while await due.take(work, [CAME]):
            pass
        await involvements.refresh(work, anna)
        assert await due.take(work, [CAME]) is None
        await officials.change(work, anna, findable=True)
        await work.session.execute(text("DELETE FROM due"))
        await involvements.refresh(work, anna)
        await involvements.refresh(work, anna)
        came = await due.take(work, [CAME])
        assert came is not None
        assert came.subject == anna
        assert await due.take(work, [CAME]) is None


async def test_pages_follow_one_another(workshop: Workshop, country: Country) -> None:
    """Read in pages of two or all at once: the same order, each once, also among equals."""
    stikstof = country.topics["stikstof"]
    async with workshop.write() as work:
        for number in range(9):
            await country.official(work, f"N {number}", "Ede", "stikstof")
        await work.session.execute(text("UPDATE official_topic SET score = 100 * (id % 3)"))
        whole = await involvements.ranked(work, stikstof, Layer.GEMEENTE, 99)
        assert len(whole) == 9
        assert whole == sorted(whole, key=lambda one: one.place, reverse=True)
        pages, after = [], None
        while page := await involvements.ranked(work, stikstof, Layer.GEMEENTE, 2, after=after):
            pages += page
            after = page[-1].place
        assert pages == whole
        assert await involvements.ranked(work, stikstof, None, 4) == whole[:4]


async def test_ranks_can_be_narrowed(workshop: Workshop, country: Country) -> None:
    stikstof = country.topics["stikstof"]
    async with workshop.write() as work:
        leads = await country.official(work, "A", "Ede", "stikstof", part=Part.LEADS)
        works = await country.official(work, "B", "Zwolle", "stikstof")
        await country.official(work, "C", "Ede", "stikstof", requests=False)
        found = await involvements.ranked(work, stikstof, Layer.GEMEENTE, 9, leads=True)
        assert [one.official for one in found] == [leads]
        found = await involvements.ranked(
            work, stikstof, Layer.GEMEENTE, 9, organisations=[country.organisations["Zwolle"]]
        )
        assert [one.official for one in found] == [works]
        assert await involvements.voices(work, stikstof, Layer.GEMEENTE, 9) == 2
        assert await involvements.voices(work, stikstof, Layer.GEMEENTE, 1) == 1


async def test_being_listed_counts_and_fades(workshop: Workshop, country: Country) -> None:
    stikstof = country.topics["stikstof"]
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede", "stikstof")
        (before,) = await involvements.ranked(work, stikstof, Layer.GEMEENTE, 9)
        await involvements.note_shown(work, stikstof, [anna])
        (after,) = await involvements.ranked(work, stikstof, Layer.GEMEENTE, 9)
        assert after.score == before.score - JITTER
        await fairness.rescore(work, anna)
        (rescored,) = await involvements.ranked(work, stikstof, Layer.GEMEENTE, 9)
        assert abs(rescored.score - after.score) < JITTER
        await involvements.fade_shown(work)
        await involvements.fade_shown(work)
        (faded,) = await involvements.ranked(work, stikstof, Layer.GEMEENTE, 9)
        assert faded.score == rescored.score + JITTER


@pytest.mark.parametrize("leads", [False, True])
async def test_the_ranked_list_is_read_from_its_index(
    workshop: Workshop, country: Country, database_kind: str, *, leads: bool
) -> None:
    """Neither a scan nor a sort: the work does not grow with the number of officials."""
    stikstof = country.topics["stikstof"]
    async with workshop.write() as work:
        first = await country.official(work, "Anna Bos", "Ede")
        row = (
            (await work.session.execute(select(tables.Official.__table__).where(tables.Official.id == first)))
            .mappings()
            .one()
        )
        many = range(10_000, 16_000)
        await work.session.execute(insert(tables.Official), [{**row, "id": number} for number in many])
        await work.session.execute(
            insert(tables.Involvement),
            [
                {
                    "official_id": number, "topic_id": stikstof, "layer": "gemeente", "active": True,
                    "part": "leads" if number % 50 == 0 else "works_on", "score": number % 900, "shown": 0,
                    "since": work.today,
                }
                for number in many
            ],
        )  # fmt: skip
        await work.session.execute(text("ANALYZE"))
        statement = ranked_query(stikstof, Layer.GEMEENTE, 50, leads=leads)
        bind = work.session.get_bind()
        sql = str(statement.compile(dialect=bind.dialect, compile_kwargs={"literal_binds": True}))
        explain = "EXPLAIN QUERY PLAN " if database_kind == "sqlite" else "EXPLAIN "
        plan = "\n".join(str(line) for line in await work.session.execute(text(explain + sql)))
    index = "ix_official_topic_leads" if leads else "ix_official_topic_ranked"
    assert index in plan, plan
    assert "SCAN official_topic" not in plan, plan
    assert "Seq Scan on official_topic" not in plan, plan
