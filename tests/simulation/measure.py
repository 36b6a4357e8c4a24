"""What a year brought about, read from the database, and what must hold whatever happened."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import combinations
from statistics import mean, median
from typing import Any

from sqlalchemy import select

from bot.domain.koffie import Answer, State
from bot.domain.layer import Layer
from bot.domain.tie import Outcome
from bot.store import outbox, tables
from bot.store import ties as tie_store
from bot.store.network import NOT_MET_HERE
from bot.store.work import Work
from tests.simulation.world import World

LAYERS = (Layer.RIJK, Layer.PROVINCIE, Layer.GEMEENTE, Layer.WATERSCHAP)
SMALL = 5
"""Fewer colleagues here, and an organisation is small."""
_TWO = 2
_SAMPLE = 100
"""People from whom the paths to all others are walked."""


@dataclass(frozen=True)
class Year:
    """The figures of one year. Shares are of active officials who take part in a channel."""

    people: int
    rounds: int
    tables: int
    of_three: int
    asked: int
    agreed: int
    drunk: int
    had_koffie: float
    ties: int
    alive_3: int
    reached_3: int
    alive_12: int
    reached_12: int
    across_layers: float
    know_every_other_layer: float
    layers_known: float
    path: float
    reached: float
    repeats: int
    never: int
    longest_wait: int
    small_reach: float | None
    large_reach: float | None
    days_to_yes: float
    days_to_koffie: float | None
    messages_a_month: float
    outbox: Mapping[str, int]

    def table(self) -> dict[str, Any]:
        return asdict(self)


async def measure(world: World, months: float) -> Year:
    """Count; a tie counts on a topic that both have a part in."""
    async with world.workshop.read() as work:
        return await _counted(work, world, months)


async def _counted(work: Work, world: World, months: float) -> Year:
    officials = {row.id: row for row in (await work.session.execute(select(tables.Official))).scalars()}
    members = {
        row.official_id for row in (await work.session.execute(select(tables.ChannelMember))).scalars()
    }
    topics: dict[int, set[int]] = defaultdict(set)
    for part in (await work.session.execute(select(tables.Involvement))).scalars():
        topics[part.official_id].add(part.topic_id)
    acquaintances = (await work.session.execute(select(tables.Acquaintance))).scalars().all()
    ties = [(row.low_id, row.high_id) for row in acquaintances]
    marks = await tie_store.marks(work)
    rounds = list((await work.session.execute(select(tables.Round))).scalars())
    koffies = {
        row.id: row
        for row in (
            await work.session.execute(select(tables.Koffie).where(tables.Koffie.round_id.is_not(None)))
        ).scalars()
    }
    seats: dict[int, list[tables.Seat]] = defaultdict(list)
    for seat in (await work.session.execute(select(tables.Seat).order_by(tables.Seat.id))).scalars():
        if seat.koffie_id in koffies:
            seats[seat.koffie_id].append(seat)
    sent = await outbox.counts(work)
    active = {number for number in members if officials[number].state == "active"}
    tables_ = [[seat.official_id for seat in seats[number]] for number in koffies]
    agreed = [row for row in koffies.values() if row.agreed_at is not None]
    met: dict[int, set[int]] = defaultdict(set)
    for one, other in ties:
        met[one].add(other)
        met[other].add(one)
    layers_known = [
        len(
            {
                officials[other].layer
                for other in met[who]
                if topics[who] & topics[other] and officials[other].layer in LAYERS
            }
            - {officials[who].layer}
        )
        for who in active
        if officials[who].layer in LAYERS
    ]
    times = Counter(pair for people in tables_ for pair in combinations(sorted(people), 2))
    had = {official for row in agreed for official in (seat.official_id for seat in seats[row.id])}
    size = Counter(row.organisation_id for row in officials.values() if row.state == "active")
    small = {who for who in active if size[officials[who].organisation_id] < SMALL}
    days = [(row.agreed_at - row.asked_at) / timedelta(days=1) for row in agreed if row.agreed_at]
    meetings = [wait / timedelta(days=1) for wait in await _to_koffie(work)]
    path, reached = _paths(met, active)
    return Year(
        people=len(active),
        rounds=len(rounds),
        tables=len(tables_),
        of_three=sum(len(people) > _TWO for people in tables_),
        asked=sum(map(len, tables_)),
        agreed=len(agreed),
        drunk=sum(row.state == State.DRUNK for row in koffies.values()),
        had_koffie=_share(who in had for who in active),
        ties=sum(tie.source not in NOT_MET_HERE for tie in acquaintances),
        alive_3=_alive(marks, 3),
        reached_3=_reached(marks, 3),
        alive_12=_alive(marks, 12),
        reached_12=_reached(marks, 12),
        across_layers=_share(len({officials[one].layer for one in some}) > 1 for some in tables_),
        know_every_other_layer=_share(count == len(LAYERS) - 1 for count in layers_known),
        layers_known=mean(layers_known) if layers_known else 0.0,
        path=path,
        reached=reached,
        repeats=sum(count - 1 for count in times.values()),
        never=len(active - {one for some in tables_ for one in some}),
        longest_wait=_longest_wait(rounds, koffies, seats),
        small_reach=_share(who in had for who in small) if small else None,
        large_reach=_share(who in had for who in active - small) if active - small else None,
        days_to_yes=median(days) if days else 0.0,
        days_to_koffie=median(meetings) if meetings else None,
        messages_a_month=mean(world.crowd.read[user] for user in world.users) / months,
        outbox=sent,
    )  # fmt: skip


async def _to_koffie(work: Work) -> list[timedelta]:
    """From the question to the moment in their calendars, of those that were drunk."""
    rows = await work.session.execute(
        select(tables.Koffie.asked_at, tables.MeetingSlot.starts_at)
        .join(tables.Meeting, tables.Meeting.koffie_id == tables.Koffie.id)
        .join(tables.MeetingSlot, tables.MeetingSlot.id == tables.Meeting.slot_id)
        .where(tables.Koffie.state == State.DRUNK)
    )
    return [starts - asked for asked, starts in rows]


def _reached(marks: Mapping[int, Mapping[Outcome, int]], age: int) -> int:
    """Ties that are old enough to have been counted at that age, in months."""
    return sum(marks.get(age, {}).values())


def _alive(marks: Mapping[int, Mapping[Outcome, int]], age: int) -> int:
    """Those of them of which somebody was heard."""
    return _reached(marks, age) - marks.get(age, {}).get(Outcome.QUIET, 0)


def _share(found: Any) -> float:
    values = list(found)
    return sum(values) / len(values) if values else 0.0


def _paths(met: Mapping[int, set[int]], active: set[int]) -> tuple[float, float]:
    """The mean steps from somebody to somebody else over ties, and the share that can be reached at all."""
    lengths: list[int] = []
    sample = sorted(active)[:: max(1, len(active) // _SAMPLE)]
    for start in sample:
        steps, waiting = {start: 0}, deque([start])
        while waiting:
            here = waiting.popleft()
            for other in met.get(here, ()):
                if other not in steps:
                    steps[other] = steps[here] + 1
                    waiting.append(other)
        lengths += [length for who, length in steps.items() if who in active and length]
    possible = len(sample) * (len(active) - 1)
    return (mean(lengths) if lengths else 0.0, len(lengths) / possible if possible else 0.0)


def _longest_wait(
    rounds: list[tables.Round], koffies: Mapping[int, tables.Koffie], seats: Mapping[int, list[tables.Seat]]
) -> int:
    """Most rounds of one channel between two in which somebody sat at a table of it."""
    place: dict[int, tuple[int, int]] = {}
    by_channel: Counter[int] = Counter()
    for round_ in sorted(rounds, key=lambda row: row.at):
        by_channel[round_.channel_id] += 1
        place[round_.id] = (round_.channel_id, by_channel[round_.channel_id])
    seen: dict[tuple[int, int], set[int]] = defaultdict(set)
    for number, row in koffies.items():
        if row.round_id is not None:
            channel, turn = place[row.round_id]
            for seat in seats[number]:
                seen[channel, seat.official_id].add(turn)
    gaps = [
        later - one
        for turns in seen.values()
        for one, later in zip(sorted(turns), sorted(turns)[1:], strict=False)
    ]
    return max(gaps, default=0)


async def broken(world: World) -> list[str]:
    """What must hold at the end of any year, and does not; an empty list is what is hoped for."""
    found = ["a message was delivered twice"] if max(world.crowd.keys.values(), default=0) > 1 else []
    async with world.workshop.read() as work:
        return [
            *found,
            *await _broken_delivery(work),
            *await _broken_koffies(work),
            *await _broken_consent(work, world),
        ]


async def _broken_delivery(work: Work) -> list[str]:
    found = []
    if (await outbox.counts(work)).get("unknown"):
        found.append("nobody can tell whether a message arrived")
    row = tables.Outbox
    late = select(row.id).where(row.state.in_(("pending", "sending")), row.not_before <= work.now)
    if (await work.session.execute(late)).first() is not None:
        found.append("a message that is due was not sent")
    failed = select(tables.Due.kind).where(tables.Due.failures > 0).distinct()
    return [*found, *(f"a job failed: {kind}" for kind in (await work.session.execute(failed)).scalars())]


async def _broken_consent(work: Work, world: World) -> list[str]:
    """Each contact route that somebody read lies behind every yes of a table at which both sat."""
    rows = await work.session.execute(
        select(tables.Seat.koffie_id, tables.Seat.official_id, tables.Koffie.agreed_at)
        .join(tables.Koffie, tables.Koffie.id == tables.Seat.koffie_id)
        .where(tables.Koffie.agreed_at.is_not(None))
        .order_by(tables.Koffie.agreed_at.desc())
    )
    at_table: dict[int, list[int]] = defaultdict(list)
    agreed_at: dict[int, datetime] = {}
    for koffie, official, agreed in rows:
        at_table[koffie].append(official)
        if agreed is not None:
            agreed_at[koffie] = agreed
    since = {
        frozenset(pair): agreed_at[koffie]
        for koffie, people in at_table.items()
        for pair in combinations(people, 2)
    }
    early = any(
        moment < since.get(frozenset((world.ids[reader], world.ids[other])), world.clock.now())
        for reader, other, moment in world.crowd.shown
    )
    if since and not world.crowd.shown:
        return ["nobody read a contact route: its words changed, and nothing was looked at"]
    return ["a contact route was shown before every yes"] if early else []


async def _broken_koffies(work: Work) -> list[str]:
    found: set[str] = set()
    blocks = (await work.session.execute(select(tables.Block))).scalars()
    apart = {frozenset((row.by_id, row.of_id)): row.at for row in blocks}
    seats: dict[int, list[tables.Seat]] = defaultdict(list)
    for seat in (await work.session.execute(select(tables.Seat))).scalars():
        seats[seat.koffie_id].append(seat)
    taken: Counter[tuple[int, datetime, int]] = Counter()
    for row in (await work.session.execute(select(tables.Koffie))).scalars():
        people = [seat.official_id for seat in seats[row.id]]
        agreed = row.state == State.AGREED
        if agreed and any(seat.answer != Answer.YES and not seat.gone for seat in seats[row.id]):
            found.add("agreed without every yes")
        if any(apart.get(frozenset(pair), row.asked_at) < row.asked_at for pair in combinations(people, 2)):
            found.add("a forbidden pair")
        if row.round_id is not None:
            taken.update((row.round_id, row.asked_at, who) for who in people)
    if max(taken.values(), default=0) > 1:
        found.add("somebody sat at two tables of one plan")
    return sorted(found)
