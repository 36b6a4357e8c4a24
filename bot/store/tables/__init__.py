"""The schema: one file a noun. Every column says why it is kept: the privacy table is made from it."""

from bot.store.tables.base import Table
from bot.store.tables.chat import Account, Draft, Offer
from bot.store.tables.clockwork import AdapterState, Audit, Due, Inbox, Meta, Outbox
from bot.store.tables.koffie import Feedback, Feeling, Koffie, Report, Seat, SmallWin
from bot.store.tables.network import Acquaintance, Apart, Block, Declaration, Gap, LookUp, LookUpCount, Watch
from bot.store.tables.official import ContactRoute, Involvement, NameToken, Official
from bot.store.tables.register import Organisation, OrganisationAlias, Theme, Topic, TopicTheme

__all__ = [
    "Account",
    "Acquaintance",
    "AdapterState",
    "Apart",
    "Audit",
    "Block",
    "ContactRoute",
    "Declaration",
    "Draft",
    "Due",
    "Feedback",
    "Feeling",
    "Gap",
    "Inbox",
    "Involvement",
    "Koffie",
    "LookUp",
    "LookUpCount",
    "Meta",
    "NameToken",
    "Offer",
    "Official",
    "Organisation",
    "OrganisationAlias",
    "Outbox",
    "Report",
    "Seat",
    "SmallWin",
    "Table",
    "Theme",
    "Topic",
    "TopicTheme",
    "Watch",
]
