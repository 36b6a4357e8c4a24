"""Reads ``NAME: text`` lines from standard input and prints each message as ``koffie → NAME: …``."""

import asyncio
import sys
from collections.abc import Sequence

from adapters.terminal.render import render
from bot.chat.address import Account, Address, Conversation, Direct, Home
from bot.chat.capabilities import Capabilities
from bot.chat.inbound import Inbound, Profile, Said
from bot.chat.message import Message
from bot.chat.port import ChannelRequest, Delivery, Finding, Hint, Tools

PLATFORM = "terminal"


class Terminal:
    """The demo's platform."""

    name = PLATFORM
    capabilities = Capabilities(files=True, look_back=True)

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._count = 0
        self._shown: set[str] = set()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            await self._line(line.strip())

    async def _line(self, line: str) -> None:
        name, separator, words = line.partition(":")
        if not separator or self._tools.stage is None:
            return
        self._count += 1
        account = Account(platform=PLATFORM, tenant="demo", user=name.strip().casefold())
        now = self._tools.clock.now()
        event = Inbound(
            key=f"{now.isoformat()}:{self._count}",
            actor=account,
            where=Direct(account=account),
            content=Said(text=words.strip()),
            at=now,
            profile=Profile(name=name.strip()),
        )
        await self._tools.bot.put([event])
        await self._tools.stage.settled()

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        name = address.account.user if isinstance(address, Direct | Home) else address.id
        for number, line in enumerate(render(message)):
            sys.stdout.write(f"koffie → {name}: {'  ' if number else ''}{line}".rstrip() + "\n")
        sys.stdout.flush()
        self._shown.add(key)
        return Delivery(state="sent", refs=(key,))

    async def was_sent(self, key: str, address: Address) -> bool | None:
        return key in self._shown

    async def profile(self, account: Account) -> Profile | None:
        return Profile(name=account.user)

    async def contact_link(self, account: Account) -> str | None:
        return None

    async def open_private(self, key: str, accounts: Sequence[Account]) -> Conversation | None:
        return None

    async def create_channel(self, request: ChannelRequest) -> Conversation | None:
        return None

    async def check(self) -> Sequence[Finding]:
        return ()

    async def close(self) -> None:
        return None


async def build(settings: object, tools: Tools) -> Terminal:
    return Terminal(tools)
