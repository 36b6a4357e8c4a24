"""What an adapter's ``testing/`` folder gives the contract suite: a class ``Harness``, and recorded payloads.

``adapters/X/testing/payloads/*.json`` hold ``{"payload": …, "expected": …}``: what the platform really sent,
and the :class:`bot.chat.inbound.Inbound` that it is, or ``null`` where the bot must leave it alone.
A harness needs no base class; it starts its platform (the real one, an emulator, a server of its own) and
tells what people see there. People are named by short names such as ``anna``; the harness makes them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from bot.chat.address import Account, Conversation
from bot.chat.inbound import Inbound
from bot.chat.port import Adapter, Tools


class Seen(Protocol):
    """One message as it stands on the platform now, with edits applied."""

    @property
    def room(self) -> str | None:
        """Id of the shared place; ``None`` for a private talk."""

    @property
    def thread(self) -> str | None: ...

    @property
    def readers(self) -> Collection[str] | None:
        """User ids of who can read it; ``None`` for everyone in the room."""

    @property
    def text(self) -> str:
        """What people read, without the buttons."""

    @property
    def buttons(self) -> Sequence[str]:
        """The labels of its buttons, in order."""

    @property
    def alerts(self) -> Collection[str]:
        """Who is called by it: user ids, or ``everyone``."""

    @property
    def files(self) -> Sequence[str]:
        """Names of the files that came with it."""

    @property
    def form(self) -> bool:
        """Whether it shows a form, or a button that opens one."""


class Harness(Protocol):
    """One platform under test."""

    redelivers: bool
    """Whether what could not be put in the inbox comes again by itself."""
    faults: Collection[str]
    """Which failures it can bring about: ``refused``, ``lost`` (accepted, answer lost) and ``gone``."""

    async def start(self, tools: Tools) -> Adapter:
        """Start the platform and build the adapter on it; ``run`` is called by the suite."""
        ...

    async def receive(self, payload: Any) -> Inbound | None:
        """A recorded payload through the adapter's own way of receiving."""
        ...

    def account(self, name: str) -> Account: ...

    def room(self) -> Conversation | None:
        """A shared place with everybody in it; ``None`` where the platform has none."""
        ...

    async def says(self, name: str, words: str, *, in_room: bool = False) -> None:
        """Somebody says something to the bot."""
        ...

    async def presses(self, name: str, seen: Seen, button: int) -> None:
        """Somebody presses the button at that place, counted from 0."""
        ...

    async def seen(self) -> Sequence[Seen]:
        """All that the bot has posted, oldest first."""
        ...

    async def fail(self, fault: str) -> None:
        """The next delivery meets this failure."""
        ...

    async def types(self, name: str, form: str, field: str, letters: str) -> Sequence[str]:
        """The labels that are suggested for the letters typed; where ``suggestions`` is declared."""
        ...

    async def stop(self) -> None:
        """Stop the platform; the adapter was closed before."""
        ...
