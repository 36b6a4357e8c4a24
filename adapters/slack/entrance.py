"""Where everything from Slack comes in: into the inbox first, then acknowledged.

It stands in Bolt behind the listener's check of the signature, and before anything that acknowledges by
itself, waits in a poll, or asks Slack on each request.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack import render
from adapters.slack.exchange import Exchange, Handle, Pressed
from adapters.slack.installations import Installation, Installations
from adapters.slack.people import People, Person, read
from adapters.slack.receive import PLATFORM, Place, actor_of, context_of, mentioned, pressed_in, receive
from adapters.slack.tenants import Tenant
from adapters.slack.web import SlackError, Web
from adapters.slack.windows import Windows, language_of
from adapters.slack.words import escaped
from bot.chat import Words, text
from bot.chat.address import Account, Home
from bot.chat.inbound import Away, Gone, Opened, Said
from bot.chat.inbound import Pressed as Press
from bot.chat.message import say
from bot.chat.port import Tools

log = logging.getLogger(__name__)
EXCHANGE = "koffie_exchange"
_ANSWER_SECONDS = 2.0
"""Slack waits three; what is not ready by then comes through the response address."""
_MOST_AT_ONCE = 200
_MOST_REMEMBERED = 10_000

Body = Mapping[str, Any]


async def nobody(**_: object) -> AuthorizeResult:
    """For Bolt, which wants to authorise: what comes that far is for no listener of ours."""
    raise PermissionError("nothing gets this far")


class Entrance(AsyncMiddleware):
    """Takes each payload in. Nothing is acknowledged that is not in the inbox."""

    def __init__(
        self,
        tools: Tools,
        installations: Installations,
        people: People,
        windows: Windows,
        pressed: Pressed,
        web: Web,
    ) -> None:
        self._tools = tools
        self._web = web
        self._installations = installations
        self._people = people
        self._windows = windows
        self._pressed = pressed
        self._inside = 0
        self._seen: OrderedDict[str, None] = OrderedDict()

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002
    ) -> BoltResponse | None:
        if req.body.get("type") == "url_verification":
            return await next()
        if self._inside >= _MOST_AT_ONCE:
            return BoltResponse(status=503)
        self._inside += 1
        try:
            return await self._take(req)
        except Exception as error:  # noqa: BLE001 - not acknowledged, so Slack sends it again
            log.error("not taken in: %s", type(error).__name__)
            return BoltResponse(status=503)
        finally:
            self._inside -= 1

    async def _take(self, req: AsyncBoltRequest) -> BoltResponse:
        body = req.body
        tenant = context_of(body)
        if tenant is None:
            return _nothing()
        if await self._about_the_app(body, tenant):
            return _nothing()
        installation = await self._installations.of(tenant)
        if installation is None:
            return self._say(body, "slack-not-installed", self._tools.language)
        found = await self._sender(body, installation)
        if found is None:
            return _nothing()
        account, home, person = found
        if not person.member:
            return await self._turn_away(body, installation, account, person)
        match body.get("type"):
            case "view_submission":
                now = self._tools.clock.now()
                key = str(body.get("trigger_id") or (body.get("view") or {}).get("hash"))
                return _json(
                    await self._windows.handed_in(body.get("view") or {}, key, account, person.profile, now)
                )
            case "block_suggestion":
                return _json(await self._windows.suggest(body, account, person.profile))
        return await self._put(req, installation, home, account, person)

    async def _turn_away(
        self, body: Body, installation: Installation, account: Account, person: Person
    ) -> BoltResponse:
        """A word to who cannot take part, where they asked for one.

        Nothing of them is kept: so it goes neither through inbox nor outbox, and may be lost.
        """
        language = language_of(person.profile, self._tools.language)
        place = Place(installation.tenant, installation.bot_user)
        event = receive(body, place, account, self._tools.clock.now())
        if "command" in body:
            return self._say(body, "slack-left-out", language)
        if event is None or not self._fresh(event.key):
            return _nothing()
        words = self._tools.words(text("slack-left-out"), language)
        try:
            match event.content, event.where:
                case Press(), _ if (address := self._address(body)) is not None:
                    told = {"response_type": "ephemeral", "replace_original": False, "text": escaped(words)}
                    await self._web.respond(address, told)
                case Said(), _:
                    channel = str(body["event"]["channel"])
                    told = {"channel": channel, "user": account.user, "text": escaped(words)}
                    await self._web.call(installation.token, "chat.postEphemeral", place=channel, **told)
                case Opened(), Home():
                    view = render.home(say(Words(text=words)), event.key)
                    await self._web.call(installation.token, "views.publish", user_id=account.user, view=view)
        except SlackError as error:
            log.info("who is left out was not told: %s", error)
        return _nothing()

    async def _put(
        self,
        req: AsyncBoltRequest,
        installation: Installation,
        home: Installation,
        account: Account,
        person: Person,
    ) -> BoltResponse:
        body = req.body
        place = Place(installation.tenant, installation.bot_user)
        names = {user: await self._name(home, user) for user in mentioned(body)}
        event = receive(body, place, account, self._tools.clock.now(), names)
        if event is None or isinstance(event.content, Gone | Away):
            return _nothing()
        handle = Handle(self._address(body), _text(body.get("trigger_id")))
        if isinstance(event.content, Press) and (message := pressed_in(body)) is not None:
            self._pressed.keep(message, handle)
        fresh = self._fresh(event.key)
        if "command" in body and fresh:
            handle.exchange = Exchange()
        event = event.model_copy(update={"profile": person.profile})
        await self._tools.bot.put([event], hints={event.key: handle})
        if handle.exchange is None:
            return _nothing()
        req.context[EXCHANGE] = handle.exchange
        payload = await handle.exchange.wait(_ANSWER_SECONDS)
        return _nothing() if payload is None else _json({"response_type": "ephemeral", **payload})

    async def _about_the_app(self, body: Body, tenant: Tenant) -> bool:
        """The app was removed, or somebody's account changed: no talk, and for every installation."""
        event = body.get("event")
        match event:
            case {"type": "app_uninstalled"}:
                await self._installations.removed(tenant)
            case {"type": "tokens_revoked", "tokens": {"bot": [_, *_]}}:
                await self._installations.removed(tenant)
            case {"type": "user_change", "user": {"id": str(user)}}:
                installation = await self._installations.of(tenant)
                if installation is not None:
                    await self._changed(body, installation, user, dict(body["event"]["user"]))
            case {"type": "tokens_revoked"}:
                return True
            case _:
                return False
        return True

    async def _changed(self, body: Body, installation: Installation, user: str, told: Body) -> None:
        person = read(told)
        if person.member:
            self._people.forget(installation, user)
        else:
            self._people.keep(installation, user, person)
        account = Account(platform=PLATFORM, tenant=installation.tenant, user=user)
        place = Place(installation.tenant, installation.bot_user)
        event = receive(body, place, account, self._tools.clock.now())
        if event is not None:
            await self._tools.bot.put([event])

    async def _sender(
        self, body: Body, installation: Installation
    ) -> tuple[Account, Installation, Person] | None:
        """Who did it. Somebody of a workspace without the app, in a channel shared with it, is a stranger."""
        actor = actor_of(body)
        if actor is None or actor[1] == installation.bot_user:
            return None
        team, user = actor
        home: Installation | None = installation
        if team is not None and team != installation.team:
            home = await self._installations.of(Tenant(None, team)) or await self._installations.of(
                Tenant(installation.enterprise, team)
            )
        if home is None:
            return None
        account = Account(platform=PLATFORM, tenant=home.tenant, user=user)
        return account, home, await self._people.of(home, user)

    async def _name(self, installation: Installation, user: str) -> str:
        return (await self._people.of(installation, user)).profile.name or ""

    def _address(self, body: Body) -> str | None:
        """The response address. Slack signed it, and yet only an address of Slack's own is taken."""
        url = _text(body.get("response_url"))
        return url if url is not None and self._web.is_slacks(url) else None

    def _fresh(self, key: str) -> bool:
        """Whether this process saw this key for the first time: a replay waits for no answer."""
        if key in self._seen:
            return False
        self._seen[key] = None
        if len(self._seen) > _MOST_REMEMBERED:
            self._seen.popitem(last=False)
        return True

    def _say(self, body: Body, key: str, language: str) -> BoltResponse:
        """A word to who gave a command; to others the bot is silent."""
        if "command" not in body:
            return _nothing()
        return _json({"response_type": "ephemeral", "text": self._tools.words(text(key), language)})


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _nothing() -> BoltResponse:
    return BoltResponse(status=200, body="")


def _json(payload: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=payload, headers={"content-type": ["application/json"]})
