"""Talk: accounts, half-filled forms and open questions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import BOT_ONLY, kept


class Account(Table):
    """An official's account on a platform."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("platform", "tenant", "user"),
        {"info": kept("until erased", "the other of an agreed koffie, where chat was chosen")},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True, doc="Whose")
    platform: Mapped[str] = mapped_column(doc="Where one can be reached")
    tenant: Mapped[str] = mapped_column(doc="Workspace or server")
    user: Mapped[str] = mapped_column(doc="User id there")
    active: Mapped[bool] = mapped_column(
        default=True, doc="False once deactivated there", info=kept("until erased", BOT_ONLY)
    )
    last_seen_at: Mapped[datetime] = mapped_column(
        doc="To write where one was last", info=kept("until erased", BOT_ONLY)
    )


class MovingCode(Table):
    """A code by which an official links a new account; one a person, gone when it is used."""

    __tablename__ = "moving_code"
    __table_args__ = ({"info": kept("until used, replaced or erased, 90 days at most", "the official only")},)

    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), primary_key=True, doc="Whose")
    code_hash: Mapped[str] = mapped_column(unique=True, doc="To know the code again; it is kept nowhere")
    at: Mapped[datetime] = mapped_column(doc="When it was made")
    until: Mapped[datetime] = mapped_column(index=True, doc="Not used after that")


class Draft(Table):
    """A half-filled form of one account; gone once handed in, stopped or a week old."""

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("platform", "tenant", "user"),
        {"info": kept("until handed in or stopped, a week at most", BOT_ONLY)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    token: Mapped[str] = mapped_column(unique=True, doc="Opaque reference for the platform")
    platform: Mapped[str] = mapped_column(doc="Whose")
    tenant: Mapped[str] = mapped_column(doc="Whose")
    user: Mapped[str] = mapped_column(doc="Whose")
    recipient: Mapped[str] = mapped_column(
        index=True, doc="Hash of the account: other questions wait meanwhile"
    )
    whole: Mapped[bool] = mapped_column(doc="Shown whole, so that nothing else has to wait")
    form: Mapped[str] = mapped_column(doc="Which form")
    step: Mapped[str] = mapped_column(doc="At which question")
    sealed: Mapped[bytes] = mapped_column(doc="The answers so far, encrypted")
    started_at: Mapped[datetime] = mapped_column(doc="To let it lapse")


class Offer(Table):
    """The choices that one message put to one person; what a button's token or a number refers to."""

    __tablename__ = "offer"
    __table_args__ = (
        Index(
            "ix_offer_open",
            "platform",
            "tenant",
            "user",
            sqlite_where=text("open = 1"),
            postgresql_where=text("open"),
        ),
        # A question that is over is closed for all whom it was put to.
        Index("ix_offer_slot", "slot", sqlite_where=text("open = 1"), postgresql_where=text("open")),
        {"info": kept("90 days; of the welcome of a channel as long as it stands", BOT_ONLY)},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    token: Mapped[str] = mapped_column(unique=True, doc="Opaque reference for the platform")
    message: Mapped[str] = mapped_column(index=True, doc="Key of the message")
    platform: Mapped[str] = mapped_column(doc="Who may press")
    tenant: Mapped[str] = mapped_column(doc="Who may press")
    user: Mapped[str] = mapped_column(doc="Who may press")
    slot: Mapped[str] = mapped_column(doc="Which question; a newer one takes its numbers")
    about: Mapped[dict[str, Any] | None] = mapped_column(JSON, doc="The question in a few words (text key)")
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSON, doc="What each choice does (ids only)")
    lasting: Mapped[bool] = mapped_column(doc="Whether it can be pressed again")
    open: Mapped[bool] = mapped_column(doc="Whether it still can be pressed")
    numbered: Mapped[bool] = mapped_column(doc="Whether a bare number still means it")
    created_at: Mapped[datetime] = mapped_column(doc="To let it lapse")
