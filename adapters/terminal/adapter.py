"""The terminal as a platform: everybody in the demo types here, and every message is shown here."""

import os
import sys
from collections.abc import Sequence
from typing import Protocol

from adapters.terminal.people import MOST_NAME, PLATFORM, People
from adapters.terminal.screen import Screen
from adapters.terminal.script import Script
from adapters.terminal.settings import Settings
from adapters.terminal.shown import Shown
from adapters.terminal.talk import Talk
from bot.chat.address import Account, Address, Conversation
from bot.chat.capabilities import Capabilities
from bot.chat.inbound import Profile
from bot.chat.message import Attachment, Message
from bot.chat.port import ChannelRequest, Delivery, Finding, Hint, Made, Tools


class Front(Protocol):
    """The two ways of typing: with a screen, and line by line."""

    async def run(self) -> None: ...

    async def draw(self, address: Address, message: Message) -> str:
        """The message as it will stand there."""
        ...

    def write(self, drawn: str) -> None:
        """Put it there in one piece. Raises ``OSError``."""
        ...


class Terminal:
    """The demo's platform."""

    name = PLATFORM
    capabilities = Capabilities(files=True, look_back=True, channels=True)

    def __init__(self, tools: Tools, talk: Talk, front: Front, shown: Shown) -> None:
        self._clock = tools.clock
        self._talk = talk
        self._front = front
        self._shown = shown

    async def run(self) -> None:
        await self._front.run()

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        """Note the key, then show the message: two system calls on end, see docs/decisions/0030."""
        drawn = await self._front.draw(address, message)
        if not isinstance(address, Conversation):
            for block in message.blocks:
                if isinstance(block, Attachment):
                    self._talk.files[address.account.user] = block
        self._shown.add(key)
        try:
            self._front.write(drawn)
        except OSError as error:
            return Delivery(state="retry", reason=type(error).__name__)
        return Delivery(state="sent", refs=(key,))

    async def was_sent(self, key: str, address: Address) -> tuple[str, ...] | None:
        return (key,) if key in self._shown else ()

    async def profile(self, account: Account) -> Profile | None:
        return Profile(name=await self._talk.people.name(account))

    async def contact_link(self, account: Account) -> str | None:
        """Here one is found by name."""
        return await self._talk.people.name(account)

    async def open_private(self, key: str, accounts: Sequence[Account]) -> Conversation | None:
        return None

    async def create_channel(self, request: ChannelRequest) -> Made:
        """A room is there as soon as somebody speaks in it: all that it takes is its name."""
        words = "".join(letter if letter.isalnum() else " " for letter in request.name.casefold()).split()
        room = request.adopt or "-".join(words)[:MOST_NAME] or PLATFORM
        return Made(Conversation(platform=PLATFORM, tenant=request.tenant, id=room), f"#{room}")

    async def stands(self, place: Conversation, ref: str) -> bool | None:
        """Nothing that was printed goes away."""
        return True

    async def check(self) -> Sequence[Finding]:
        return ()

    async def close(self) -> None:
        self._shown.close()


async def build(settings: object, tools: Tools) -> Terminal:
    """A screen where there is one to type on, else the lines of a script."""
    if not isinstance(settings, Settings):
        raise TypeError("these are not the terminal's settings")
    if tools.stage is None:
        raise TypeError("the terminal plays a demo: it needs a stage")
    talk = Talk(tools, tools.stage, People(tools.stage))
    front: Front = Screen(talk, tools) if _has_screen() else Script(talk)
    return Terminal(tools, talk, front, Shown(settings.shown))


def _has_screen() -> bool:
    streams = (sys.stdin, sys.stdout)
    return os.environ.get("TERM") != "dumb" and all(one is not None and one.isatty() for one in streams)
