"""What stands beside a topic: from whose work one may learn, and at which layers people lack."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from bot.domain.overview import Kind
from bot.jobs.clear_up import clear_up
from bot.store import tables
from bot.store.due import DueThing
from tests.support.rounds import ADMIN, Rounds
from tests.support.rounds import every_week as every_week
from tests.support.town import ANNA, BRAM


async def test_a_line_is_entered_by_the_one_it_is_about(here: Rounds) -> None:
    say, last = here.town.say, here.town.last
    await say(BRAM, "opgave team stikstof: wij meten samen met boeren")
    assert "ziet nu je organisatie en deze regel" in last(BRAM)
    await say(ANNA, "wie-ken-ik stikstof")
    assert "Van deze teams kun je leren:\n- Vallei en Veluwe: wij meten samen met boeren" in last(ANNA)
    card = await here.told("opgave stikstof", ANNA)
    assert "Fase: " in card
    assert "Vallei en Veluwe: wij meten" in card
    for line in ("zie www.example.org", "bel 06 12345678", "hoi @room", "x" * 101):
        await say(ANNA, f"opgave team stikstof: {line}")
        assert last(ANNA).startswith("Schrijf één korte regel"), line
    await say(ANNA, "opgave team waterkwaliteit: wij ook")
    assert last(ANNA).startswith("Alleen wie zelf aan Waterkwaliteit werkt")
    await say(ANNA, "opgave team stikstof weg 1")
    assert last(ANNA).startswith("Dat kan alleen wie deze opgave beheert")
    await say(ADMIN, "koffie-beheer gevoelig stikstof aan")
    assert "wij meten" not in await here.told("opgave stikstof", ANNA), "it tells who is in it"
    assert (await here.told("opgave team stikstof: wij ook", ANNA)).startswith("Bij een gevoelige opgave")
    await say(ANNA, "pauze vindbaar")
    assert (await here.told("opgave team stikstof: wij ook", ANNA)).startswith("Nu ben je zelf niet vindbaar")


async def test_a_line_that_was_taken_off_is_put_back_within_a_day_and_then_forgotten(
    here: Rounds,
) -> None:
    """The log has its number only; who entered it may enter it anew, and takes it off for good."""
    line, off = "wij meten samen met boeren", "koffie-beheer opgave team stikstof weg 1"
    enter, mine_off = f"opgave team stikstof: {line}", "opgave team stikstof weg"

    async def stands() -> bool:
        return line in await here.told("wie-ken-ik stikstof", ANNA)

    await here.town.say(BRAM, enter)
    assert (await here.told(off)).startswith("Gedaan.")
    assert not await stands()
    assert "een regel over een team weggehaald" in (await here.manage("logboek")).splitlines()[1]
    await here.town.press(ADMIN, "Ongedaan maken")
    assert here.town.last(ADMIN) == "Ongedaan gemaakt. De regel staat weer bij de opgave."
    assert await stands()
    for back in (enter, mine_off):
        await here.told(off)
        await here.town.say(BRAM, back)
        assert (await here.manage("ongedaan")).startswith("Iemand heeft dit daarna weer veranderd.")
        assert await stands() is (back == enter)
    await here.town.say(BRAM, enter)
    await here.told(off)
    for hours, left in ((23, [line]), (2, [])):
        await here.town.wait(timedelta(hours=hours))
        assert await _lines_after_clearing_up(here) == left


async def _lines_after_clearing_up(here: Rounds) -> list[str]:
    async with here.town.workshop.write() as work:
        await clear_up(work, DueThing(0, "", "clear-up", 0, work.now))
        return list((await work.session.execute(select(tables.TopicTeam.line))).scalars())


async def test_layers_lack_by_published_figures_alone(here: Rounds) -> None:
    figures = {f"{Kind.ON_TOPIC}/stikstof/{layer}": 9 for layer in ("rijk", "gemeente")}
    async with here.town.workshop.write() as work:
        first = work.today.replace(day=1)
        await work.session.execute(delete(tables.Overview))
        work.session.add(tables.Overview(month=first, day=first, figures=figures, sealed=b""))
    await here.town.say(ANNA, "wie-ken-ik stikstof")
    lacks = "Nog weinig of geen collega's bij een provincie of een waterschap."
    assert lacks in here.town.last(ANNA)
    # There are two at waterschappen: none, few and four read the same, and nothing moves when one goes.
    await here.town.say(BRAM, "stop")
    await here.town.say(ANNA, "opgave stikstof")
    assert lacks in here.town.last(ANNA)
    await here.town.say(ANNA, "wie-ken-ik stikstof waterschap")
    assert lacks not in here.town.last(ANNA)
