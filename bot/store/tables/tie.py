"""What becomes of ties over time, and how somebody is invited to be one."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import kept

SELF = "the official only"


class TieSide(Table):
    """A tie as one of the two keeps it up; what one says of it shows to the other in nothing."""

    __tablename__ = "tie_side"
    __table_args__ = ({"info": kept("as the tie, or until this one is erased", SELF)},)

    acquaintance_id: Mapped[int] = mapped_column(
        ForeignKey("acquaintance.id"), primary_key=True, doc="Which tie"
    )
    official_id: Mapped[int] = mapped_column(
        ForeignKey("official.id"), primary_key=True, index=True, doc="Whose side"
    )
    asked_at: Mapped[datetime | None] = mapped_column(doc="When 'still in touch?' was asked: once")
    spoke_at: Mapped[datetime | None] = mapped_column(
        doc="When one last said to speak the other: to show whom one did not speak for long"
    )


class TieMark(Table):
    """How many ties lived after so many months: a count, without who and without which tie."""

    __tablename__ = "tie_mark"
    __table_args__ = ({"info": kept("three years", "admins, as totals, from five ties on")},)

    month: Mapped[date] = mapped_column(primary_key=True, doc="First day of the month of counting")
    age: Mapped[int] = mapped_column(primary_key=True, doc="After how many months: 3, 12 or 24")
    outcome: Mapped[str] = mapped_column(primary_key=True, doc="Alive, without the bot too, or not heard of")
    count: Mapped[int] = mapped_column(doc="How many")


class Invitation(Table):
    """A code that makes who uses it a confirmed tie of who gave it; it goes when it is used."""

    __tablename__ = "invitation"
    __table_args__ = ({"info": kept("until used or erased, 30 days at most", SELF)},)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    by_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True, doc="Who invites")
    code_hash: Mapped[str] = mapped_column(unique=True, doc="To know the code again; it is kept nowhere")
    topic_id: Mapped[int | None] = mapped_column(
        ForeignKey("topic.id"), doc="Which topic the invited one takes over, if any"
    )
    at: Mapped[datetime] = mapped_column(doc="When it was made")
    until: Mapped[datetime] = mapped_column(index=True, doc="Not used after that")


class Introduction(Table):
    """To whom a successor is introduced once the invitation is used."""

    __tablename__ = "introduction"
    __table_args__ = (
        UniqueConstraint("invitation_id", "official_id"),
        {"info": kept("as the invitation, or until this one is erased", "who invites")},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key; the order in which they were chosen")
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), doc="Of which invitation")
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True, doc="To whom")
