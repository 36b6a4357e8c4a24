"""The terminal without a screen: hostile lines, words to the terminal itself, kills and broken pipes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.databases import on_sqlite as on_sqlite
from tests.support.story import KEY, ROOT, Story, Told, run_story


def complaint(told: Told, line: int) -> str:
    """What was said about a line on standard error."""
    [found] = [words for words in told.errors.splitlines() if words.startswith(f"Regel {line}:")]
    return found


def test_bad_lines_are_named_and_the_story_goes_on(tmp_path: Path) -> None:
    script = b"\n".join(
        [
            b"\xef\xbb\xbfAnna: hulp",
            b"Anna \xff: hulp",
            b"Anna: h\0lp",
            b"zonder dubbele punt",
            b":",
            b"An\x1bna: hulp",
            b"Anna: " + b"x" * 5000,
            b"Anna: " + b"y" * 200_000,
            b":onbekend",
            b":time gisteren",
            b":time +3000d",
            b":time ooit",
            b":file",
            b":as " + b"z" * 81,
            b"",
            b"Anna: hulp\r",
        ]
    )
    told = run_story(script, tmp_path)
    assert told.code == 0
    assert len(told.to("Anna")) == 2
    assert "UTF-8" in complaint(told, 2)
    assert "NUL" in complaint(told, 3)
    assert "NAAM: tekst" in complaint(told, 4)
    assert "ken ik niet" in complaint(told, 5)
    assert "geen naam" in complaint(told, 6)
    assert "4000" in complaint(told, 7).replace(".", "")
    assert "te lang" in complaint(told, 8)
    assert ":onbekend" in complaint(told, 9)
    assert "alleen vooruit" in complaint(told, 10)
    assert "twee jaar" in complaint(told, 11)
    assert "begrijp ik niet" in complaint(told, 12)
    assert "geen bestand" in complaint(told, 13)
    assert "geen naam" in complaint(told, 14)
    assert "Traceback" not in told.errors


@pytest.mark.parametrize("script", ["", "\n\n", ":quit\nAnna: hulp\n"])
def test_nothing_to_say_is_fine(script: str, tmp_path: Path) -> None:
    told = run_story(script, tmp_path)
    assert (told.code, told.messages) == (0, ())


async def test_the_clock_moves_on_demand(story: Story) -> None:
    told = await story.tell("""
        :time
        :time +3d
        :time dinsdag 9:00
        :time
    """)
    assert told.output.splitlines() == [
        ": dinsdag 24 november 10:00",
        ": vrijdag 27 november 10:00",
        ": dinsdag 1 december 09:00",
        ": dinsdag 1 december 09:00",
    ]


async def test_who_is_who(story: Story) -> None:
    told = await story.tell("""
        :as fatima el amrani
        hulp
        :as Iemand Nieuw
        hulp
        :people
    """)
    first, second, *people = [line for line in told.output.splitlines() if line.startswith(": ")]
    assert "Fatima el Amrani (ministerie van Landbouw" in first
    assert "nog niet aangemeld" in second
    assert len(people) == 51
    assert any("Hanneke Smit — waterschap Vallei en Veluwe" in person for person in people)
    assert len(told.to("Fatima el Amrani")) == len(told.to("Iemand Nieuw")) == 1


async def test_names_are_one_however_they_are_typed(story: Story) -> None:
    told = await story.tell("""
        Zoë  van Dam: hulp
        zoe\u0308 VAN dam: hulp
    """)
    assert [seen.to for seen in told.messages] == ["Zoë van Dam", "Zoë van Dam"]


def test_who_stops_reading_breaks_nothing(tmp_path: Path) -> None:
    """A reader that leaves: the program stops by itself, and what it did not get comes at the next start."""
    script = "".join(f"Persoon {number}: hulp\n" for number in range(30))
    program = _start(tmp_path)
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(script.encode())
    program.stdin.close()
    seen = program.stdout.readline()
    program.stdout.close()
    assert program.wait(timeout=60) == 0
    assert seen.startswith("koffie → Persoon 0: ".encode())
    assert program.stderr is not None
    assert b"Traceback" not in program.stderr.read()
    program.stderr.close()


def test_a_kill_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    """Killed at the first words of each message, and told to go on: everyone got each answer once."""
    people = [f"Persoon {number}" for number in range(6)]
    output = errors = b""
    for name in people:
        program = _start(tmp_path)
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdin.write(f"{name}: hulp\n".encode())
        program.stdin.flush()
        output += program.stdout.readline()
        os.kill(program.pid, signal.SIGKILL)
        output += program.stdout.read()
        errors += program.stderr.read()
        program.wait(timeout=60)
        for stream in (program.stdin, program.stdout, program.stderr):
            stream.close()
    output += run_story("", tmp_path).output.encode()
    told = Told(output.decode())
    assert {name: len(told.to(name)) for name in people} == dict.fromkeys(people, 1), errors.decode()


def _start(folder: Path) -> subprocess.Popen[bytes]:
    """The program, with pipes to talk through."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("KOFFIE_")}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=own | {"PYTHONPATH": str(ROOT), "KOFFIE_SECRET_KEY": KEY},
    )
