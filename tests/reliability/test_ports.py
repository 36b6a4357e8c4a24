"""The ports of the tests' own servers: lost to others in between, a whole run fails by chance."""

import asyncio
import socket
from contextlib import closing

import pytest

from tests.support.ports import free_port


def test_nobody_else_gets_a_port_before_its_server_listens() -> None:
    port = free_port()
    with closing(socket.socket()) as outgoing, pytest.raises(OSError, match="in use"):
        outgoing.bind(("127.0.0.1", port))


async def test_a_server_listens_on_its_port_and_again_after_a_restart() -> None:
    port = free_port()
    for _ in range(2):
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", port)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
        server.close()
        await server.wait_closed()


async def test_nobody_answers_while_its_server_is_away() -> None:
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", free_port())
