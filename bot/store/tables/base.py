"""What all tables share: names of constraints, and moments in UTC."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Integer, LargeBinary, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is refused. SQLite's naive ones are made aware here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


BIG = BigInteger().with_variant(Integer(), "sqlite")
"""A key that outgrows 32 bits on PostgreSQL and is the row id on SQLite."""


class Table(DeclarativeBase):
    """Base of all tables. There are no relationships: what is not selected is not there."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        int: BIG,
        str: String(),
        datetime: UtcMoment(),
        bytes: LargeBinary(),
    }
