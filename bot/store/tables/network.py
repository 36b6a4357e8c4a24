"""Who knows whom, who is kept apart, and what was looked up."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import BOT_ONLY, kept

BOTH = "both of them"
SELF = "the official only"


class Acquaintance(Table):
    """An undirected tie: the lower id first."""

    __tablename__ = "acquaintance"
    __table_args__ = (
        UniqueConstraint("low_id", "high_id"),
        CheckConstraint("low_id < high_id", name="order"),
        {"info": kept("until one of them is erased; then a tombstone stays", BOTH)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    low_id: Mapped[int] = mapped_column(ForeignKey("official.id"), doc="One")
    high_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True, doc="The other")
    source: Mapped[str] = mapped_column(doc="From a koffie, declared, invited, or a round")
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), doc="On what they met")
    since: Mapped[datetime] = mapped_column(index=True, doc="Since when they know each other")
    last_sign_at: Mapped[datetime] = mapped_column(doc="Last sign of life of the tie")
    alone_at: Mapped[datetime | None] = mapped_column(
        doc="Since when they meet without the bot, as one of them said: it is asked about no more"
    )
    marks: Mapped[int] = mapped_column(
        default=0, server_default="0", doc="How many of its anniversaries were counted: 3, 12, 24 months"
    )


class Declaration(Table):
    """'I know this person', said by one; a tie once the other says so too. Shown to nobody else."""

    __tablename__ = "declaration"
    __table_args__ = (
        UniqueConstraint("by_id", "of_id"),
        {"info": kept("until confirmed or erased, 90 days at most", "who declared it")},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    by_id: Mapped[int] = mapped_column(ForeignKey("official.id"), doc="Who says so")
    of_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True, doc="Of whom")
    at: Mapped[datetime] = mapped_column(doc="When")


class Apart(Table):
    """Two who leave each other's lists until a moment: after a lapse, whatever its cause. Undirected."""

    __tablename__ = "apart"
    __table_args__ = (
        UniqueConstraint("low_id", "high_id"),
        CheckConstraint("low_id < high_id", name="order"),
        {"info": kept("until the moment named", BOT_ONLY)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    low_id: Mapped[int] = mapped_column(ForeignKey("official.id"), doc="One")
    high_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True, doc="The other")
    until: Mapped[datetime | None] = mapped_column(
        doc="Until when; empty for those who know each other already"
    )


class Block(Table):
    """One wants no contact with the other; the other never learns it."""

    __tablename__ = "block"
    __table_args__ = (
        UniqueConstraint("by_id", "of_id"),
        {"info": kept("until lifted or erased", "who blocked")},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    by_id: Mapped[int] = mapped_column(ForeignKey("official.id"), doc="Who blocks")
    of_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True, doc="Who is blocked")
    at: Mapped[datetime] = mapped_column(doc="When")


class LookUp(Table):
    """What one asker was shown for one question: the same three for a week, so that it is no address book."""

    __tablename__ = "look_up"
    __table_args__ = (
        UniqueConstraint("asker_id", "question"),
        {"info": kept("a week", SELF)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    asker_id: Mapped[int] = mapped_column(ForeignKey("official.id"), doc="Who asked")
    question: Mapped[str] = mapped_column(doc="Topic and filters, by ids")
    shown: Mapped[list[list[Any]]] = mapped_column(
        JSON, doc="Who were shown: ids, each with layer and part as listed"
    )
    gap_told: Mapped[bool] = mapped_column(default=False, doc="Counted as a gap once")
    at: Mapped[datetime] = mapped_column(doc="To let it lapse")


class LookUpCount(Table):
    """How often one looked up, said to know somebody, or invited, on a day: the daily limits."""

    __tablename__ = "look_up_count"
    __table_args__ = ({"info": kept("two days", SELF)},)

    asker_id: Mapped[int] = mapped_column(ForeignKey("official.id"), primary_key=True, doc="Who asked")
    day: Mapped[date] = mapped_column(primary_key=True, doc="On which local day")
    purpose: Mapped[str] = mapped_column(primary_key=True, doc="Looking up, declaring, or inviting")
    count: Mapped[int] = mapped_column(doc="How often")


class Watch(Table):
    """'Tell me when someone joins': told once, then forgotten."""

    __tablename__ = "watch"
    __table_args__ = (
        UniqueConstraint("official_id", "question"),
        Index("ix_watch_topic_layer", "topic_id", "layer"),
        {"info": kept("until told or half a year old", SELF)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), doc="Who wants to know")
    question: Mapped[str] = mapped_column(doc="Topic and filters, by ids")
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), doc="On which topic")
    layer: Mapped[str] = mapped_column(default="", doc="At which layer, or any")
    filters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, doc="Region or organisation")
    at: Mapped[datetime] = mapped_column(doc="To let it lapse")


class Gap(Table):
    """How often nobody was found for a topic at a layer and the asker passed that on; without who asked."""

    __tablename__ = "gap"
    __table_args__ = ({"info": kept("a year", "admins")},)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True, doc="On which topic")
    layer: Mapped[str] = mapped_column(primary_key=True, doc="Which layer lacks")
    month: Mapped[date] = mapped_column(primary_key=True, doc="First day of the month")
    count: Mapped[int] = mapped_column(doc="How often")
