"""What makes nothing lost and nothing doubled: inbox, outbox, due times, small stores."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import BOT_ONLY, kept

OPEN = "state IN ('pending', 'sending')"
"""Rows of the outbox that are not settled; a query must say it in just these words to use the index."""


class Inbox(Table):
    """What came in, committed before it is acknowledged. ``sealed`` is emptied once handled."""

    __tablename__ = "inbox"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'done', 'failed')", name="state"),
        Index(
            "ix_inbox_new",
            "actor",
            "id",
            sqlite_where=text("state = 'new'"),
            postgresql_where=text("state = 'new'"),
        ),
        {"info": kept("the text until handled; the key 30 days", BOT_ONLY)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Order of arrival")
    key: Mapped[str] = mapped_column(unique=True, doc="The same for a redelivery: handled once")
    platform: Mapped[str] = mapped_column(doc="Where it came from")
    actor: Mapped[str] = mapped_column(doc="Hash of who did it until handled: one at a time, in order")
    state: Mapped[str] = mapped_column(default="new", doc="New, done or failed")
    sealed: Mapped[bytes | None] = mapped_column(doc="The event, encrypted")
    arrived_at: Mapped[datetime] = mapped_column(doc="For the log of delays and to clear up")
    done_at: Mapped[datetime | None] = mapped_column(doc="For the log of delays")


class Outbox(Table):
    """One message to one recipient: ``pending → sending → sent | dead | unknown``.

    Each claim raises ``attempt``, and every later update is fenced on it: a process that was frozen and
    wakes up cannot record over its successor.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'sending', 'sent', 'dead', 'unknown')", name="state"),
        # For a claim: the open rows in the order in which they go, and those of one recipient.
        Index(
            "ix_outbox_open", "priority", "id",
            sqlite_where=text(OPEN), postgresql_where=text(OPEN),
        ),
        Index(
            "ix_outbox_open_recipient", "recipient",
            sqlite_where=text(OPEN), postgresql_where=text(OPEN),
        ),
        {"info": kept("90 days; the welcome of a channel as long as it stands", "the recipient")},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, doc="Order of posting")
    key: Mapped[str] = mapped_column(
        unique=True, doc="Delivery key: the platform's transaction id or metadata"
    )
    business_key: Mapped[str | None] = mapped_column(unique=True, doc="What this is about: posted once")
    official_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"), index=True, doc="Recipient")
    platform: Mapped[str] = mapped_column(doc="Whose process sends it")
    address: Mapped[dict[str, Any]] = mapped_column(JSON, doc="Where it goes")
    recipient: Mapped[str] = mapped_column(doc="Hash of the account: one message at a time, in order")
    message: Mapped[dict[str, Any] | None] = mapped_column(
        JSON, doc="Text keys and references; emptied once sent"
    )
    language: Mapped[str] = mapped_column(default="", doc="In which language, where nobody is registered")
    fleeting: Mapped[bool] = mapped_column(
        default=False, doc="Emptied as soon as it is sent: to somebody of whom nothing is kept"
    )
    lane: Mapped[str] = mapped_column(doc="Answer, reply to a request, or unasked")
    priority: Mapped[int] = mapped_column(doc="Lower goes first")
    state: Mapped[str] = mapped_column(default="pending", doc="How far it is")
    attempt: Mapped[int] = mapped_column(default=0, doc="Fence against a late update")
    not_before: Mapped[datetime] = mapped_column(doc="Held back until then")
    valid_until: Mapped[datetime | None] = mapped_column(doc="Not sent after that")
    claimed_at: Mapped[datetime | None] = mapped_column(doc="When sending began")
    look_back: Mapped[bool] = mapped_column(default=False, doc="Whether an attempt is in doubt")
    parts: Mapped[int] = mapped_column(default=0, doc="How many parts of it stand for sure")
    refs: Mapped[list[str]] = mapped_column(JSON, default=list, doc="The platform's ids of it, for edits")
    reason: Mapped[str | None] = mapped_column(doc="Why it was not sent (a code)")
    created_at: Mapped[datetime] = mapped_column(doc="For the log of delays")
    sent_at: Mapped[datetime | None] = mapped_column(doc="For the log of delays and to clear up")


class Due(Table):
    """A fact about time: what has to happen when. Fired once, in the transaction of its effects."""

    __tablename__ = "due"
    __table_args__ = (
        Index(
            "ix_due_open",
            "due_at",
            "id",
            sqlite_where=text("fired_at IS NULL"),
            postgresql_where=text("fired_at IS NULL"),
        ),
        {"info": kept("90 days after it fired", BOT_ONLY)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    key: Mapped[str] = mapped_column(unique=True, doc="Business key: due once")
    kind: Mapped[str] = mapped_column(doc="Which job")
    subject: Mapped[int | None] = mapped_column(doc="Id of what it is about")
    due_at: Mapped[datetime] = mapped_column(doc="When")
    fired_at: Mapped[datetime | None] = mapped_column(doc="When it was done")
    failures: Mapped[int] = mapped_column(default=0, doc="To report one that keeps failing")


class AdapterState(Table):
    """A platform's small store: encrypted, compare-and-set by version."""

    __tablename__ = "adapter_state"
    __table_args__ = ({"info": kept("as long as the platform is set up", BOT_ONLY)},)

    platform: Mapped[str] = mapped_column(primary_key=True, doc="Whose")
    key: Mapped[str] = mapped_column(primary_key=True, doc="What")
    version: Mapped[int] = mapped_column(doc="For compare-and-set")
    sealed: Mapped[bytes] = mapped_column(doc="The value, encrypted")


class Audit(Table):
    """Acts of rights and erasure, by ids only; each row holds the hash of the one before."""

    __tablename__ = "audit"
    __table_args__ = ({"info": kept("as long as the network", "the operator")},)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Order")
    at: Mapped[datetime] = mapped_column(doc="When")
    actor: Mapped[int | None] = mapped_column(doc="Id of who did it; a tombstone after erasure")
    act: Mapped[str] = mapped_column(doc="What was done")
    subject: Mapped[int | None] = mapped_column(doc="Id of what it was done to")
    chain: Mapped[str] = mapped_column(doc="Hash over this row and the one before")


class Meta(Table):
    """Facts about the database itself: whether it is a demo, the register's version."""

    __tablename__ = "meta"
    __table_args__ = ({"info": kept("as long as the database", BOT_ONLY)},)

    key: Mapped[str] = mapped_column(primary_key=True, doc="Which fact")
    value: Mapped[str] = mapped_column(doc="The fact")
