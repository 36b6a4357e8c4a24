"""Write docs/privacy/fields.md from the schema itself, by `make docs`; a test fails when it is stale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Column, LargeBinary
from sqlalchemy import Table as SqlTable

from bot.store.tables import Table
from bot.store.tables.kept import PUBLIC, Kept

PAGE = Path(__file__).parent / "privacy" / "fields.md"
SEALED = "sealed"
"""The name of each column that holds something encrypted."""

_INTRODUCTION = """\
# Every field that is kept

*This page is made from the schema by `make docs`; the tests fail when a field has no reason, term or reader.*

**Why** is the reason that the field exists at all. **How long** is the term after which the program itself
removes it. **Who sees it** is who can ever get it to see in the chat; who runs the machine of the database
can read all that is not encrypted. 🔒 is encrypted under the secret key, bound to its row and column. Keys
that join rows (`id`, `…_id`) are numbers without any meaning of their own.
"""


class FieldUnexplainedError(ValueError):
    """A field says not why, how long, or for whom it is kept."""


def page(metadata_tables: Iterator[SqlTable] | None = None) -> str:
    """The whole page: what is kept of people first, the register of government last."""
    tables = list(metadata_tables or Table.metadata.sorted_tables)
    personal = [table for table in tables if not _public(table)]
    public = [table for table in tables if _public(table)]
    lines = [_INTRODUCTION, "## Of people, and of what they do\n"]
    for table in sorted(personal, key=lambda one: one.name):
        lines += _section(table)
    lines.append("## The register of government: open data\n")
    for table in sorted(public, key=lambda one: one.name):
        lines += _section(table)
    return "\n".join(lines)


def kept_of(column: Column[object]) -> Kept:
    """The term and the readers of a field: its own, or its table's. Raises :class:`FieldUnexplainedError`."""
    kept = column.info.get("kept") or column.table.info.get("kept")
    if not kept or not kept["until"].strip() or not kept["seen_by"].strip():
        raise FieldUnexplainedError(f"{column}: no term, or nobody who sees it; see bot/store/tables/kept.py")
    if not (column.doc or "").strip():
        raise FieldUnexplainedError(f"{column}: no reason; give the column a doc")
    found: Kept = kept
    return found


def _public(table: SqlTable) -> bool:
    return table.info.get("kept") == PUBLIC["kept"]


def _section(table: SqlTable) -> Iterator[str]:
    yield f"### `{table.name}`\n"
    if purpose := _purpose(table):
        yield f"{purpose}\n"
    yield "| field | why | how long | who sees it |"
    yield "| --- | --- | --- | --- |"
    for column in table.columns:
        kept = kept_of(column)
        lock = " 🔒" if column.name == SEALED and isinstance(column.type, LargeBinary) else ""
        cells = (f"`{column.name}`{lock}", column.doc or "", kept["until"], kept["seen_by"])
        yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
    yield ""


def _purpose(table: SqlTable) -> str:
    """The first sentences of the class that the table is written down in."""
    for mapper in Table.registry.mappers:
        if mapper.local_table is table:
            own = mapper.class_.__dict__.get("__doc__") or ""
            return " ".join(own.split("\n\n")[0].split())
    return ""


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
