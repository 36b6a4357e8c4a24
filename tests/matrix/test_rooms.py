"""Rooms as the sync tells them, by answers such as a real Synapse gave."""

from __future__ import annotations

from typing import Any

from adapters.matrix.rooms import Rooms

ME, ANNA, BRAM, ROOM = "@koffie:here", "@anna:here", "@bram:here", "!room"
Json = dict[str, Any]


def member(user: str, membership: str) -> Json:
    return {
        "type": "m.room.member",
        "state_key": user,
        "event_id": f"${membership}-{user}",
        "content": {"membership": membership},
    }


def answer(*timeline: Json, state: tuple[Json, ...] = ()) -> Json:
    return {"state": {"events": [*state]}, "timeline": {"events": [*timeline], "limited": False}}


def test_who_came_in_while_the_bot_spoke_is_in() -> None:
    """Both at one moment: with the bot's words Synapse tells the state that they knew of, an invitation."""
    rooms = Rooms(ME)
    rooms.joined(ROOM, answer(member(ANNA, "invite"), member(BRAM, "invite")))
    rooms.joined(ROOM, answer(member(ANNA, "join")))
    words = {"type": "m.room.encrypted", "event_id": "$words", "content": {}}
    rooms.joined(ROOM, answer(member(BRAM, "join"), state=(member(ANNA, "join"),)))
    known = rooms.joined(ROOM, answer(words, state=(member(BRAM, "invite"),)))
    assert known.members == {ME: "join", ANNA: "join", BRAM: "join"}


def test_what_the_state_tells_first_counts() -> None:
    """A gap in the timeline: what happened in it comes as state."""
    rooms = Rooms(ME)
    rooms.joined(ROOM, answer(member(ANNA, "invite")))
    known = rooms.joined(ROOM, answer(state=(member(ANNA, "join"),)))
    assert known.members[ANNA] == "join"


def test_a_bot_that_comes_back_knows_nothing_of_before() -> None:
    rooms = Rooms(ME)
    rooms.joined(ROOM, answer(member(ANNA, "join"), member(BRAM, "join")))
    rooms.left(ROOM)
    known = rooms.joined(ROOM, answer(state=(member(ANNA, "join"),)))
    assert known.members == {ME: "join", ANNA: "join"}


def test_of_what_tells_nothing_here_not_even_the_id_is_kept() -> None:
    """Who is in a call tells so again and again."""
    call = {"type": "org.matrix.msc3401.call.member", "state_key": ANNA, "content": {}}
    rooms = Rooms(ME)
    known = rooms.joined(ROOM, answer(*({**call, "event_id": f"$call-{n}"} for n in range(100))))
    assert known.taken == set()
