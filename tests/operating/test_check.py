"""The check sees each thing that can be wrong, says how to mend it, and changes nothing."""

from __future__ import annotations

import json
from datetime import timedelta

import anyio
import pytest
from sqlalchemy import text as sql

from bot.chat.address import Account, Direct
from bot.chat.message import say
from bot.compose.check import check
from bot.compose.check_database import Look, row_looks
from bot.compose.clocks import DemoClock
from bot.domain.ids import OfficialId
from bot.i18n.text import text
from bot.store import due, outbox, register, report, state
from bot.store.outbox import Lane
from bot.store.tables import Audit, Due, Inbox, Official, Outbox
from bot.store.work import Work, Workshop
from tests.postgres import Databases
from tests.support.line import OTHER_SECRET, SECRET, Line

REAL = {"KOFFIE_OPERATOR": "Gemeente Koffiedam", "KOFFIE_LEGAL_BASIS": "toestemming"}


def wrong(line: Line, **env: str) -> dict[str, str]:
    """The parts that are not well, with what was seen."""
    done = line("check", "--json", **env)
    found = json.loads(done.output)
    assert done.exit_code == int(any(not one["well"] for one in found))
    assert all(one["mend"] for one in found if not one["well"])
    return {one["part"]: one["what"] for one in found if not one["well"]}


def test_a_fresh_folder_is_well_and_stays_empty(line: Line) -> None:
    assert wrong(line) == {}
    assert line.files() == {}


def test_a_running_demo_is_well_and_untouched(line: Line) -> None:
    line("seed", "--officials", "20")
    before = line.files()
    assert wrong(line) == {}
    assert line.files() == before


def test_it_speaks_the_operators_language(line: Line) -> None:
    assert "Alles staat goed." in line("check").output
    assert "All is well." in line("check", KOFFIE_LANGUAGE="en").output
    assert "needs attention" in line("check", KOFFIE_LANGUAGE="en", KOFFIE_PACE="2").output


def test_each_wrong_setting_is_a_line(line: Line) -> None:
    done = line("check", "--json", KOFFIE_OFFICE_OPENS="late", KOFFIE_TIME_ZONE="Mars/Olympus")
    lines = [one["what"] for one in json.loads(done.output)]
    assert [one.split(":")[0] for one in lines] == ["KOFFIE_TIME_ZONE", "KOFFIE_OFFICE_OPENS"]


def test_a_lost_or_open_key_is_seen(line: Line) -> None:
    line("migrate")
    key = line.folder / "koffie.key"
    key.chmod(0o644)
    assert "can be read by others" in wrong(line)["geheime sleutel"]
    key.unlink()
    assert "is missing" in wrong(line)["geheime sleutel"]
    assert not key.exists()


def test_another_key_than_the_databases_is_seen(database_url: str, line: Line) -> None:
    line.set(KOFFIE_DATABASE_URL=database_url)
    line("migrate", KOFFIE_SECRET_KEY=SECRET)
    assert wrong(line, KOFFIE_SECRET_KEY=SECRET) == {}
    assert "past niet bij" in wrong(line, KOFFIE_SECRET_KEY=OTHER_SECRET)["geheime sleutel"]


def test_a_database_that_is_away_is_seen(line: Line) -> None:
    url = "postgresql://koffie:secret@localhost:1/koffie"
    assert "niet bereikbaar" in wrong(line, KOFFIE_DATABASE_URL=url, KOFFIE_SECRET_KEY=SECRET)["database"]


def test_a_folder_that_cannot_be_written_in_is_seen(line: Line) -> None:
    assert "niets schrijven" in wrong(line, KOFFIE_DATABASE_URL="sqlite:///nowhere/koffie.db")["database"]


def test_a_file_that_is_no_database_is_seen(line: Line) -> None:
    (line.folder / "koffie.db").write_bytes(b"no database at all, but long enough to look at" * 100)
    before = line.files()
    assert "DatabaseError" in wrong(line, KOFFIE_SECRET_KEY=SECRET)["database"]
    assert line.files() == before


def test_a_server_without_the_schema_is_told_to_migrate(postgres: Databases, line: Line) -> None:
    url = postgres.create_empty()
    line.set(KOFFIE_DATABASE_URL=url, KOFFIE_SECRET_KEY=SECRET)
    assert list(wrong(line)) == ["versie van de database"]
    postgres.drop(url)


def test_a_real_platform_needs_its_operator_and_refuses_invented_people(line: Line) -> None:
    line("seed", "--officials", "5")
    line.set(KOFFIE_BOARD_SERVER="127.0.0.1:1")

    def parts(**env: str) -> set[str]:
        line.set(**env)
        found = anyio.run(check, ("adapters", "tests.platforms"))
        return {one.part for one in found.results if not one.well}

    assert parts() == {"beheerder", "demo", "board: board"}
    assert parts(**REAL) == {"demo", "board: board"}


