"""Run in Synapse's own environment: a homeserver that ends when nobody holds its lifeline any more.

Whoever uses it holds a shared lock on that file. The kernel lets go of a lock however its holder ends, so
that no server outlives a killed test run.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import threading

from synapse.app import homeserver


def _await_the_last(lifeline: str) -> None:
    with open(lifeline) as stream:  # noqa: PTH123 - a script of few lines
        fcntl.flock(stream, fcntl.LOCK_EX)
        os.kill(os.getpid(), signal.SIGTERM)
        # Held until the process is gone: who takes the lifeline now finds no server that is about to go.
        threading.Event().wait()


if __name__ == "__main__":
    _, configuration, lifeline = sys.argv
    sys.argv = ["synapse", "--config-path", configuration]
    threading.Thread(target=_await_the_last, args=[lifeline], daemon=True).start()
    homeserver.main()
