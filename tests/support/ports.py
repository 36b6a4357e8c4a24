"""Ports on loopback for servers that must be told theirs before they listen."""

from __future__ import annotations

import socket

_held: list[socket.socket] = []


def free_port() -> int:
    """A port that nobody takes before the server that it is meant for listens on it, nor while it restarts.

    Between asking for a free port and listening lie seconds, in which the kernel may give the same one to
    another process or to an outgoing connection. So this process holds it until it ends, bound and silent:
    the kernel gives a bound port to nobody who did not ask for it by number, and with ``SO_REUSEADDR``, which
    servers set, who does ask may listen beside one who does not.
    """
    holding = socket.socket()
    holding.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holding.bind(("127.0.0.1", 0))
    _held.append(holding)
    port: int = holding.getsockname()[1]
    return port
