"""How fast the homeserver lets the bot go, learned from a homeserver as Synapse counts."""

from __future__ import annotations

import heapq
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.matrix.pace import PATIENCE_SECONDS, Pace

_number = itertools.count()


class Server:
    """A leaky bucket, as Synapse's limiter: refusals do not count."""

    def __init__(self, rate: float, burst: int) -> None:
        self.now = 1000.0
        self.refused = 0
        self._rate, self._burst = rate, burst
        self._level, self._at = 0.0, self.now

    def takes(self) -> float | None:
        """``None``, or the seconds that it says to wait."""
        self._level = max(0.0, self._level - (self.now - self._at) * self._rate)
        self._at = self.now
        # Not refused for what is lost in the arithmetic.
        if self._level + 1 <= self._burst + 1e-6:
            self._level += 1
            return None
        self.refused += 1
        return (self._level + 1 - self._burst) / self._rate


class Bot:
    """What the adapter does with its turns."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.pace = Pace(lambda: server.now)

    def send(self, key: str = "", *, urgent: bool = False) -> float | None:
        """``None`` when it is sent, else the seconds until it is tried again."""
        key = key or f"message {next(_number)}"
        wait = self.pace.wait("send", key, urgent=urgent)
        if wait > PATIENCE_SECONDS:
            return wait
        self.server.now += wait
        seconds = self.server.takes()
        if seconds is None:
            self.pace.accepted("send", key)
        else:
            self.pace.refused("send", key, seconds)
        return seconds

    def send_all(self, number: int) -> None:
        """One worker, and no urgent message in between."""
        for one in range(number):
            while (wait := self.send(f"one of many {one}")) is not None:
                self.server.now += wait


def test_without_a_refusal_nothing_waits() -> None:
    bot = Bot(Server(1, 1000))
    assert [bot.send() for _ in range(1000)] == [None] * 1000


@given(rate=st.floats(0.05, 20), burst=st.integers(5, 30))
def test_a_rush_learns_the_pace_and_keeps_to_it(rate: float, burst: int) -> None:
    server = Server(rate, burst)
    began = server.now
    Bot(server).send_all(200)
    assert server.refused <= 12
    # Not much slower than the server allows, the few turns that are kept free included.
    assert server.now - began <= 1.6 * (200 + 5) / rate + 60


@pytest.mark.parametrize("messages", [50, 120, 200])
def test_an_answer_finds_a_turn_free_in_the_middle_of_a_rush(messages: int) -> None:
    server = Server(0.2, 10)
    bot = Bot(server)
    bot.send_all(messages)
    before = server.refused
    assert [bot.send(urgent=True) for _ in range(3)] == [None] * 3
    assert server.refused == before


def test_what_is_held_back_is_not_asked_of_the_server() -> None:
    server = Server(0.2, 10)
    bot = Bot(server)
    while bot.send() is None:
        pass
    refused, waits = server.refused, [bot.send() for _ in range(20)]
    assert server.refused == refused
    times = [wait for wait in waits if wait is not None]
    assert len(times) == 20
    # They come back one after the other.
    assert times == sorted(set(times))


def test_many_go_in_the_order_in_which_they_asked_and_an_answer_before_them() -> None:
    """As the outbox does: each asks again when it was told to."""
    server = Server(0.2, 10)
    bot = Bot(server)
    due = [(server.now, number, f"message {number} of many") for number in range(100)]
    sent: list[str] = []
    asked = 0.0
    while due:
        at, number, key = heapq.heappop(due)
        server.now = max(server.now, at)
        if not asked and len(sent) == 12:
            # The bucket was just emptied; the first try of the answer comes too early.
            due.append((server.now, -1, "answer"))
            asked = server.now
            heapq.heapify(due)
        wait = bot.send(key, urgent=key == "answer" and server.now == asked)
        if wait is None:
            sent.append(key)
            if key == "answer":
                assert server.now - asked <= 10
        else:
            heapq.heappush(due, (server.now + wait, number, key))
    assert len(sent) == 101
    sent.remove("answer")
    assert sent == [f"message {number} of many" for number in range(100)]


def test_a_limit_that_was_lifted_is_found_out() -> None:
    server = Server(0.2, 10)
    bot = Bot(server)
    while bot.send() is None:
        pass
    server._burst = 1000
    server.now += 3601
    assert [bot.send() for _ in range(100)] == [None] * 100


def test_what_was_on_its_way_at_a_refusal_tells_no_pace() -> None:
    """Four go at once: one that the server took may come back behind the refusal of another."""
    server = Server(0.2, 10)
    bot = Bot(server)
    while bot.send() is None:
        pass
    bot.pace.accepted("send", "taken before")
    for key in ("refused with it", "and this"):
        bot.pace.refused("send", key, 4.0)
    refused = server.refused
    bot.send_all(100)
    assert server.refused == refused


def test_an_answer_at_a_refusal_goes_just_when_the_server_says() -> None:
    server = Server(0.2, 10)
    bot = Bot(server)
    while (seconds := bot.send()) is None:
        pass
    began, refused = server.now, server.refused
    while (wait := bot.send("answer", urgent=server.now == began)) is not None:
        server.now += wait
    assert server.now - began <= seconds + 0.01
    assert server.refused == refused
