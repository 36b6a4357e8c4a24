"""The HTTP side: Slack's requests to Bolt, and the pages of an installation."""

from __future__ import annotations

import logging
import re

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from adapters.slack.entrance import EXCHANGE
from adapters.slack.exchange import Exchange
from adapters.slack.oauth import OAuth

log = logging.getLogger(__name__)
PATH = "/slack/events"
_DRAIN_SECONDS = 5.0
_STAMP = re.compile("[0-9]{1,15}")


class Listener:
    """An HTTP server for Slack. TLS is the business of the proxy in front of it."""

    def __init__(self, app: AsyncApp, signing_secret: str, host: str, port: int, oauth: OAuth | None) -> None:
        if not signing_secret:
            raise ValueError("with an empty secret everybody could sign")
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)
        self._host = host
        self._port = port
        served = web.Application()
        served.router.add_post(PATH, self._events)
        if oauth is not None:
            served.router.add_get("/slack/install", oauth.install)
            served.router.add_get("/slack/oauth_redirect", oauth.redirected)
        self._runner = web.AppRunner(
            served, access_log=None, handle_signals=False, shutdown_timeout=_DRAIN_SECONDS
        )

    async def start(self) -> None:
        """Raises ``OSError`` when the port is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port, reuse_address=True).start()
        log.info("listening for Slack on %s:%s", self._host, self._port)

    async def stop(self) -> None:
        """Take nothing new, and finish the requests in hand."""
        await self._runner.cleanup()

    async def _events(self, request: web.Request) -> web.StreamResponse:
        try:
            body = (await request.read()).decode()
        except UnicodeDecodeError:
            return web.Response(status=400)
        # Before anything is made of the body: Bolt reads it first and checks the signature after that.
        if not self._signed(body, request):
            return web.Response(status=401)
        try:
            asked = AsyncBoltRequest(body=body, query=request.query_string, headers=dict(request.headers))
        except (ValueError, AttributeError, TypeError, RecursionError):
            return web.Response(status=400)
        answer = await to_aiohttp_response(await self._app.async_dispatch(asked))
        exchange = asked.context.get(EXCHANGE)
        if isinstance(exchange, Exchange):
            await _write(request, answer, exchange)
        return answer

    def _signed(self, body: str, request: web.Request) -> bool:
        """Whether Slack signed this, in the last five minutes."""
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not (_STAMP.fullmatch(stamp) and signature.isascii()):
            return False
        return self._verifier.is_valid(body, stamp, signature)


async def _write(request: web.Request, answer: web.Response, exchange: Exchange) -> None:
    """Write the answer here, to learn whether it went out whole: what did not is sent another way."""
    written = False
    try:
        await answer.prepare(request)
        await answer.write_eof()
        written = True
    except OSError as error:
        log.info("an answer in the exchange was cut off: %s", type(error).__name__)
    finally:
        exchange.over(written=written)
