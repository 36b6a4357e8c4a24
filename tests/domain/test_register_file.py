"""Files of the register: strict, with the line of what is wrong."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.register_file import (
    LARGEST_FILE,
    MOST_ERRORS,
    RegisterFileError,
    read_aliases,
    read_organisations,
    read_themes,
    read_topics,
)
from tests import snapshot

HEADER = (
    "tooi_uri,code,layer,type,name,short_name,province,corop,veiligheidsregio,email_domain,status,"
    "valid_until,successor"
)
URI = "https://identifier.overheid.nl/tooi/id/gemeente/gm"
GOOD = f"{URI}0001,GM0001,gemeente,gemeente,Eerste,,Drenthe,,,eerste.nl,current,,"


def organisations(*lines: str) -> bytes:
    return "\n".join((HEADER, *lines)).encode()


def errors(data: bytes) -> list[tuple[int, str]]:
    with pytest.raises(RegisterFileError) as raised:
        read_organisations(data)
    return [(error.line, error.reason) for error in raised.value.errors]


def outcome(read: Callable[[bytes], Sequence[object]], data: bytes) -> tuple[int, int]:
    """How many rows were read, and how many errors there were."""
    try:
        return len(read(data)), 0
    except RegisterFileError as refused:
        return 0, len(refused.errors)


def test_the_snapshot_is_read_whole() -> None:
    folder = snapshot.FOLDER
    assert len(read_organisations((folder / "organisations.csv").read_bytes())) == 936
    assert len(read_aliases((folder / "aliases.csv").read_bytes())) == 448
    assert len(read_themes((folder / "themes.csv").read_bytes())) == 92
    assert len(read_topics((folder / "opgaven.csv").read_bytes())) == 37


def test_a_file_without_the_optional_columns_says_nothing_about_them() -> None:
    header = HEADER.removesuffix(",successor")
    (row,) = read_organisations(f"{header}\n{GOOD.removesuffix(',')}".encode())
    assert row.successors is None
    (topic,) = read_topics(
        b"slug,label_nl,synonyms_nl,top_codes,typical_layers\na,A,b|b|c,c_1,rijk|gemeente\n"
    )
    assert (topic.label_en, topic.synonyms_en, topic.synonyms_nl) == (None, None, ("b", "c"))


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    data = b"\xef\xbb\xbf" + organisations(GOOD).replace(b"\n", b"\r\n")
    assert [row.name for row in read_organisations(data)] == ["Eerste"]


def test_an_umbrella_organisation_gets_a_key_of_our_own() -> None:
    (row,) = read_organisations(
        organisations(",,overig,koepel,Unie van Waterschappen,UvW,,,,uvw.nl,current,,")
    )
    assert row.uri == "koepel:uvw"


def test_one_body_under_two_kinds_is_taken_once() -> None:
    uri = "https://identifier.overheid.nl/tooi/id/zbo/zb000164"
    rows = read_organisations(
        organisations(
            f"{uri},,rijk,inspectie,Nederlandse Emissieautoriteit,NEa,,,,,current,,",
            f"{uri},,overig,zbo,zbo Nederlandse Emissieautoriteit,NEa,,,,,current,,",
        )
    )
    assert [row.kind for row in rows] == ["inspectie"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (GOOD.replace("gemeente,gemeente", "stad,gemeente"), "layer holds no layer: stad"),
        (GOOD.replace("Eerste", ""), "name is empty"),
        (GOOD.replace("Eerste", "x" * 201), "name is longer than 200 characters"),
        (GOOD.replace("Eerste", "Eer\u202este"), "name holds a character that does not show"),
        (GOOD.replace("current", "gone"), "status is neither current nor ended: gone"),
        (
            GOOD.replace("current,,", "current,31-12-2026,"),
            "valid_until is no date like 2026-12-31: 31-12-2026",
        ),
        (GOOD.replace(f"{URI}0001", ""), "tooi_uri is empty"),
        (
            GOOD.replace(f"{URI}0001", "javascript:alert(1)"),
            "tooi_uri is not as it should be: javascript:alert(1)",
        ),
        (f"{GOOD}{URI}0002", "a current organisation has no successor"),
        (f"{GOOD.replace('current', 'ended')}{URI}0001", "an organisation cannot succeed itself"),
        (
            f"{GOOD.replace('current', 'ended')}geen",
            "successor holds a value that is not as it should be: geen",
        ),
        (f"{GOOD},,", "15 cells under 13 columns"),
        ("kort", "1 cells under 13 columns"),
        (GOOD, "the same key as line 2"),
    ],
)
def test_a_bad_row_is_named_by_its_line(line: str, reason: str) -> None:
    assert errors(organisations(GOOD, line)) == [(3, reason)]


def test_all_bad_rows_are_named_up_to_a_limit() -> None:
    assert [line for line, _ in errors(organisations("a", GOOD, "b"))] == [2, 4]
    assert len(errors(organisations(*["a"] * (MOST_ERRORS + 50)))) == MOST_ERRORS


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", 1, "columns are missing"),
        (b"tooi_uri,name\n", 1, "columns are missing: code, layer"),
        (organisations(), 0, "the file holds no rows"),
        (organisations(GOOD, "a\x00b"), 3, "a NUL byte"),
        (organisations(GOOD) + "\né".encode("latin-1"), 3, "this is no UTF-8"),
        (organisations(GOOD, '"open'), 3, "the line cannot be read"),
        (organisations(GOOD, "x" * 200_000), 3, "the line cannot be read"),
        (f"{HEADER},name\n{GOOD},x".encode(), 1, "columns stand there twice: name"),
        (b"x" * (LARGEST_FILE + 1), 0, "the file is larger"),
        (f"{HEADER.replace(',', ';')}\n".encode(), 1, "columns are missing"),
    ],
)
def test_a_hostile_file_is_refused_in_one_line(data: bytes, line: int, reason: str) -> None:
    ((where, why),) = errors(data)
    assert where == line
    assert why.startswith(reason)


@given(st.binary(max_size=400) | st.text(max_size=400).map(organisations))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    for read in (read_organisations, read_aliases, read_themes, read_topics):
        rows, refused = outcome(read, data)
        assert bool(rows) != bool(refused)
