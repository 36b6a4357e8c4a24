"""Addresses and numbers: what is one, and what only looks like one."""

import re
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.contact import parse_email, parse_phone, phone_in_words


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("jan@zwolle.nl", "jan@zwolle.nl"),
        (" Jan.de.Vries@MinLNV.NL ", "Jan.de.Vries@minlnv.nl"),
        ("j.a-n_b+koffie@a.b.c.overheid.nl", "j.a-n_b+koffie@a.b.c.overheid.nl"),
        ("jan@xn--caf-dma.nl", "jan@xn--caf-dma.nl"),
        ("jan@gemeente.xn--p1ai", "jan@gemeente.xn--p1ai"),
    ],
)
def test_addresses(typed: str, address: str) -> None:
    assert parse_email(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "jan",
        "@zwolle.nl",
        "jan@",
        "jan@zwolle",
        "jan@zwolle.n",
        "jan@zwolle.123",
        "jan@-zwolle.nl",
        "jan@zwolle-.nl",
        "jan@zwolle..nl",
        ".jan@zwolle.nl",
        "jan.@zwolle.nl",
        "j..an@zwolle.nl",
        "<jan@gemeente.nl> x@evil.nl",
        "jan@gemeente.nl x@evil.nl",
        "jan@gemeente.nl,x@evil.nl",
        "jan@gemeente.nl@evil.nl",
        "jan%evil.nl@gemeente.nl",
        '"jan@gemeente.nl"@evil.nl',
        "jan@[127.0.0.1]",
        "jan(x)@gemeente.nl",
        "jan@gemеente.nl",  # a Cyrillic letter
        "jan@gemeente。nl",
        "jаn@gemeente.nl",
        "jan@zwolle.nl\r\nTEL:1",
        "jan@zwolle.nl\n",
        "mailto:jan@zwolle.nl",
        "jan@zwolle.nl\u200b",
        f"{'a' * 65}@zwolle.nl",
        f"jan@{'a' * 64}.nl",
        f"jan@{'a.' * 130}nl",
    ],
)
def test_no_addresses(typed: str) -> None:
    assert parse_email(typed) is None


@given(st.text(max_size=300))
@example("jan@zwolle.nl")
def test_an_address_is_plain_and_stays_itself(typed: str) -> None:
    address = parse_email(typed)
    if address is not None:
        assert address.isascii()
        assert not re.search(r"[\s<>()\[\]\",;:\\%'`]", address)
        assert address.count("@") == 1
        assert address.casefold() == typed.strip(" ").casefold()
        assert parse_email(address) == address


atoms = st.text(string.ascii_letters + string.digits + "_+-", min_size=1, max_size=10)
labels = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)


@given(st.lists(atoms, min_size=1, max_size=4), st.lists(labels, min_size=1, max_size=4))
def test_ordinary_addresses_pass(local: list[str], domain: list[str]) -> None:
    address = f"{'.'.join(local)}@{'.'.join(domain)}.nl"
    assert parse_email(address) == address


@given(st.text(string.ascii_letters + "@.", max_size=500))
def test_an_address_takes_no_time(typed: str) -> None:
    parse_email("a." * 250 + typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("06-12345678", "+31612345678"),
        ("06 12 34 56 78", "+31612345678"),
        ("0612345678", "+31612345678"),
        ("+31 6 12345678", "+31612345678"),
        ("+31 (0)6 1234 5678", "+31612345678"),
        ("0031 6 12345678", "+31612345678"),
        ("(038) 498 91 11", "+31384989111"),
        ("038 - 498 91 11", "+31384989111"),
        ("088-1234567", "+31881234567"),
        ("+32 2 123 45 67", "+3221234567"),
        ("+49 30 901820", "+4930901820"),
        ("0900-1234567", None),
        ("0906 1234567", None),
        ("+31 900 123456", None),
        ("112", None),
        ("14 038", None),
        ("06-1234567", None),
        ("06-123456789", None),
        ("+31 06 12345678", None),
        ("+0612345678", None),
        ("06-1234567a", None),
        ("=06-12345678", None),
        ("06-12345678;ext=5", None),
        ("٠٦١٢٣٤٥٦٧٨", None),
        ("06-12345678\n", None),
        ("+", None),
        ("", None),
        ("1" * 40, None),
    ],
)
def test_numbers(typed: str, number: str | None) -> None:
    assert parse_phone(typed) == number


@given(st.text(string.digits + "+() ./-", max_size=40))
@example("0612345678")
@example("+31(0)612345678")
def test_a_number_is_international_and_stays_itself(typed: str) -> None:
    number = parse_phone(typed)
    if number is not None:
        assert re.fullmatch(r"\+[1-9][0-9]{7,14}", number)
        assert parse_phone(number) == number
        assert parse_phone(phone_in_words(number)) == number


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(typed: str) -> None:
    number = parse_phone(typed)
    assert number is None or number.isascii()


def test_a_mobile_number_reads_in_pairs() -> None:
    assert phone_in_words("+31612345678") == "+31 6 12 34 56 78"
    assert phone_in_words("+31384989111") == "+31384989111"