async def seen(workshop: Workshop) -> dict[str, Look]:
    """What is not well, by the key of its text; that the server has another time than the test is."""
    async with workshop.read() as work:
        looks = {look.what.key: look for look in await row_looks(work, real=True) if not look.well}
    looks.pop("check-time-server", None)
    return looks


@pytest.fixture
async def ready(workshop: Workshop) -> Workshop:
    """A database as the first run leaves it."""
    async with workshop.write() as work:
        await state.note_key(work)
        await register.set_dated(work, "2026-05")
    assert await seen(workshop) == {}
    return workshop


async def set_all(work: Work, table: type[Outbox | Inbox | Due | Audit], **values: object) -> None:
    names = ", ".join(f"{name} = :{name}" for name in values)
    await work.session.execute(sql(f"UPDATE {table.__tablename__} SET {names}"), values)  # noqa: S608 - our own words


async def test_messages_that_failed_or_are_in_doubt_are_seen(ready: Workshop, clock: DemoClock) -> None:
    async with ready.write() as work:
        anna = Direct(account=Account(platform="board", tenant="t1", user="anna"))
        await outbox.post(work, anna, say(text("welcome")), Lane.ANSWER, language="nl")
        await set_all(work, Outbox, state="unknown")
    assert set(await seen(ready)) == {"check-messages-unknown"}
    async with ready.write() as work:
        await set_all(work, Outbox, state="dead", reason="text")
    assert set(await seen(ready)) == {"check-messages-faulty"}
    async with ready.write() as work:
        # Somebody who left is no fault of ours.
        await set_all(work, Outbox, state="dead", reason="gone")
    assert await seen(ready) == {}


async def test_what_waits_too_long_is_seen(ready: Workshop, clock: DemoClock) -> None:
    async with ready.write() as work:
        work.session.add(
            Inbox(key="a", platform="board", actor="x", state="new", sealed=b"", arrived_at=work.now)
        )
        await due.schedule(work, "soon", "clear-up", work.now + timedelta(hours=1))
    assert await seen(ready) == {}
    clock.move(clock.now() + timedelta(minutes=11))
    behind = (await seen(ready))["check-clockwork-behind"]
    assert behind.what.params["count"] == 1
    clock.move(clock.now() + timedelta(hours=2))
    assert (await seen(ready))["check-clockwork-behind"].what.params["count"] == 2


async def test_events_that_failed_lately_are_seen(ready: Workshop, clock: DemoClock) -> None:
    async with ready.write() as work:
        work.session.add(
            Inbox(key="a", platform="board", actor="x", state="failed", sealed=None, arrived_at=work.now)
        )
    assert set(await seen(ready)) == {"check-events-failed"}
    clock.move(clock.now() + timedelta(days=8))
    assert await seen(ready) == {}


async def test_a_due_thing_that_was_set_aside_is_seen(ready: Workshop, clock: DemoClock) -> None:
    async with ready.write() as work:
        await due.schedule(work, "now", "clear-up", work.now)
        await set_all(work, Due, failures=due.MOST_FAILURES)
    assert set(await seen(ready)) == {"check-due-aside"}


async def test_a_clock_that_was_set_back_is_seen(ready: Workshop, clock: DemoClock) -> None:
    async with ready.write() as work:
        later = work.now + timedelta(hours=1)
        work.session.add(
            Inbox(key="a", platform="board", actor="x", state="done", sealed=None, arrived_at=later)
        )
    async with ready.read() as work:
        looks = {look.what.key for look in await row_looks(work, real=False) if not look.well}
    assert looks == {"check-time-back"}


async def test_a_server_with_another_time_is_seen(ready: Workshop) -> None:
    async with ready.read() as work:
        looks = {look.what.key for look in await row_looks(work, real=True)}
        demo = {look.what.key for look in await row_looks(work, real=False)}
    # The test's clock stands elsewhere than the machine's; SQLite has no clock of its own.
    assert ("check-time-server" in looks) is not ready.database.is_sqlite
    assert "check-time-server" not in demo


async def test_an_old_or_missing_register_is_seen(workshop: Workshop, clock: DemoClock) -> None:
    assert set(await seen(workshop)) == {"check-register-none"}
    async with workshop.write() as work:
        await register.set_dated(work, "2026-05-31")
    assert await seen(workshop) == {}
    clock.move(clock.now() + timedelta(days=400))
    assert set(await seen(workshop)) == {"check-register-old"}


async def test_reports_and_a_broken_audit_are_seen(ready: Workshop, clock: DemoClock) -> None:
    async with ready.write() as work:
        one = Official(name="A", joined_at=work.now, last_sign_at=work.now, confirmed_at=work.now)
        work.session.add(one)
        await work.session.flush()
        await report.add(work, OfficialId(one.id), None, "kanarie")
        work.session.add(Audit(at=work.now, act="erase", chain="forged"))
    found = await seen(ready)
    assert set(found) == {"check-audit-broken", "check-reports-unread"}
    assert "kanarie" not in repr(found)
