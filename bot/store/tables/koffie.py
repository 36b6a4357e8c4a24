"""Koffies, their seats, and what was felt about them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import BOT_ONLY, kept

SELF = "the official only"


class Koffie(Table):
    """One introduction of two to four officials."""

    __tablename__ = "koffie"
    __table_args__ = (
        Index(
            "ix_koffie_open",
            "term_at",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        {"info": kept("two years; an erased seat is a tombstone", "those in it, and only what P24 allows")},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    kind: Mapped[str] = mapped_column(default="request", doc="On request, in a round, by a call or as a team")
    round_id: Mapped[int | None] = mapped_column(
        ForeignKey("round.id"), index=True, doc="In which round, where it came from one"
    )
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), doc="On what")
    requester_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"), index=True, doc="Who asked")
    state: Mapped[str] = mapped_column(doc="State of the introduction")
    why: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, doc="Why these two (text keys)")
    pair: Mapped[str | None] = mapped_column(
        unique=True, doc="Ids of two until it is closed: never two koffies at once for one pair"
    )
    requested_at: Mapped[datetime] = mapped_column(doc="Days from request to koffie, as a median")
    asked_at: Mapped[datetime] = mapped_column(doc="When all are asked, at one moment")
    remind_at: Mapped[datetime] = mapped_column(doc="When who is silent is reminded")
    term_at: Mapped[datetime] = mapped_column(doc="When it lapses")
    agreed_at: Mapped[datetime | None] = mapped_column(doc="Days from request to koffie, as a median")
    follow_up_until: Mapped[datetime | None] = mapped_column(doc="Until when one may say how it went")
    closed_at: Mapped[datetime | None] = mapped_column(doc="When it ended, seen from all sides")
    starters: Mapped[list[str]] = mapped_column(
        JSON, default=list, doc="Which conversation starters were given, so that they do not repeat soon"
    )


class Seat(Table):
    """One official's place in a koffie; the answer is shown to nobody but who gave it."""

    __tablename__ = "koffie_seat"
    __table_args__ = (
        UniqueConstraint("koffie_id", "official_id"),
        {"info": kept("two years; an erased seat is a tombstone", SELF)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    koffie_id: Mapped[int] = mapped_column(ForeignKey("koffie.id"), doc="Which koffie")
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True, doc="Who")
    answer: Mapped[str | None] = mapped_column(doc="Yes, not now, known, other; empty is silence")
    answered_at: Mapped[datetime | None] = mapped_column(doc="When")
    reminded_at: Mapped[datetime | None] = mapped_column(doc="Reminded once")
    asked: Mapped[bool] = mapped_column(default=False, doc="Whether the question went out to this seat")
    withdrawn: Mapped[bool] = mapped_column(default=False, doc="The requester took the request back")
    gone: Mapped[bool] = mapped_column(
        default=False, doc="Left: why is not kept", info=kept("two years", BOT_ONLY)
    )
    happened: Mapped[str | None] = mapped_column(doc="Whether it took place: happened, not yet, off")
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id"),
        doc="Where one worked when asked, so that the others read the same until the term",
        info=kept("until it is closed", "those in it, unless the topic is sensitive"),
    )
    beyond_chat: Mapped[bool] = mapped_column(
        default=False, doc="Whether another one cannot be reached by chat, so that a yes needs another route"
    )
    instead_id: Mapped[int | None] = mapped_column(
        ForeignKey("official.id"), doc="Who was named instead, to be asked when the other looks further"
    )


class Feeling(Table):
    """'Did it give energy, did it feel equal, how many can you call': counted, without who or which day."""

    __tablename__ = "feeling"
    __table_args__ = ({"info": kept("two years", "everyone, as a share from five answers on")},)

    month: Mapped[date] = mapped_column(primary_key=True, doc="First day of the month")
    question: Mapped[str] = mapped_column(primary_key=True, doc="Which question")
    answer: Mapped[str] = mapped_column(primary_key=True, doc="The answer")
    count: Mapped[int] = mapped_column(doc="How many gave it")


class SmallWin(Table):
    """One line to share, shown only when both agreed."""

    __tablename__ = "small_win"
    __table_args__ = (
        UniqueConstraint("koffie_id"),
        {"info": kept("a year", "those in the koffie; everyone once both agreed")},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    koffie_id: Mapped[int] = mapped_column(ForeignKey("koffie.id"), doc="From which koffie")
    by_id: Mapped[int] = mapped_column(ForeignKey("official.id"), doc="Who wrote it")
    sealed: Mapped[bytes] = mapped_column(doc="The line, encrypted")
    written_at: Mapped[datetime] = mapped_column(doc="To let it lapse")
    agreed_by: Mapped[list[int]] = mapped_column(JSON, default=list, doc="Ids of the others who agreed")
    agreed_at: Mapped[datetime | None] = mapped_column(doc="When all others had agreed")


class Report(Table):
    """A report about someone: for the operator, without details to anyone else."""

    __tablename__ = "report"
    __table_args__ = ({"info": kept("a year", "the operator")},)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"), doc="Who reports")
    of_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"), doc="About whom")
    sealed: Mapped[bytes] = mapped_column(doc="What happened, encrypted")
    at: Mapped[datetime] = mapped_column(doc="When")
    read_at: Mapped[datetime | None] = mapped_column(doc="When the operator took it in")


class Feedback(Table):
    """Feedback on the bot itself, for the admins: without who, and without the hour, which would tell."""

    __tablename__ = "feedback"
    __table_args__ = ({"info": kept("a year", "admins, without a name")},)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key; random, so that it tells no order")
    sealed: Mapped[bytes] = mapped_column(doc="The words, encrypted")
    month: Mapped[date] = mapped_column(doc="First day of the month, to let it lapse")
    read: Mapped[bool] = mapped_column(default=False, doc="Whether the admins saw it")
