"""Moving all rows that point at one thing to another one, so that it can be undone.

Which rows those are is read from the schema: a table that is added later moves along by itself. Where the
other one has such a row already (a unique constraint says which), the row stays behind when others point at
it, and else it is taken out and kept.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    LargeBinary,
    Table,
    UniqueConstraint,
    and_,
    delete,
    exists,
    false,
    insert,
    or_,
    select,
    true,
    tuple_,
    update,
)

from bot.store.dialect import batches
from bot.store.tables import Table as Schema
from bot.store.tables.base import UtcMoment
from bot.store.work import Work

_EACH = 300
"""Rows a statement, where a row is named by more than one column."""


@dataclass
class Moved:
    """Of one table: the keys of rows that moved, and the rows that were taken out."""

    keys: list[list[Any]] = field(default_factory=list)
    taken_out: list[dict[str, Any]] = field(default_factory=list)


Moves = dict[str, Moved]
"""By ``table.column``."""


def pointing_at(target: str, besides: Collection[str] = ()) -> Iterator[Column[Any]]:
    """The columns that point at a table, but for those of some tables."""
    for table in Schema.metadata.sorted_tables:
        for column in table.columns:
            if table.name not in besides and any(
                key.column.table.name == target for key in column.foreign_keys
            ):
                yield column


def table_of(model: type[Schema]) -> Table:
    return Schema.metadata.tables[model.__tablename__]


async def move(work: Work, column: Column[Any], old: int, new: int) -> Moved:
    """All rows of one column's table that point at ``old`` point at ``new`` from now on."""
    table, moved = column.table, Moved()
    clash = _clash(column, new)
    if not _is_pointed_at(table):
        moved.taken_out = await take_out(work, table, and_(column == old, clash))
    moving = and_(column == old, ~clash)
    found = await work.session.execute(select(column, *_keys(column)).where(moving))
    moved.keys = [list(key) for _, *key in found]
    if moved.keys:
        await work.session.execute(_no_sync(update(table).where(moving).values({column.name: new})))
    return moved


async def take_out(work: Work, table: Table, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Delete rows; what was in them, to be put back."""
    rows = (await work.session.execute(select(table).where(which))).mappings().all()
    if rows:
        await work.session.execute(_no_sync(delete(table).where(which)))
    return [_plain(row) for row in rows]


async def put_back(work: Work, table: Table, plain: Mapping[str, Any], who: str, question: str) -> None:
    """A question that was taken out, for who still asks the other one and does not ask this one again."""
    row = _typed(table, plain)
    mine = table.c[who] == row[who]
    other = select(exists().where(mine, table.c.question == question))
    same = select(exists().where(mine, table.c.question == row["question"]))
    asks_other = (await work.session.execute(other)).scalar_one()
    if asks_other and not (await work.session.execute(same)).scalar_one():
        await work.session.execute(insert(table).values(row))


async def move_back(work: Work, column: Column[Any], old: int, new: int, moved: Moved) -> None:
    """What moved and is still there points at ``old`` again; what was taken out comes back.

    That is: where ``new`` still has the row that took its place. Who was erased since, or left, stays so.
    """
    table, keys = column.table, _keys(column)
    for named in _named(keys, moved.keys):
        there = and_(column == new, named, ~_clash(column, old))
        await work.session.execute(_no_sync(update(table).where(there).values({column.name: old})))
    for plain in moved.taken_out:
        row = _typed(table, plain)
        others = [or_(*(_same(table, row, names) for names in _unique_with(column)))]
        stays = await work.session.execute(select(exists().where(column == new, *others)))
        again = await work.session.execute(select(exists().where(column == old, *others)))
        if stays.scalar_one() and not again.scalar_one():
            await work.session.execute(insert(table).values(row))


def _no_sync(statement: Any) -> Any:
    return statement.execution_options(synchronize_session=False)


def _keys(column: Column[Any]) -> list[Column[Any]]:
    """What names a row besides the column itself."""
    return [key for key in column.table.primary_key.columns if key is not column]


def _named(keys: Sequence[Column[Any]], values: Sequence[Sequence[Any]]) -> Iterator[ColumnElement[bool]]:
    """Conditions that hold for the rows of these keys, some hundreds or thousands each."""
    if len(keys) == 1:
        for some in batches([value for (value,) in values]):
            yield keys[0].in_(some)
    elif not keys and values:
        yield true()
    else:
        for start in range(0, len(values), _EACH):
            yield tuple_(*keys).in_([tuple(value) for value in values[start : start + _EACH]])


def _unique_with(column: Column[Any]) -> Iterator[list[str]]:
    """The other columns of each constraint by which a row is there once."""
    table = column.table
    sets = [
        constraint.columns for constraint in table.constraints if isinstance(constraint, UniqueConstraint)
    ]
    sets += [index.columns for index in table.indexes if index.unique]
    for columns in (table.primary_key.columns, *sets):
        names = [one.name for one in columns]
        if column.name in names:
            yield [name for name in names if name != column.name]


def _clash(column: Column[Any], new: int) -> ColumnElement[bool]:
    """Whether ``new`` has a row already where this one would go."""
    table, there = column.table, column.table.alias("there")
    found: list[ColumnElement[bool]] = [
        exists().where(there.c[column.name] == new, *(there.c[name] == table.c[name] for name in names))
        for names in _unique_with(column)
    ]
    return or_(*found) if found else false()


def _same(table: Table, row: Mapping[str, Any], names: Sequence[str]) -> ColumnElement[bool]:
    return and_(true(), *(table.c[name] == row[name] for name in names))


def _is_pointed_at(table: Table) -> bool:
    return any(
        key.column.table is table for other in Schema.metadata.sorted_tables for key in other.foreign_keys
    )


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): _as_json(value) for name, value in row.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value


def _typed(table: Table, plain: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if value is None else _read(table.c[name], value) for name, value in plain.items()}


def _read(column: Column[Any], value: Any) -> Any:
    match column.type:
        case UtcMoment():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case LargeBinary():
            return bytes.fromhex(value)
        case _:
            return value


def dumped(moves: Moves) -> dict[str, Any]:
    return {name: asdict(moved) for name, moved in moves.items()}


def loaded(plain: Mapping[str, Any]) -> Moves:
    return {name: Moved(**moved) for name, moved in plain.items()}
