"""Workspaces install the app themselves: by a state that works once, with tokens that are renewed."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text

from adapters.slack.adapter import Slack
from adapters.slack.installations import Installation, ManyInstallations
from adapters.slack.oauth import States
from adapters.slack.pace import Pace
from adapters.slack.scopes import SCOPES
from adapters.slack.tenants import Tenant
from adapters.slack.web import Web
from bot.chat.address import Account, Direct
from bot.chat.message import say
from bot.compose.state import PlatformState
from bot.i18n.text import Words
from bot.store.work import Workshop
from tests.slack.parts import MemoryState, NotingBot, adapter
from tests.slack.strict import SECRET
from tests.slack.world import TEAM, World
from tests.support.ports import free_port

REDIRECT = "https://koffie.example.nl/slack/oauth_redirect"
HERE = Tenant(None, TEAM)


class Shop:
    """The adapter as an app that many install, listening."""

    def __init__(self, world: World, made: Slack, bot: NotingBot, state: MemoryState, url: str) -> None:
        self.world, self.made, self.bot, self.state, self.url = world, made, bot, state, url

    async def begin(self) -> tuple[str, str]:
        """The state that goes to Slack, and the cookie that stays."""
        async with self.world.session.get(f"{self.url}/slack/install", allow_redirects=False) as answer:
            assert answer.status == 302
            asked = parse_qs(urlsplit(answer.headers["Location"]).query)
            assert asked["scope"] == [",".join(SCOPES)]
            return asked["state"][0], answer.cookies["koffie-slack-install"].value

    async def sign_in(self, state: str) -> str:
        """Anna allows it; the code that Slack sends back."""
        form = {
            "user_id": self.world.person("anna").user, "redirect_uri": REDIRECT, "scope": ",".join(SCOPES),
            "state": state, "client_id": "111.222",
        }  # fmt: skip
        url = f"{self.world.strict.emulator}/oauth/v2/authorize/callback"
        async with self.world.session.post(url, data=form, allow_redirects=False) as answer:
            return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]

    async def finish(self, state: str, code: str, cookie: str) -> int:
        headers = {"Cookie": f"koffie-slack-install={cookie}"}
        query = {"state": state, "code": code}
        async with self.world.session.get(
            f"{self.url}/slack/oauth_redirect", params=query, headers=headers
        ) as answer:
            return answer.status

    async def install(self) -> None:
        state, cookie = await self.begin()
        assert await self.finish(state, await self.sign_in(state), cookie) == 200


@pytest.fixture
async def shop(slack: World) -> AsyncIterator[Shop]:
    bot, state, port = NotingBot(), MemoryState(), free_port()
    oauth = {"bot_token": None, "client_id": "111.222", "client_secret": "oauth-client-secret"}
    async with adapter(slack, bot, state, port=port, signing_secret=SECRET, **oauth) as made:
        running = asyncio.create_task(made.run())
        await slack.listening(port)
        slack.strict.koffie = f"http://127.0.0.1:{port}/slack/events"
        yield Shop(slack, made, bot, state, f"http://127.0.0.1:{port}")
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_installed_used_and_taken_out_again(shop: Shop) -> None:
    anna = shop.world.person("anna")
    to = Direct(account=Account(platform="slack", tenant=TEAM, user=anna.user))
    assert (await shop.made.deliver("k0", to, say(Words(text="dag")), (), None)).state == "gone"
    await shop.install()
    assert (await shop.made.deliver("k1", to, say(Words(text="dag")), (), None)).state == "sent"
    await anna.say("hallo")
    assert len(shop.bot.events) == 1
    await shop.install()
    assert [key for key in shop.state.values if key.startswith("installation:")] == [f"installation:{TEAM}"]
    await shop.world.event({"type": "app_uninstalled"})
    assert (await shop.made.deliver("k2", to, say(Words(text="dag")), (), None)).state == "gone"
    assert "xox" not in json.dumps({key: value[0].decode() for key, value in shop.state.values.items()})


async def test_revoked_tokens_are_forgotten_and_those_of_people_are_none_of_ours(shop: Shop) -> None:
    await shop.install()
    await shop.world.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})
    assert f"installation:{TEAM}" in shop.state.values
    await shop.world.event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U1"]}})
    assert f"installation:{TEAM}" not in shop.state.values


async def test_a_state_works_once_in_one_browser_and_not_for_ever(shop: Shop) -> None:
    state, cookie = await shop.begin()
    code = await shop.sign_in(state)
    assert await shop.finish(state, code, "another") == 400
    assert await shop.finish(state, code, "") == 400
    assert await shop.finish("made-up", code, "made-up") == 400
    assert await shop.finish(state, code, cookie) == 200
    assert await shop.finish(state, code, cookie) == 400


async def test_a_refusal_and_a_false_code_install_nothing(shop: Shop) -> None:
    state, cookie = await shop.begin()
    assert await shop.finish(state, "", cookie) == 200
    state, cookie = await shop.begin()
    assert await shop.finish(state, "wrong", cookie) == 502
    assert not [key for key in shop.state.values if key.startswith("installation:")]


async def test_of_five_who_bring_one_state_one_gets_in() -> None:
    states = States(MemoryState())
    token = await states.issue()
    assert sorted(await asyncio.gather(*(states.consume(token) for _ in range(5)))) == [False] * 4 + [True]


async def test_the_states_do_not_pile_up() -> None:
    kept = MemoryState()
    states = States(kept)
    tokens = [await states.issue() for _ in range(510)]
    assert len(json.loads(kept.values["oauth-states"][0])) == 500
    assert await states.consume(tokens[-1])


# Tokens that end.


def ending(world: World, *, in_seconds: int) -> Installation:
    world.strict.refreshes.add("r0")
    return Installation(
        team=TEAM, enterprise=None, url="", bot_user="U0000BOT01", token="xoxe-0",
        refresh_token="r0", expires_at=int(time.time()) + in_seconds,
    )  # fmt: skip


@pytest.fixture
async def web(slack: World) -> AsyncIterator[Web]:
    made = Web(f"{slack.slack}/api/", Pace(time.monotonic))
    yield made
    await made.close()


async def test_a_token_that_ends_soon_is_renewed_by_one_of_many(slack: World, web: Web) -> None:
    state = MemoryState()
    await ManyInstallations(web, state, "c", "s").save(ending(slack, in_seconds=600))
    processes = [ManyInstallations(web, state, "c", "s") for _ in range(5)]
    found = await asyncio.gather(*(process.of(HERE) for process in processes))
    assert len(slack.strict.of("oauth.v2.access")) == 1
    assert {one.token for one in found if one} <= {"xoxe-0", "xoxe-1"}
    again = await ManyInstallations(web, state, "c", "s").of(HERE)
    assert again is not None
    assert (again.token, again.refresh_token, again.lease_until) == ("xoxe-1", "r1", 0)


async def test_a_token_that_lasts_is_left_alone(slack: World, web: Web) -> None:
    many = ManyInstallations(web, MemoryState(), "c", "s")
    await many.save(ending(slack, in_seconds=11 * 3600))
    found = await many.of(HERE)
    assert found is not None
    assert found.token == "xoxe-0"
    assert slack.strict.calls == []


async def test_a_renewal_that_fails_keeps_the_old_token(slack: World, web: Web) -> None:
    many = ManyInstallations(web, MemoryState(), "c", "s")
    await many.save(replace(ending(slack, in_seconds=600), refresh_token="used"))
    found = await many.of(HERE)
    assert found is not None
    assert found.token == "xoxe-0"


async def test_who_somebody_is_does_not_hang_on_what_a_payload_names(web: Web) -> None:
    many = ManyInstallations(web, MemoryState(), "c", "s")
    await many.save(Installation("T1", "E1", "", "U0", "xoxb-1"))
    for named in (Tenant("E1", "T1"), Tenant(None, "T1")):
        found = await many.of(named)
        assert found is not None
        assert found.tenant == "E1/T1"


async def test_a_whole_enterprise_speaks_for_its_workspaces(web: Web) -> None:
    many = ManyInstallations(web, MemoryState(), "c", "s")
    await many.save(Installation("T1", "E1", "", "U0", "xoxb-e", whole_enterprise=True))
    found = await many.of(Tenant("E1", "T2"))
    assert found is not None
    assert (found.tenant, found.token) == ("E1/T2", "xoxb-e")
    assert await many.of(Tenant("E2", "T2")) is None
    assert [one.tenant for one in await many.all()] == ["E1/T1"]


async def test_tokens_are_kept_encrypted(workshop: Workshop, web: Web) -> None:
    many = ManyInstallations(web, PlatformState(workshop, "slack"), "c", "s")
    await many.save(Installation(TEAM, None, "", "U0", "xoxb-very-secret"))
    assert (await ManyInstallations(web, PlatformState(workshop, "slack"), "c", "s").of(HERE)) is not None
    async with workshop.read() as work:
        rows = (await work.session.execute(text("select * from adapter_state"))).all()
    assert rows
    assert "very-secret" not in repr(rows)


def test_an_installation_never_shows_its_token() -> None:
    assert "xoxb" not in repr(Installation(TEAM, None, "", "U0", "xoxb-1"))
