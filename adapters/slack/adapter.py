"""Slack's adapter: the parts put together, and the port."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp

from adapters.slack import check, manifest
from adapters.slack.channels import Channels
from adapters.slack.deliver import Outgoing
from adapters.slack.entrance import Entrance, nobody
from adapters.slack.exchange import Handle, Pressed
from adapters.slack.http import Listener
from adapters.slack.installations import Installations, ManyInstallations, OneInstallation
from adapters.slack.oauth import OAuth
from adapters.slack.pace import Pace
from adapters.slack.people import People
from adapters.slack.receive import PLATFORM
from adapters.slack.settings import Settings
from adapters.slack.socket_mode import SocketMode
from adapters.slack.web import Web
from adapters.slack.windows import Windows
from bot.chat import text
from bot.chat.address import Account, Address, Conversation
from bot.chat.capabilities import Capabilities
from bot.chat.inbound import Profile
from bot.chat.message import Message
from bot.chat.port import ChannelRequest, Delivery, Finding, Hint, Made, Tools, Verb

MOST_CHARACTERS = 3000
MOST_OPTIONS = 20
VERBS = {"manifest": Verb(summary=text("slack-verb-manifest"), run=manifest.show)}


class Slack:
    """One app, in one workspace or in many."""

    name = PLATFORM
    capabilities = Capabilities(
        buttons=True,
        edits=True,
        only_you=True,
        forms=True,
        suggestions=True,
        files=True,
        home=True,
        threads=True,
        look_back=True,
        channels=True,
        most_characters=MOST_CHARACTERS,
        most_options=MOST_OPTIONS,
    )

    def __init__(self, settings: Settings, tools: Tools) -> None:
        self._settings = settings
        self.web = Web(settings.base_url, Pace(tools.clock.monotonic))
        oauth = None
        self._installations: Installations
        if settings.client_id is not None:
            many = ManyInstallations(
                self.web, tools.state, settings.client_id, _secret(settings.client_secret) or ""
            )
            oauth = OAuth(many, tools, settings.client_id, settings.base_url)
            self._installations = many
        else:
            self._installations = OneInstallation(self.web, _secret(settings.bot_token) or "")
        people, pressed = People(self.web), Pressed()
        windows = Windows(self.web, tools)
        entrance = Entrance(tools, self._installations, people, windows, pressed, self.web)
        self._outgoing = Outgoing(self.web, self._installations, people, windows, pressed, tools.clock.now)
        self._channels = Channels(self.web, self._installations, tools.state)
        self.app = app = AsyncApp(
            name="koffie",
            # The listener has checked each signature by then; Socket Mode has none.
            request_verification_enabled=False,
            authorize=nobody,
            before_authorize=entrance,
        )
        self._listener = None
        if settings.port is not None:
            secret = _secret(settings.signing_secret) or ""
            self._listener = Listener(app, secret, settings.host, settings.port, oauth)
        self._socket = None
        if (app_token := _secret(settings.app_token)) is not None:
            self._socket = SocketMode(self.web, app, app_token)

    async def run(self) -> None:
        if self._listener is not None:
            await self._listener.start()
        try:
            if self._socket is not None:
                await self._socket.run()
            else:
                await asyncio.Event().wait()
        finally:
            if self._listener is not None:
                await self._listener.stop()

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        handle = hint if isinstance(hint, Handle) else None
        return await self._outgoing.deliver(key, address, message, replaces, handle)

    async def was_sent(self, key: str, address: Address) -> tuple[str, ...] | None:
        return await self._outgoing.was_sent(key, address)

    async def profile(self, account: Account) -> Profile | None:
        return await self._outgoing.profile(account)

    async def contact_link(self, account: Account) -> str | None:
        return await self._outgoing.contact_link(account)

    async def open_private(self, key: str, accounts: Sequence[Account]) -> Conversation | None:
        return await self._channels.open_private(accounts)

    async def create_channel(self, request: ChannelRequest) -> Made:
        return await self._channels.create(request)

    async def stands(self, place: Conversation, ref: str) -> bool | None:
        return await self._channels.stands(place, ref)

    async def check(self) -> Sequence[Finding]:
        return await check.check(
            self.web, self._installations, _secret(self._settings.app_token), self._settings.base_url
        )

    async def close(self) -> None:
        await self.web.close()


def _secret(value: SecretStr | None) -> str | None:
    return None if value is None else value.get_secret_value()


async def build(settings: object, tools: Tools) -> Slack:
    if not isinstance(settings, Settings):
        raise TypeError("these are not Slack's settings")
    return Slack(settings, tools)
