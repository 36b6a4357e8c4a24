"""When and where a koffie takes place, and who was spoken to without having asked."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import BOT_ONLY, kept

SEATED = "those in the koffie"


class Meeting(Table):
    """The appointment of one koffie that everybody said yes to."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'fixed', 'themselves', 'off')", name="state"),
        {"info": kept("two years, as the koffie", SEATED)},
    )

    koffie_id: Mapped[int] = mapped_column(ForeignKey("koffie.id"), primary_key=True, doc="Which koffie")
    state: Mapped[str] = mapped_column(doc="Times proposed, one fixed, left to themselves, or off")
    attempt: Mapped[int] = mapped_column(doc="Which three times are proposed: the first, or the others")
    moves: Mapped[int] = mapped_column(default=0, doc="How often it was moved, so that it ends some time")
    answer_by: Mapped[datetime] = mapped_column(doc="Until when the proposed times can be marked")
    slot_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting_slot.id"), doc="The time in their calendars, while there is one"
    )
    changes: Mapped[int] = mapped_column(
        default=0, doc="How often the calendar file changed, so that calendars take the newest"
    )
    changed_at: Mapped[datetime] = mapped_column(doc="When the calendar file changed")


class MeetingSlot(Table):
    """One proposed time, with its way of meeting and its place."""

    __tablename__ = "meeting_slot"
    __table_args__ = (
        UniqueConstraint("koffie_id", "starts_at"),
        {"info": kept("two years, as the koffie", SEATED)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    koffie_id: Mapped[int] = mapped_column(ForeignKey("koffie.id"), doc="Of which koffie")
    proposed: Mapped[bool] = mapped_column(doc="Whether it is proposed now; nothing is proposed twice")
    starts_at: Mapped[datetime] = mapped_column(doc="From when")
    ends_at: Mapped[datetime] = mapped_column(doc="Until when")
    way: Mapped[str] = mapped_column(doc="Live, walking, by phone, online or visiting")
    place: Mapped[str] = mapped_column(
        default="",
        doc="Where: a station between them, or the host's words of that day; emptied with the host",
    )
    host_id: Mapped[int | None] = mapped_column(
        ForeignKey("official.id"), doc="Whose words the place is, or who calls"
    )


class MeetingSeat(Table):
    """Which of the proposed times suit one of them; the others never see it."""

    __tablename__ = "meeting_seat"
    __table_args__ = (
        # Two koffies never get the same moment of one person, whatever happens at the same time.
        UniqueConstraint("official_id", "fixed_at"),
        {"info": kept("two years, as the koffie", "the official only")},
    )

    koffie_id: Mapped[int] = mapped_column(ForeignKey("koffie.id"), primary_key=True, doc="Which koffie")
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), primary_key=True, doc="Who")
    marked: Mapped[list[int]] = mapped_column(JSON, default=list, doc="Which proposed times suit")
    done: Mapped[bool] = mapped_column(default=False, doc="Whether no more of them do")
    fixed_at: Mapped[datetime | None] = mapped_column(doc="When one is taken by this koffie")


class Opening(Table):
    """A week in which the bot spoke to somebody unasked: once a week is enough."""

    __tablename__ = "opening"
    __table_args__ = ({"info": kept("four weeks", BOT_ONLY)},)

    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), primary_key=True, doc="To whom")
    week: Mapped[date] = mapped_column(primary_key=True, doc="Monday of the week")
