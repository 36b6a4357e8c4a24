"""The contact card: what address books take, and what hostile words cannot do to it."""

from __future__ import annotations

import re

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from bot.services.reveal import Way
from bot.services.vcard import card, file_name

LONGEST_LINE = 75
NAME = re.compile(r"[A-Z-]+")
KINDS = {"email": "EMAIL", "phone": "TEL", "chat": "NOTE"}


def parsed(content: bytes) -> dict[str, str]:
    """A strict reading by RFC 2426, without the library that wrote it: property → value, each once.

    Fails on anything but one card with CRLF line ends and one value a property, no character cut in two.
    """
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line.decode()) <= LONGEST_LINE for line in lines)
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    unfolded: list[bytes] = []
    for line in lines:
        if line.startswith((b" ", b"\t")):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    found: dict[str, str] = {}
    for line in unfolded:
        head, colon, value = line.decode().partition(":")
        name = head.partition(";")[0]
        assert colon, line
        assert NAME.fullmatch(name), line
        assert name not in found, name
        found[name] = value
    order = list(found)
    assert (order[0], order[-1]) == ("BEGIN", "END")
    return found


def plain(value: str) -> str:
    """An escaped value as it was meant."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def test_a_card_as_address_books_take_it() -> None:
    made = parsed(
        card("Anna de Vries", "gemeente Barneveld", "Adviseur water", Way("email", "anna@example.nl"))
    )
    assert made == {
        "BEGIN": "VCARD",
        "VERSION": "3.0",
        "EMAIL": "anna@example.nl",
        "FN": "Anna de Vries",
        "N": "de Vries;Anna;;;",
        "ORG": "gemeente Barneveld",
        "TITLE": "Adviseur water",
        "END": "VCARD",
    }


@pytest.mark.parametrize(
    ("way", "line"),
    [
        (Way("email", "a@b.nl"), b"EMAIL;TYPE=INTERNET,WORK:a@b.nl"),
        (Way("phone", "+31612345678"), b"TEL;TYPE=WORK,VOICE:+31612345678"),
        (Way("chat", "https://chat.example/anna"), b"URL:https://chat.example/anna"),
        (Way("chat", "@anna:example.nl"), b"NOTE:@anna:example.nl"),
    ],
)
def test_each_way_has_its_property(way: Way, line: bytes) -> None:
    assert line in card("Anna", "X", "", way).split(b"\r\n")


def test_without_a_way_nothing_stands_empty() -> None:
    made = parsed(card("Anna", "X", "", Way("chat", "")))
    assert not {"NOTE", "URL", "TITLE"} & set(made)


nasty = st.sampled_from(
    ["\r\nTEL:1\r\n", "\nEND:VCARD", "\u2028", "\u202e", "é" * 40, "\\", "\\;", ";,:=", '"']
)
hostile = st.lists(nasty | st.text(st.characters(codec="utf-8"), max_size=20), max_size=6).map("".join)


@given(hostile, hostile, hostile, hostile, st.sampled_from(["email", "phone", "chat"]))
def test_words_stay_inside_their_property(name: str, place: str, role: str, value: str, kind: str) -> None:
    content = card(f"A {name}", f"B {place}", role, Way(kind, value))
    made = parsed(content)
    assert set(made) <= {"BEGIN", "VERSION", "FN", "N", "ORG", "TITLE", "EMAIL", "TEL", "URL", "NOTE", "END"}
    assert len({"EMAIL", "TEL", "URL", "NOTE"} & set(made)) <= 1
    assert len(re.findall(r"(?<!\\)(?:\\\\)*;", made["N"])) == 4
    again = vobject.readOne(content.decode())
    assert again.fn.value == plain(made["FN"])
    assert not re.search(r"[\x00-\x1f\u202e\u2028]", plain(made["FN"]))


@given(hostile)
def test_a_file_name_is_safe(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}\.vcf", file_name(name))


def test_a_file_is_named_after_the_person() -> None:
    assert file_name("Ánna de Vries-Østergård") == "anna-de-vries-ostergard.vcf"
    assert file_name("王") == "koffie.vcf"
