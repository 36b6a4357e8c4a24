"""No field without a reason, a term and a reader; and nothing sealed that is called otherwise."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, Integer, LargeBinary, MetaData
from sqlalchemy import Table as SqlTable

from bot.store.tables import Table
from bot.store.tables.kept import kept
from docs import generate_privacy as published

ALL = [column for table in Table.metadata.sorted_tables for column in table.columns]


def made(**column: object) -> SqlTable:
    return SqlTable("made", MetaData(), Column("field", Integer, **column), info=kept("a year", "nobody"))  # type: ignore[arg-type]


@pytest.mark.parametrize("column", ALL, ids=str)
def test_each_field_says_why_how_long_and_for_whom(column: Column[object]) -> None:
    assert published.kept_of(column)
    assert len(column.doc or "") >= 3


def test_a_field_without_a_reason_is_refused() -> None:
    with pytest.raises(published.FieldUnexplainedError, match="no reason"):
        published.page(iter([made()]))


@pytest.mark.parametrize("info", [kept("", "nobody"), kept("a year", " ")])
def test_a_field_without_a_term_or_a_reader_is_refused(info: dict[str, object]) -> None:
    with pytest.raises(published.FieldUnexplainedError, match="no term"):
        published.page(iter([made(doc="Why", info=info)]))


def test_a_table_that_says_nothing_is_refused() -> None:
    bare = SqlTable("bare", MetaData(), Column("field", Integer, doc="Why"))
    with pytest.raises(published.FieldUnexplainedError, match=r"bare\.field"):
        published.page(iter([bare]))


def test_what_is_encrypted_is_called_so() -> None:
    """The page shows a lock by the name: every column of bytes must bear it."""
    found = [str(column) for column in ALL if isinstance(column.type, LargeBinary)]
    assert found
    assert [name for name in found if not name.endswith(f".{published.SEALED}")] == []


def test_the_published_page_is_current() -> None:
    assert published.PAGE.read_text("utf-8") == published.page(), "renew it by 'make docs'"


def test_each_field_stands_on_the_page() -> None:
    lines = published.page().splitlines()
    assert sum(line.startswith("| `") for line in lines) == len(ALL)
