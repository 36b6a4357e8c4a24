"""What is kept of a topic besides its words: sub-questions, teams to learn from, and merges to undo."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import BOT_ONLY, kept

FINDABLE = "who is findable oneself"


class SubQuestion(Table):
    """A part of a topic by which officials look up and are introduced ('vergunningen')."""

    __tablename__ = "sub_question"
    __table_args__ = (
        UniqueConstraint("topic_id", "key"),
        {"info": kept("until its steward takes it out", "everyone who is registered")},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), doc="Of which topic")
    key: Mapped[str] = mapped_column(doc="Its words made alike, so that it is there once")
    place: Mapped[int] = mapped_column(doc="In which order they are shown")
    label: Mapped[str] = mapped_column(doc="Its words")


class ChosenSubQuestion(Table):
    """Somebody works on this part of a topic."""

    __tablename__ = "official_sub_question"
    __table_args__ = (
        Index("ix_official_sub_question_chosen", "sub_question_id", "official_id"),
        {"info": kept("until changed or erased", FINDABLE)},
    )

    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), primary_key=True, doc="Who")
    sub_question_id: Mapped[int] = mapped_column(
        ForeignKey("sub_question.id"), primary_key=True, doc="Which part"
    )


class TopicTeam(Table):
    """A team that others may learn from, entered by somebody of that team."""

    __tablename__ = "topic_team"
    __table_args__ = (
        UniqueConstraint("topic_id", "official_id"),
        {"info": kept("until taken off (by another: a day more) or erased", FINDABLE)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), doc="On which topic")
    official_id: Mapped[int] = mapped_column(
        ForeignKey("official.id"), index=True, doc="Who entered it, and can be asked about it"
    )
    line: Mapped[str] = mapped_column(doc="What others may learn from the team")
    since: Mapped[date] = mapped_column(doc="Since when")
    taken_off_at: Mapped[datetime | None] = mapped_column(
        doc="When who looks after the topic took it off: nobody sees it, and for a day it can be put back"
    )


class TopicMerge(Table):
    """One topic became part of another; what moved is kept sealed for as long as it can be undone."""

    __tablename__ = "topic_merge"
    __table_args__ = ({"info": kept("what moved 30 days; that it was done as long as the topic", BOT_ONLY)},)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    from_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), doc="Which topic")
    into_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), doc="Into which topic")
    at: Mapped[datetime] = mapped_column(doc="When")
    until: Mapped[datetime] = mapped_column(index=True, doc="Until when it can be undone")
    sealed: Mapped[bytes | None] = mapped_column(
        doc="What moved, by keys of rows, encrypted; emptied once it cannot be undone"
    )
