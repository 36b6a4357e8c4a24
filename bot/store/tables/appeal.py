"""Calls in the channel of an opgave."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import kept


class Appeal(Table):
    """A call: somebody looks for one colleague before a moment. Who answered it is not kept here."""

    __tablename__ = "appeal"
    __table_args__ = (
        UniqueConstraint("asker_id", "week"),
        {"info": kept("30 days", "the official only; in the channel without a name")},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    asker_id: Mapped[int] = mapped_column(ForeignKey("official.id"), doc="Who asks")
    channel_id: Mapped[int] = mapped_column(
        ForeignKey("topic_channel.id"), index=True, doc="In which channel"
    )
    layers: Mapped[list[str]] = mapped_column(JSON, doc="At which layers somebody is sought; empty is any")
    week: Mapped[date] = mapped_column(doc="The Monday of the week: one call a week")
    made_at: Mapped[datetime] = mapped_column(doc="To forget it after a while")
    until: Mapped[datetime] = mapped_column(doc="When it ends by itself")
    state: Mapped[str] = mapped_column(doc="Open, found or over")
    posts: Mapped[list[str]] = mapped_column(
        JSON, doc="Its messages, to put the settled answer in their place"
    )
