"""A bare bot on matrix-nio as its manual has it: joins, and says again what is said. Ours is held against it.

usage: python -m tests.matrix.echo HOMESERVER USER PASSWORD FOLDER
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from nio import AsyncClient, AsyncClientConfig, InviteMemberEvent, MatrixRoom, RoomMessageText

from tests.matrix.synapse import PASSWORD, ROOT, Login

MARK = "echo: "
_READY = "its device is there"


async def echo(homeserver: str, user: str, password: str, folder: Path) -> None:
    """Run until cancelled."""
    configuration = AsyncClientConfig(encryption_enabled=True, store_sync_tokens=False)
    client = AsyncClient(homeserver, user, store_path=str(folder), config=configuration)
    await client.login(password)

    async def invited(room: MatrixRoom, event: InviteMemberEvent) -> None:
        if event.state_key == user and event.membership == "invite":
            await client.join(room.room_id)

    async def said(room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender != user:
            content = {"msgtype": "m.text", "body": MARK + event.body}
            await client.room_send(room.room_id, "m.room.message", content, ignore_unverified_devices=True)

    client.add_event_callback(invited, InviteMemberEvent)
    client.add_event_callback(said, RoomMessageText)
    try:
        # Who writes before its device is there is never read.
        await client.keys_upload()
        sys.stdout.write(f"{_READY}\n")
        sys.stdout.flush()
        await client.sync_forever(timeout=30_000, full_state=True)
    finally:
        await client.close()


@asynccontextmanager
async def echoing(login: Login, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot in a process of its own, whose device everybody can write to."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.matrix.echo", login.url, login.user, PASSWORD, str(folder),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        if running.stdout is None or (await running.stdout.readline()).decode().strip() != _READY:
            raise RuntimeError("the bare bot did not start")
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()


if __name__ == "__main__":
    _, _homeserver, _user, _password, _folder = sys.argv
    Path(_folder).mkdir(exist_ok=True)
    asyncio.run(echo(_homeserver, _user, _password, Path(_folder)))
