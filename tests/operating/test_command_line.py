"""The command line as an operator meets it: help, a clear line for what is wrong, what each command does."""

from __future__ import annotations

import json
import signal
import stat
from collections.abc import Iterator
from textwrap import dedent

import click
import pytest

from bot.__main__ import main
from tests.support.line import OTHER_SECRET, PATIENCE_SECONDS, SECRET, Line

TOOI = "https://identifier.overheid.nl/tooi/id/gemeente/gm9999"
HEADER = (
    "tooi_uri,code,layer,type,name,short_name,province,corop,veiligheidsregio,email_domain,status,valid_until"
)
SERVER = "postgresql://a:secret@localhost:1/b"


def every_command(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in sorted(group.commands.items()):
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))


@pytest.mark.parametrize("path", [(), *every_command(main)], ids=" ".join)
def test_each_command_has_help(line: Line, path: tuple[str, ...]) -> None:
    done = line(*path, "--help")
    assert done.exit_code == 0
    assert len(done.output.splitlines()) >= 5
    assert line.files() == {}


@pytest.mark.parametrize(
    ("words", "env", "says"),
    [
        (["run"], {"KOFFIE_LANGAUGE": "nl"}, "Do you mean KOFFIE_LANGUAGE?"),
        (["run"], {"KOFFIE_DATABASE_URL": "sqlite:///nowhere/koffie.db"}, "nowhere"),
        (
            ["run"],
            {"KOFFIE_DATABASE_URL": "postgresql://a:secret@localhost:1/b"},
            "KOFFIE_SECRET_KEY is missing",
        ),
        (
            ["migrate"],
            {"KOFFIE_DATABASE_URL": SERVER, "KOFFIE_SECRET_KEY": SECRET},
            "koffie check",
        ),
        (["import", "organisations", "nowhere.csv"], {}, "nowhere.csv"),
        (["import", "people", "nowhere.csv"], {}, "organisations"),
        (["erase", "7", "--yes"], {}, "no official 7"),
        (["erase", "Anna", "--yes"], {}, "PLATFORM:TENANT:USER"),
        (["erase", "fax:a:b", "--yes"], {}, "no platform fax"),
        (["platform", "fax"], {}, "no platform 'fax'"),
        (["platform", "terminal", "dance"], {}, "no 'dance'"),
        (["export", "nowhere/koffie.json"], {}, "nowhere/koffie.json"),
        (["seed", "--officials", "0"], {}, "0"),
        (["find", "topic"], {}, "TEXT"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    line: Line, words: list[str], env: dict[str, str], says: str
) -> None:
    done = line(*words, **env)
    assert done.exit_code not in {0, None}
    assert says in done.output
    assert "Traceback" not in done.output
    assert "secret@" not in done.output
    assert len([row for row in done.output.splitlines() if row.startswith("Error")]) == 1


def test_what_nobody_foresaw_is_told_without_its_words(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> None:
        raise ZeroDivisionError("kanarie-4711")

    monkeypatch.setattr("bot.compose.operations.settings", breaks)
    done = line("migrate")
    assert done.exit_code == 1
    assert "ZeroDivisionError in test_what_nobody_foresaw" in done.output
    assert "kanarie" not in done.output


def test_a_first_migration_fills_the_register_once(line: Line) -> None:
    done = line("migrate")
    assert done.exit_code == 0, done.output
    assert "from nothing to" in done.output
    assert "register was filled" in done.output
    again = line("migrate")
    assert "was up to date" in again.output
    assert "register" not in again.output


def test_a_server_is_migrated_on_request_alone(empty_database_url: str, line: Line) -> None:
    line.set(KOFFIE_DATABASE_URL=empty_database_url, KOFFIE_SECRET_KEY=SECRET)
    if empty_database_url.startswith("postgresql"):
        refused = line("run")
        assert refused.exit_code == 1
        assert "koffie migrate" in refused.output
    assert "from nothing to" in line("migrate").output
    assert line.process("run").returncode == 0


def test_another_key_is_refused_before_anything_is_read(database_url: str, line: Line) -> None:
    line.set(KOFFIE_DATABASE_URL=database_url)
    assert line.process("run", stdin="Anna: hulp\n", KOFFIE_SECRET_KEY=SECRET).returncode == 0
    for words in (["run"], ["export", "x.json"], ["erase", "1", "--yes"]):
        refused = line(*words, KOFFIE_SECRET_KEY=OTHER_SECRET)
        assert refused.exit_code == 1
        assert "not the one that this database was made with" in refused.output


def test_importing_reports_what_it_did_and_twice_changes_nothing(line: Line) -> None:
    file = line.folder / "new.csv"
    file.write_text(f"{HEADER}\n{TOOI},gm9999,gemeente,gemeente,Koffiedam,,Utrecht,,,,current,\n", "utf-8")
    assert "1 new, 0 changed, 0 as they were." in line("import", "organisations", str(file)).output
    assert "0 new, 0 changed, 1 as they were." in line("import", "organisations", str(file)).output
    assert "gemeente Koffiedam" in line("find", "organisation", "koffiedam").output


def test_a_bad_row_is_told_by_its_line_and_nothing_is_imported(line: Line) -> None:
    file = line.folder / "bad.csv"
    good = f"{TOOI},gm9999,gemeente,gemeente,Koffiedam,,Utrecht,,,,current,"
    file.write_text(
        f"{HEADER}\n{good}\n{good.replace('9999', '9998').replace('current', 'perhaps')}\n", "utf-8"
    )
    done = line("import", "organisations", str(file))
    assert done.exit_code == 1
    assert "line 3: status" in done.output
    assert "Koffiedam" not in line("find", "organisation", "koffiedam").output


def test_finding_works_without_any_database_and_makes_none(line: Line) -> None:
    found = json.loads(line("find", "organisation", "hhnk", "--json").output)
    assert found["candidates"][0]["name"] == "Hoogheemraadschap Hollands Noorderkwartier"
    assert "asks which" in line("find", "organisation", "utrecht").output
    assert "Stikstof" in line("find", "topic", "stikstofdossier").output
    assert "nothing by that name" in line("find", "topic", "xyzzy").output
    assert line.files() == {}


def test_finding_goes_by_the_database_where_there_is_one(line: Line) -> None:
    line("migrate")
    before = line.files()
    shipped, kept = (json.loads(line("find", "topic", "krw", "--json").output) for _ in range(2))
    assert shipped == kept
    assert line.files() == before


def test_inventing_officials_refuses_a_database_of_real_ones(database_url: str, line: Line) -> None:
    line.set(KOFFIE_DATABASE_URL=database_url, KOFFIE_SECRET_KEY=SECRET)
    done = line("seed", "--officials", "50", "--seed", "7")
    assert done.exit_code == 0, done.output
    assert "50 officials were invented" in done.output


def test_an_export_holds_numbers_and_nobody(line: Line) -> None:
    line("seed", "--officials", "60")
    file = line.folder / "koffie.json"
    done = line("export", str(file))
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (month,) = json.loads(file.read_text("utf-8"))["network"]
    assert 40 < month["figures"]["officials"] < 80
    assert min(month["figures"].values()) >= 5
    again = line("export", str(file))
    assert again.exit_code == 1
    assert "is there already" in again.output


def test_the_overview_is_a_page_and_figures_that_say_the_same(line: Line) -> None:
    line("seed", "--officials", "60")
    page, figures = line.folder / "page.html", line.folder / "figures.csv"
    done = line("overview", "--html", str(page), "--csv", str(figures))
    assert done.exit_code == 0, done.output
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert "minder dan 5" in figures.read_text("utf-8")
    again = line("overview", "--html", str(page))
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert line("overview").exit_code == 2


def test_remarks_are_exported_without_a_name_and_reports_once(line: Line) -> None:
    story = """
        Kees Oosterhuis: feedback Mooi werk, kanarie-lof
        Kees Oosterhuis: 1
        Kees Oosterhuis: meld Marloes Kramer
        Kees Oosterhuis: 1
    """
    told = line.process("run", stdin=dedent(story).lstrip())
    assert told.returncode == 0, told.stderr
    assert line("export", "plain.json").exit_code == 0
    plain = (line.folder / "plain.json").read_text("utf-8")
    assert "kanarie-lof" in plain
    assert "Kees" not in plain
    assert "Marloes" not in plain
    assert line("check").exit_code == 1
    for file, count in (("first.json", 1), ("second.json", 0)):
        assert line("export", file, "--reports").exit_code == 0
        reports = json.loads((line.folder / file).read_text("utf-8"))["reports"]
        assert [one["by"]["name"] for one in reports] == ["Kees Oosterhuis"] * count
    assert line("check").exit_code == 0


def test_erasing_asks_first_and_takes_a_number_or_an_account(line: Line) -> None:
    line("seed", "--officials", "5")
    assert "Aborted" in line("erase", "1", stdin="n\n").output
    assert line("erase", "1", stdin="y\n").exit_code == 0
    assert "not any more" in line("erase", "1", "--yes").output
    # Who never registered may have left words behind as well.
    assert line("erase", "terminal:demo:nobody", "--yes").exit_code == 0


def test_an_admin_is_added_listed_and_removed(line: Line) -> None:
    line("seed", "--officials", "3")
    assert line("admin", "list").output.strip() == "There is no admin."
    assert "may set up channels" in line("admin", "add", "2").output
    (row,) = line("admin", "list").output.splitlines()
    number, account = row.split(": ")
    assert number == "2"
    named = line("admin", "list", KOFFIE_ADMINS=account).output.splitlines()
    assert named == [row, f"KOFFIE_ADMINS: {account}"]
    still = line("admin", "remove", account, KOFFIE_ADMINS=account)
    assert still.exit_code == 0
    assert "no admin any more" in still.output
    assert "KOFFIE_ADMINS still names" in still.output
    assert line("admin", "list").output.strip() == "There is no admin."
    assert "was not added" in line("admin", "remove", "2").output
    assert "no official 9" in line("admin", "remove", "9").output


def test_a_platform_without_verbs_says_so(line: Line) -> None:
    done = line("platform", "terminal")
    assert done.exit_code == 0
    assert "nothing to do from here" in done.output


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_stops_it_cleanly(line: Line, number: signal.Signals, code: int) -> None:
    """While nobody types: standard input stays open."""
    with line.started() as running:
        running.send_signal(number)
        _, errors = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == code, errors
    assert "Traceback" not in errors
    assert line("check").exit_code == 0


def test_a_second_process_is_refused_and_operating_goes_on_beside_the_first(line: Line) -> None:
    with line.started() as running:
        refused = line("run")
        beside = [line(*words) for words in (["check"], ["find", "topic", "krw"], ["export", "koffie.json"])]
        running.communicate(timeout=PATIENCE_SECONDS)
    assert "is in use by another process" in refused.output
    assert [done.exit_code for done in beside] == [0, 0, 0]
    assert running.returncode == 0
