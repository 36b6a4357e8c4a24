"""Topic channels: where rounds of koffie are announced, who takes part, and who may set them up."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import BOT_ONLY, kept

SELF = "the official only"


class TopicChannel(Table):
    """The rounds of one topic, or without a topic; one network over all its conversations."""

    __tablename__ = "topic_channel"
    __table_args__ = (
        {"info": kept("as long as the network: it tells of nobody", "everyone in its conversations")},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    topic_id: Mapped[int | None] = mapped_column(
        ForeignKey("topic.id"), unique=True, doc="On what; empty for the round without a topic"
    )
    cadence: Mapped[dict[str, Any]] = mapped_column(JSON, doc="When rounds are held")
    group_size: Mapped[int] = mapped_column(default=2, doc="How many at one table: 2, 3 or 4")
    rules: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, server_default="{}", doc="Which layers, how often and whom rather"
    )
    state: Mapped[str] = mapped_column(
        default="running", server_default="running", doc="Whether rounds are held, paused or stopped"
    )
    resumes_on: Mapped[date | None] = mapped_column(doc="End of the pause")
    next_at: Mapped[datetime | None] = mapped_column(doc="The next round that was not announced yet")
    made_at: Mapped[datetime] = mapped_column(doc="Since when")


class ChannelPlace(Table):
    """A conversation on a platform that belongs to a topic channel."""

    __tablename__ = "channel_place"
    __table_args__ = (
        UniqueConstraint("platform", "tenant", "conversation"),
        {"info": kept("until stopped", BOT_ONLY)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    channel_id: Mapped[int] = mapped_column(ForeignKey("topic_channel.id"), index=True, doc="Which channel")
    platform: Mapped[str] = mapped_column(doc="Where it is")
    tenant: Mapped[str] = mapped_column(doc="Workspace or server")
    conversation: Mapped[str | None] = mapped_column(doc="Its id there; empty while it is being made")
    name: Mapped[str] = mapped_column(default="", server_default="", doc="What people call it there")
    link: Mapped[str] = mapped_column(default="", server_default="", doc="How people get there")
    welcome_key: Mapped[str] = mapped_column(
        default="",
        server_default="",
        doc="Which message is its welcome, which can be pressed as long as it stands",
    )
    welcome_ref: Mapped[str] = mapped_column(
        default="", server_default="", doc="The welcome as it stands there, to see whether it was deleted"
    )
    welcomed_at: Mapped[datetime | None] = mapped_column(doc="A welcome goes up once a day at most")


class ChannelCode(Table):
    """The code by which anybody joins a channel. It follows from the issue's number; only a hash is kept."""

    __tablename__ = "channel_code"
    __table_args__ = ({"info": kept("until the channel is stopped", "who gets the invitation")},)

    channel_id: Mapped[int] = mapped_column(
        ForeignKey("topic_channel.id"), primary_key=True, doc="Of which channel"
    )
    issue: Mapped[int] = mapped_column(doc="Chance, from which the code follows; new once it is withdrawn")
    code_hash: Mapped[str | None] = mapped_column(
        unique=True, doc="To know the code again; empty once withdrawn"
    )


class ChannelMember(Table):
    """Somebody who takes part in the rounds of a channel."""

    __tablename__ = "channel_member"
    __table_args__ = ({"info": kept("until stopped or erased", SELF)},)

    channel_id: Mapped[int] = mapped_column(
        ForeignKey("topic_channel.id"), primary_key=True, doc="Of which channel"
    )
    official_id: Mapped[int] = mapped_column(
        ForeignKey("official.id"), primary_key=True, index=True, doc="Who"
    )
    joined_at: Mapped[datetime] = mapped_column(doc="Since when")
    waiting: Mapped[int] = mapped_column(
        default=0,
        doc="Rounds in a row in which nobody was found: goes first",
        info=kept("until stopped or erased", BOT_ONLY),
    )


class ChannelSteward(Table):
    """Somebody who may set up one channel: who opened it, and whom a steward or an admin added."""

    __tablename__ = "channel_steward"
    __table_args__ = ({"info": kept("until taken back, stopped or erased", "admins and its other stewards")},)

    channel_id: Mapped[int] = mapped_column(
        ForeignKey("topic_channel.id"), primary_key=True, doc="Of which channel"
    )
    official_id: Mapped[int] = mapped_column(
        ForeignKey("official.id"), primary_key=True, index=True, doc="Who"
    )
    since: Mapped[datetime] = mapped_column(doc="Since when")


class ChannelChange(Table):
    """What was set in a channel, and what it was before: the log of its admins, and what can be undone."""

    __tablename__ = "channel_change"
    __table_args__ = ({"info": kept("a year", "admins and the stewards of the channel")},)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    channel_id: Mapped[int] = mapped_column(
        ForeignKey("topic_channel.id"), index=True, doc="Of which channel"
    )
    at: Mapped[datetime] = mapped_column(doc="When; for a day it can be undone")
    act: Mapped[str] = mapped_column(doc="What was done")
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("official.id"), index=True, doc="Who; empty once erased"
    )
    steward_id: Mapped[int | None] = mapped_column(
        ForeignKey("official.id"),
        index=True,
        doc="Who was asked to be a steward, became one or was one; empty once erased",
    )
    before: Mapped[dict[str, Any]] = mapped_column(JSON, doc="What it was, to be undone")
    after: Mapped[dict[str, Any]] = mapped_column(JSON, doc="What it became")
    rounds: Mapped[list[int]] = mapped_column(JSON, doc="Rounds that were called off by it")
    undone_at: Mapped[datetime | None] = mapped_column(doc="When it was undone")


class Admin(Table):
    """Somebody who may set up every channel, besides those whom the settings name."""

    __tablename__ = "admin"
    __table_args__ = ({"info": kept("until taken back or erased", "the operator")},)

    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), primary_key=True, doc="Who")
    since: Mapped[datetime] = mapped_column(doc="Since when")
