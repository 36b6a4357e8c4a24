"""The rig itself: what the other tests lean on."""

from __future__ import annotations

import os
import re
import secrets
import select
import signal
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.matrix.client import Client
from tests.matrix.proxy import Proxy, answers, cut, loses_the_answer
from tests.matrix.synapse import HERE, ROOT, MatrixError, homeserver, request

_HOLDS_ONE = """
import sys
from pathlib import Path
from tests.matrix.synapse import Homeserver
Homeserver(Path(sys.argv[1])).start()
print("up", flush=True)
sys.stdin.read()
"""


def test_no_server_outlives_a_killed_user(tmp_path: Path) -> None:
    home = tmp_path / "home"
    user = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-c", _HOLDS_ONE, home],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with user:
        assert user.stdout is not None
        assert user.stdout.readline() == "up\n"
        (server,) = Path(f"/proc/{user.pid}/task/{user.pid}/children").read_text("ascii").split()
        alive = os.pidfd_open(int(server))
        user.send_signal(signal.SIGKILL)
    try:
        # Readable once it ended.
        ended, _, _ = select.select([alive], [], [], 30)
    finally:
        os.close(alive)
    assert ended


async def test_a_strict_client_reads_who_signed_and_nobody_else() -> None:
    """Else nothing that strict clients read here would prove anything."""
    mark = secrets.token_hex(4)
    anna, bram, chantal = [
        await Client.open(homeserver(), f"{name}-{mark}", strict=strict, signs=strict)
        for name, strict in (("anna", True), ("bram", True), ("chantal", False))
    ]
    room = await anna.room(bram.user, chantal.user)
    for other in (bram, chantal):
        await other.joins()
    signed, unsigned = await bram.say(room, "getekend"), await chantal.say(room, "ongetekend")
    read = await anna.reads("getekend", by=bram.user)
    assert (read.id, read.shield) == (signed, {"colour": "none", "reason": None})
    unread = await anna.until(lambda: anna.events.get(unsigned))
    assert unread.failure is not None
    await anna.say(room, "voor wie getekend heeft")
    await bram.reads("voor wie", by=anna.user)
    withheld = await chantal.until(
        lambda: next(
            (one for one in chantal.events.values() if one.sender == anna.user and one.encrypted), None
        )
    )
    assert withheld.failure is not None
    for client in (anna, bram, chantal):
        await client.close()


async def test_the_proxy_does_what_it_is_told() -> None:
    async with Proxy(homeserver().url) as proxy:
        path = "/_matrix/client/versions"
        proxy.rule("GET", "/versions$", answers(502))
        with pytest.raises(MatrixError, match="502"):
            await request("GET", proxy.url + path)
        for fault in (cut, loses_the_answer):
            # An HTTP client tries a GET once more by itself.
            proxy.rule("GET", "/versions$", fault, times=2)
            with pytest.raises(aiohttp.ServerDisconnectedError):
                await request("GET", proxy.url + path)
        assert "versions" in await request("GET", proxy.url + path)
        assert [bool(call.answer) for call in proxy.of("GET", "versions")] == [
            False, False, False, True, True, True
        ]  # fmt: skip


def test_the_table_of_traps_and_the_tests_name_the_same() -> None:
    table = (ROOT / "docs" / "matrix" / "traps.md").read_text("utf-8")
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    named = [re.findall(r"`(test_\w+)` \|$", row) for row in rows]
    assert all(len(one) == 1 for one in named)
    code = "".join(file.read_text("utf-8") for file in HERE.glob("test_traps*.py"))
    tests = re.findall(r"^(?:async )?def (test_\w+)", code, re.MULTILINE)
    assert sorted(name for (name,) in named) == sorted(tests)
