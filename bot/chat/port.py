"""The port: what the bot asks of a platform, and what a platform asks of the bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import AwareDatetime

from bot.chat.address import Account, Address, Conversation
from bot.chat.capabilities import Capabilities
from bot.chat.form import Submission, Suggestion
from bot.chat.inbound import Inbound, Profile
from bot.chat.message import Message
from bot.chat.stage import Stage
from bot.domain.clock import Clock
from bot.i18n.text import Text, Value

Hint = object
"""A short-lived handle of the platform (a response address, a trigger), kept in memory only."""


class Delivery(Value):
    """How a delivery ended.

    ``retry``: surely not accepted, again from ``retry_at``. ``in_doubt``: nobody knows; look back before
    sending again. ``gone``: this recipient cannot be reached at all. ``refs`` are the platform's names of
    what was posted, for later edits. ``reason`` is a code for the log, without personal data.
    """

    state: Literal["sent", "degraded", "retry", "in_doubt", "gone"]
    refs: tuple[str, ...] = ()
    retry_at: AwareDatetime | None = None
    reason: str | None = None


class Finding(Value):
    """What a check found. ``mend`` says how to put it right."""

    part: str
    well: bool
    what: Text
    mend: Text | None = None


@dataclass(frozen=True)
class ChannelRequest:
    """A place for a topic to make, or to move into: then ``adopt`` is the id of what is there.

    ``key`` makes it idempotent. Places of one ``group`` belong together. ``topic`` is a short line,
    ``purpose`` a longer one; ``members`` are invited.
    """

    key: str
    group: str
    tenant: str
    name: str
    topic: str
    purpose: str
    members: tuple[Account, ...] = ()
    adopt: str | None = None


@dataclass(frozen=True)
class Made:
    """A place that was made or moved into: what people call it, and a link by which they come in.

    ``instead_of`` is the name that was meant, where it was taken.
    """

    place: Conversation
    name: str
    link: str = ""
    instead_of: str = ""


Why = Literal["forbidden", "archived", "gone", "unable"]


class NoPlace(Exception):
    """A place cannot be had, and trying again does not help.

    The bot may not (``forbidden``), it was put away (``archived``), it is not there, or not for the bot
    (``gone``), or this platform makes none (``unable``).
    """

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


class Adapter(Protocol):
    """One platform."""

    name: str
    capabilities: Capabilities

    async def run(self) -> None:
        """Receive until cancelled, or until the platform has nothing more to say."""
        ...

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        """Post a resolved message once under ``key``; ``replaces`` are the refs of the one it edits."""
        ...

    async def was_sent(self, key: str, address: Address) -> tuple[str, ...] | None:
        """The refs of the message under ``key``: none: not there; ``None``: it cannot tell."""
        ...

    async def profile(self, account: Account) -> Profile | None: ...

    async def contact_link(self, account: Account) -> str | None:
        """A link or handle by which others on the same platform can start a talk with this person."""
        ...

    async def open_private(self, key: str, accounts: Sequence[Account]) -> Conversation | None:
        """One private place of these people, the same for the same ``key``; ``None`` where impossible."""
        ...

    async def create_channel(self, request: ChannelRequest) -> Made:
        """Make a place for a topic, or move into one. Raises :class:`NoPlace`; all else may pass."""
        ...

    async def stands(self, place: Conversation, ref: str) -> bool | None:
        """Whether a message of the bot's still stands in a place; ``None`` where it cannot tell.

        Raises :class:`NoPlace` where the bot is not there any more.
        """
        ...

    async def check(self) -> Sequence[Finding]: ...

    async def close(self) -> None:
        """Stop without leaving a task behind; what was acknowledged is already in the inbox."""
        ...


class Bot(Protocol):
    """What an adapter may ask of the bot."""

    async def put(
        self,
        events: Sequence[Inbound],
        *,
        platform: str | None = None,
        cursor: str | None = None,
        hints: Mapping[str, Hint] | None = None,
    ) -> None:
        """Commit events (with the platform's cursor) to the inbox. Acknowledge only once this returned.

        A key that was put before is passed over. ``platform`` says whose cursor it is where there may be no
        events. ``hints`` are by event key.
        """
        ...

    async def cursor(self, platform: str) -> str | None:
        """The last cursor that was committed with its events."""
        ...

    async def suggest(
        self, actor: Account, form: str, field: str, typed: str, profile: Profile | None = None
    ) -> Sequence[Suggestion]:
        """What fits the letters typed so far; with none what is proposed. ``form``: the id of the form."""
        ...

    async def submit(self, event: Inbound) -> Submission:
        """A form handed in (``event.content`` is ``Submitted``); answers at once."""
        ...


class State(Protocol):
    """A small store of the adapter's own: encrypted, changed by compare-and-set."""

    async def get(self, key: str) -> tuple[bytes, int] | None:
        """The value and its version."""
        ...

    async def put(self, key: str, value: bytes, *, version: int | None) -> bool:
        """Store if the stored version still is ``version`` (``None``: nothing stored yet)."""
        ...

    async def delete(self, key: str) -> None: ...


@dataclass(frozen=True)
class CommandInfo:
    """A command as a manifest or a help page shows it."""

    name: str
    aliases: tuple[str, ...]
    summary: Text
    top_level: bool


@dataclass(frozen=True)
class Tools:
    """What ``compose`` hands to each adapter."""

    bot: Bot
    state: State
    words: Callable[[Text, str], str]
    """Words of a text of the adapter's own catalogue, or of a text that it was handed, in a language."""
    commands: tuple[CommandInfo, ...]
    clock: Clock
    language: str
    stage: Stage | None = None


@dataclass(frozen=True)
class Desk:
    """What a verb of the command line gets: nothing of the database, so that it works while the bot runs."""

    commands: tuple[CommandInfo, ...]
    words: Callable[[Text, str], str]
    """Words of a text of the adapter's own catalogue, or of a text that it was handed, in a language."""
    language: str


class VerbError(Exception):
    """A verb could not be done; the words are for the operator, one plain line without secrets."""


@dataclass(frozen=True)
class Verb:
    """Something that an adapter offers on the command line (a manifest, a login).

    ``summary`` is a text of the adapter's own catalogue; ``run`` gets the adapter's settings and the words
    behind the verb, returns the lines to print and raises :class:`VerbError`. ``adapters.X.adapter`` may
    export them as ``VERBS``, by name.
    """

    summary: Text
    run: Callable[[object, Desk, Sequence[str]], Awaitable[Sequence[str]]]


Build = Callable[[object, Tools], Awaitable[Adapter]]
"""``adapters.X.adapter.build(settings, tools)``."""
