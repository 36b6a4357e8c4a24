"""The board's adapter: listens on one connection, and makes each request on one of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.chat.address import Account, Address, Conversation, Direct, Home
from bot.chat.capabilities import Capabilities
from bot.chat.form import Next, Refused
from bot.chat.inbound import Profile
from bot.chat.message import Message
from bot.chat.port import ChannelRequest, Delivery, Finding, Hint, Made, NoPlace, Tools
from bot.i18n.text import text
from tests.platforms.board import wire
from tests.platforms.board.receive import PLATFORM, account, receive
from tests.platforms.board.render import error, form_window, render, suggestion
from tests.platforms.board.server import MOST_BUTTONS, MOST_CHARACTERS
from tests.platforms.board.settings import Settings

log = logging.getLogger(__name__)
_AGAIN_SECONDS = 0.05
_OK, _SERVER = 200, 500


class Board:
    """One board."""

    name = PLATFORM
    capabilities = Capabilities(
        buttons=True,
        edits=True,
        only_you=True,
        forms=True,
        suggestions=True,
        threads=True,
        look_back=True,
        channels=True,
        most_characters=MOST_CHARACTERS,
        most_options=MOST_BUTTONS,
    )

    def __init__(self, settings: Settings, tools: Tools) -> None:
        self._settings = settings
        self._tools = tools
        self._calls: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Listen until cancelled; whatever goes wrong, again from the last cursor that was kept."""
        while True:
            try:
                await self._listen()
            except Exception as error:  # noqa: BLE001 - what was not stored comes again: that is the point
                log.info("listening stopped: %s", type(error).__name__)
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _listen(self) -> None:
        after = int(await self._tools.bot.cursor(PLATFORM) or 0)
        reader, writer = await wire.connect(self._settings.server)
        try:
            await wire.write(writer, {"do": "listen", "after": after})
            while (message := await wire.read(reader)) is not None:
                if "event" in message:
                    await self._take(message)
                else:
                    call = asyncio.create_task(self._called(message, writer))
                    self._calls.add(call)
                    call.add_done_callback(self._calls.discard)
        finally:
            await wire.close(writer)

    async def _take(self, message: dict[str, Any]) -> None:
        """The cursor moves with the event that it stands for; an event that says nothing moves it later."""
        event = receive(message["event"])
        if event is not None:
            ticket = message["event"].get("ticket")
            hints = {event.key: ticket} if ticket else None
            await self._tools.bot.put([event], cursor=str(message["cursor"]), hints=hints)

    async def _called(self, message: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        """A window asks and waits."""
        await wire.write(writer, {"call": message["call"], **await self._answer(message)})

    async def _answer(self, message: dict[str, Any]) -> dict[str, Any]:
        bot = self._tools.bot
        if message["type"] == "typed":
            found = await bot.suggest(account(message), message["form"], message["field"], message["text"])
            return {"suggestions": [suggestion(one) for one in found]}
        event = receive(message)
        if event is None:
            return {"status": "ignored"}
        match await bot.submit(event):
            case Refused(errors=errors):
                return {"status": "refused", "errors": [error(fault) for fault in errors]}
            case Next(form=form):
                return {"status": "next", "form": form_window(form)}
            case _:
                return {"status": "taken"}

    async def _request(self, **message: Any) -> dict[str, Any]:
        async with asyncio.timeout(self._settings.request_seconds):
            return await wire.request(self._settings.server, **message)

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        if isinstance(address, Home):
            return Delivery(state="gone", reason="no_home")
        post = {"key": key, "place": _place(address), "ticket": hint, **render(message)}
        if message.only_you and isinstance(address, Conversation):
            if address.account is None:
                return Delivery(state="gone", reason="for_nobody")
            post["only"] = address.account.user
        try:
            answer = await self._request(do="edit" if replaces else "post", ref=(*replaces, None)[0], **post)
        except wire.NotSentError:
            return Delivery(state="retry", reason="no_connection")
        except (wire.LostError, TimeoutError) as lost:
            return Delivery(state="in_doubt", reason=type(lost).__name__)
        return self._delivery(answer)

    def _delivery(self, answer: dict[str, Any]) -> Delivery:
        match answer["status"]:
            case 200:
                return Delivery(state="sent", refs=(answer["ref"],))
            case 429:
                wait = timedelta(seconds=answer["retry_after"])
                return Delivery(state="retry", retry_at=self._tools.clock.now() + wait, reason="429")
            case int(status) if status >= _SERVER:
                return Delivery(state="in_doubt", reason="500")
            case _:
                return Delivery(state="gone", reason=answer["reason"])

    async def was_sent(self, key: str, address: Address) -> tuple[str, ...] | None:
        answer = await self._request(do="find", key=key, place=_place(address))
        if answer["status"] != _OK:
            raise ConnectionError("no answer to the look-back")
        return tuple(answer["refs"])

    async def profile(self, account: Account) -> Profile | None:
        answer = await self._request(do="profile", user=account.user)
        return Profile(name=answer["name"], language=answer["language"])

    async def contact_link(self, account: Account) -> str | None:
        return f"https://board.example/{account.user}"

    async def open_private(self, key: str, accounts: Sequence[Account]) -> Conversation | None:
        return await self._room(f"private-{key}", accounts)

    async def create_channel(self, request: ChannelRequest) -> Made:
        if not request.members:
            raise NoPlace("unable")
        place = await self._room(f"channel-{request.key}", request.members)
        return Made(place, place.id)

    async def stands(self, place: Conversation, ref: str) -> bool | None:
        return None

    async def _room(self, name: str, members: Sequence[Account]) -> Conversation:
        users = [member.user for member in members]
        answer = await self._request(do="room", name=name, members=users)
        return Conversation(platform=PLATFORM, tenant=members[0].tenant, id=answer["room"])

    async def check(self) -> Sequence[Finding]:
        try:
            await self._request(do="profile", user="koffie")
        except (wire.NotSentError, wire.LostError, TimeoutError):
            return (Finding(part=PLATFORM, well=False, what=text("board-away")),)
        return (Finding(part=PLATFORM, well=True, what=text("board-well")),)

    async def close(self) -> None:
        for call in tuple(self._calls):
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)


def _place(address: Address) -> dict[str, Any]:
    match address:
        case Conversation():
            return {"team": address.tenant, "room": address.id, "thread": address.thread}
        case Direct() | Home():
            return {"team": address.account.tenant, "user": address.account.user}


async def build(settings: object, tools: Tools) -> Board:
    if not isinstance(settings, Settings):
        raise TypeError("these are not the board's settings")
    return Board(settings, tools)
