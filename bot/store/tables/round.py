"""Rounds: one run of the matching for a topic channel."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import kept


class Round(Table):
    """One round: ``announced → asked → repaired → over``, or ``skipped``; nobody's name is in it."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("channel_id", "at"),
        {"info": kept("as long as the channel", "admins: counts from five on")},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    channel_id: Mapped[int] = mapped_column(ForeignKey("topic_channel.id"), doc="Of which channel")
    one_day: Mapped[bool] = mapped_column(default=False, doc="For an event: all of it on one day")
    state: Mapped[str] = mapped_column(doc="How far it is")
    at: Mapped[datetime] = mapped_column(doc="When all are asked, at one moment")
    certificate: Mapped[dict[str, Any] | None] = mapped_column(JSON, doc="How good the plan is, in numbers")
    sha256: Mapped[str | None] = mapped_column(doc="Fingerprint of the plan: it can be checked")
    repair_certificate: Mapped[dict[str, Any] | None] = mapped_column(
        JSON, doc="The same of the second plan, for those whose koffie was off"
    )
    repair_sha256: Mapped[str | None] = mapped_column(doc="The same of the second plan")


class RoundChoice(Table):
    """What somebody chose for one round: to sit it out, or to join a round of one day."""

    __tablename__ = "round_choice"
    __table_args__ = ({"info": kept("90 days after the round", "the official only")},)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True, doc="Which round")
    official_id: Mapped[int] = mapped_column(
        ForeignKey("official.id"), primary_key=True, index=True, doc="Who"
    )
    joins: Mapped[bool] = mapped_column(doc="To join, or to sit it out")
