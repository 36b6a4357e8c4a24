"""The schema: one file a noun. Every column says why it is kept: the privacy table is made from it."""

from bot.store.tables.appeal import Appeal
from bot.store.tables.base import Table
from bot.store.tables.channel import (
    Admin,
    ChannelChange,
    ChannelCode,
    ChannelMember,
    ChannelPlace,
    ChannelSteward,
    TopicChannel,
)
from bot.store.tables.chat import Account, Draft, MovingCode, Offer
from bot.store.tables.clockwork import AdapterState, Audit, Due, Inbox, Meta, Outbox
from bot.store.tables.koffie import Feedback, Feeling, Koffie, Report, Seat, SmallWin
from bot.store.tables.meeting import Meeting, MeetingSeat, MeetingSlot, Opening
from bot.store.tables.network import Acquaintance, Apart, Block, Declaration, Gap, LookUp, LookUpCount, Watch
from bot.store.tables.official import ContactRoute, Involvement, NameToken, Official
from bot.store.tables.overview import Overview
from bot.store.tables.register import Organisation, OrganisationAlias, Theme, Topic, TopicTheme
from bot.store.tables.round import Round, RoundChoice
from bot.store.tables.tie import Introduction, Invitation, TieMark, TieSide
from bot.store.tables.topic import ChosenSubQuestion, SubQuestion, TopicMerge, TopicTeam

__all__ = [
    "Account",
    "Acquaintance",
    "AdapterState",
    "Admin",
    "Apart",
    "Appeal",
    "Audit",
    "Block",
    "ChannelChange",
    "ChannelCode",
    "ChannelMember",
    "ChannelPlace",
    "ChannelSteward",
    "ChosenSubQuestion",
    "ContactRoute",
    "Declaration",
    "Draft",
    "Due",
    "Feedback",
    "Feeling",
    "Gap",
    "Inbox",
    "Introduction",
    "Invitation",
    "Involvement",
    "Koffie",
    "LookUp",
    "LookUpCount",
    "Meeting",
    "MeetingSeat",
    "MeetingSlot",
    "Meta",
    "MovingCode",
    "NameToken",
    "Offer",
    "Official",
    "Opening",
    "Organisation",
    "OrganisationAlias",
    "Outbox",
    "Overview",
    "Report",
    "Round",
    "RoundChoice",
    "Seat",
    "SmallWin",
    "SubQuestion",
    "Table",
    "Theme",
    "TieMark",
    "TieSide",
    "Topic",
    "TopicChannel",
    "TopicMerge",
    "TopicTeam",
    "TopicTheme",
    "Watch",
]
