"""Looking up: whom one knows, whom one can reach through somebody, and who is willing but not yet known."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.domain.errors import KoffieError
from bot.domain.fairness import in_turn
from bot.domain.ids import OfficialId, OrganisationId, SubQuestionId
from bot.domain.koffie_view import Phase, visible
from bot.domain.layer import Layer
from bot.domain.official import Official
from bot.domain.search import Search
from bot.domain.topic import Topic
from bot.i18n.text import text
from bot.services import members_only
from bot.services.register import indexes
from bot.store import involvements, koffie, look_up, network, officials
from bot.store import topic as topics
from bot.store.involvements import Candidate
from bot.store.look_up import Listed
from bot.store.network import Around, Tie
from bot.store.officials import OwnLines
from bot.store.work import Work

KOEPEL = "koepel"
Extra = Literal["not-about", "human-line"]
_PAGE = 50
_MOST_PAGES = 40
_HEARD = 50
"""From so many on, a layer counts as heard in a topic: more voices do not put it further back."""


@dataclass(frozen=True)
class Stance:
    """What stands between an official and others now, as far as that official may know.

    ``around``: ties, terms apart and blocks. ``asked``: a koffie is open. ``agreed``: both said yes.
    ``away``: kept apart, blocked either way, or said to be known by the official.
    """

    me: Official
    around: Around
    asked: frozenset[OfficialId]
    agreed: frozenset[OfficialId]
    away: frozenset[OfficialId]

    @property
    def known(self) -> frozenset[OfficialId]:
        return self.around.known

    def open_to(self, candidate: Candidate, topic: Topic) -> bool:
        """Whether somebody may be in a new list."""
        official = candidate.official
        return (
            official != self.me.id
            and candidate.organisation != self.me.organisation_id
            and (candidate.kind != KOEPEL or topic.koepels)
            and official not in self.known | self.asked | self.agreed | self.away
        )


async def stance(work: Work, me: Official) -> Stance:
    koffies = await koffie.all_of(work, me.id)
    running = [kept for kept in koffies if kept.koffie.settled_at is None]
    agreed: set[OfficialId] = set()
    for kept in running:
        if visible(kept.koffie, me.id, work.now).phase is Phase.AGREED:
            agreed.update(kept.others(me.id))
    around = await network.around(work, me.id)
    return Stance(
        me=me,
        around=around,
        asked=koffie.open_among(work, me.id, running),
        agreed=frozenset(agreed),
        away=around.apart | around.blocked | koffie.known_among(me.id, koffies),
    )


@dataclass(frozen=True)
class Seat:
    """Somebody in the third ring; ``asked`` or ``agreed`` when a koffie of the two runs.

    ``own``: which lines of the card this person wrote, once that is known.
    """

    listed: Listed
    asked: bool = False
    agreed: bool = False
    own: OwnLines | None = None

    @property
    def extras(self) -> tuple[Extra, ...]:
        """The facts of the card that this person filled in."""
        if self.own is None:
            return ()
        extras: list[Extra] = ["not-about"] if self.own.not_about else []
        return (*extras, "human-line") if self.own.human_line else tuple(extras)


@dataclass(frozen=True)
class Known:
    """Somebody in the first ring, with the tie."""

    tie: Tie
    layer: Layer


@dataclass(frozen=True)
class Rings:
    """The answer. ``reachable``: there are go-betweens enough to say so; ``introducers`` may be named.

    ``koepel``: an umbrella organisation was asked for, and those take no part in this topic.
    """

    known: tuple[Known, ...]
    reachable: bool
    introducers: tuple[OfficialId, ...]
    willing: tuple[Seat, ...]
    koepel: bool = False


async def answer(work: Work, me: Official, search: Search) -> Rings:
    """The three rings for one topic. Raises :class:`KoffieError` for who may not search (any more today)."""
    refuse_hidden(me)
    topic = await topic_of(work, search)
    await members_only.refuse_outsiders(work, topic, me.id)
    search = await fitting(work, search, topic)
    kept = await _kept(work, me, search)
    between = await stance(work, me)
    organisations = await organisations_in(work, search)
    willing = await _with_own_lines(work, await _list(work, between, topic, search, organisations, kept))
    if topic.sensitive:
        return Rings((), reachable=False, introducers=(), willing=willing)
    known = await _known(work, between, topic, search, organisations)
    go_betweens = await network.go_betweens(
        work,
        between.known,
        topic.id,
        layers=search.layers,
        organisations=organisations,
        beyond=between.known | {me.id},
    )
    reachable = len(go_betweens) >= work.rules.go_betweens
    introducers = await network.introducing(work, go_betweens) if reachable else []
    koepel = not topic.koepels and await _asks_koepel(work, search)
    return Rings(known, reachable, tuple(introducers), willing, koepel)


async def _with_own_lines(work: Work, seats: tuple[Seat, ...]) -> tuple[Seat, ...]:
    """Read of those of whom it is not known yet."""
    own = await officials.own_lines(work, [seat.listed.official for seat in seats if seat.own is None])
    return tuple(
        replace(seat, own=own.get(seat.listed.official)) if seat.own is None else seat for seat in seats
    )


async def _kept(work: Work, me: Official, search: Search) -> tuple[Listed, ...]:
    """The list of this week, if there is one: then asking again is free. Else it counts for today."""
    kept = await look_up.listed(work, me.id, search.key)
    if kept is None:
        if not await look_up.count(work, me.id, look_up.LOOK_UP, work.rules.lookups_a_day):
            raise KoffieError(text("look-up-limit", count=work.rules.lookups_a_day))
        return ()
    return kept


def refuse_hidden(me: Official) -> None:
    """Only who can be found may search (P10)."""
    if not me.switches.findable:
        raise KoffieError(text("look-up-hidden"))


async def become_findable(work: Work, me: Official) -> Official:
    """Switch on being found, and read the official anew."""
    await officials.change(work, me.id, findable=True, findable_again_at=None)
    await involvements.refresh(work, me.id)
    changed = await officials.get(work, me.id)
    return changed or me


async def known_at(work: Work, me: Official, search: Search) -> tuple[Known, ...]:
    """Acquaintances at a layer, an organisation or in a region, whatever they work on; newest first."""
    organisations = await organisations_in(work, search)
    around = await network.around(work, me.id)
    where = {
        official: place
        for official, place in (await network.whereabouts(work, around.known - around.blocking)).items()
        if (not search.layers or place.layer in search.layers)
        and (organisations is None or place.organisation in organisations)
    }
    return tuple(Known(tie, where[tie.other].layer) for tie in around.ties if tie.other in where)


async def topic_of(work: Work, search: Search) -> Topic:
    """The one topic of a search. Raises :class:`KoffieError` when it is closed."""
    (number,) = search.topics
    topic = (await indexes(work)).topics.get(number)
    if topic is None:
        raise KoffieError(text("look-up-topic-closed"))
    return topic


async def fitting(work: Work, search: Search, topic: Topic) -> Search:
    """The search as it counts: of the topic that the one asked for became part of, where it did.

    On a sensitive topic an organisation or a region would tell who it is: only the layer counts.
    """
    search = replace(search, topics=(topic.id,))
    if not topic.sensitive:
        return search
    known = (await indexes(work)).organisations
    named = [one for number in search.organisations if (one := known.get(number))]
    return search.without_place(tuple(dict.fromkeys(one.layer for one in named)))


async def organisations_in(work: Work, search: Search) -> frozenset[OrganisationId] | None:
    """The organisations that the search allows; ``None`` for all."""
    if search.organisations:
        return frozenset(search.organisations)
    if search.region is None:
        return None
    region = search.region
    all_of_them = (await indexes(work)).organisations.organisations
    return frozenset(one.id for one in all_of_them if region.holds(one))


async def _asks_koepel(work: Work, search: Search) -> bool:
    known = (await indexes(work)).organisations
    found = [known.get(number) for number in search.organisations]
    return any(one is not None and one.kind == KOEPEL for one in found)


async def _list(
    work: Work,
    between: Stance,
    topic: Topic,
    search: Search,
    organisations: frozenset[OrganisationId] | None,
    kept: Sequence[Listed],
) -> tuple[Seat, ...]:
    """The list of this week as it stands, or a new one where there is nobody left on it.

    Who left it is not replaced: asking again and again would be browsing.
    """
    seats = await _still(work, between, topic, kept)
    if seats:
        return seats
    made = await willing(work, between, topic, search, organisations)
    await look_up.keep(work, between.me.id, search.key, made)
    await involvements.note_shown(work, topic.id, [one.official for one in made])
    return tuple(Seat(one) for one in made)


async def _still(work: Work, between: Stance, topic: Topic, kept: Sequence[Listed]) -> tuple[Seat, ...]:
    """Who of a list may still be shown.

    With whom a koffie is open stays, whatever happened on the other side: leaving would tell of a no (P24).
    """
    found = await involvements.in_topic(work, topic.id, [one.official for one in kept])
    own = {candidate.official: candidate.own for candidate in found}
    fine = {candidate.official for candidate in found if between.open_to(candidate, topic)}
    seats: list[Seat] = []
    for one in kept:
        if one.official in between.asked:
            seats.append(Seat(one, asked=True, own=own.get(one.official)))
        elif one.official in between.agreed:
            seats.append(Seat(one, agreed=True, own=own.get(one.official)))
        elif one.official in fine:
            seats.append(Seat(one, own=own.get(one.official)))
    return tuple(seats)


async def willing(
    work: Work,
    between: Stance,
    topic: Topic,
    search: Search,
    organisations: Collection[OrganisationId] | None,
    limit: int | None = None,
) -> list[Listed]:
    """Who is willing and not yet known: a seat for who leads, the others in turn over layers, by rank.

    The layer that is heard least in this topic begins, one's own comes last (P2, P11).
    """
    most = limit or work.rules.results_a_lookup
    layers = list(search.layers or Layer)
    work.random.shuffle(layers)
    heard = {layer: await involvements.voices(work, topic.id, layer, _HEARD) for layer in layers}
    layers.sort(key=lambda layer: (layer is between.me.layer, heard[layer]))
    leads = [
        await _allowed(work, between, topic, layer, organisations, 1, leads=True, part=search.part)
        for layer in layers
    ]
    first = in_turn(leads, 1)
    queues = [
        await _allowed(work, between, topic, layer, organisations, most, part=search.part) for layer in layers
    ]
    rest = [[one for one in queue if one not in first] for queue in queues]
    chosen = [*first, *in_turn(rest, most - len(first))]
    return [Listed(one.official, one.layer, one.part) for one in chosen]


async def _allowed(
    work: Work,
    between: Stance,
    topic: Topic,
    layer: Layer,
    organisations: Collection[OrganisationId] | None,
    most: int,
    *,
    leads: bool = False,
    part: SubQuestionId | None = None,
) -> list[Candidate]:
    """The best ranked of a layer who may be listed: the index is read on until there are enough."""
    found: list[Candidate] = []
    after: tuple[int, OfficialId] | None = None
    for _ in range(_MOST_PAGES):
        page = await involvements.ranked(
            work,
            topic.id,
            layer,
            _PAGE,
            after=after,
            leads=leads,
            organisations=organisations,
            part=part,
        )
        found += [candidate for candidate in page if between.open_to(candidate, topic)]
        if len(page) < _PAGE or len(found) >= most:
            break
        after = page[-1].place
    return found[:most]


async def anybody(work: Work, between: Stance, topic: Topic, layer: Layer | None = None) -> bool:
    """Whether a look-up would find somebody."""
    for one in (layer,) if layer else Layer:
        if await _allowed(work, between, topic, one, None, 1):
            return True
    return False


async def _known(
    work: Work,
    between: Stance,
    topic: Topic,
    search: Search,
    organisations: frozenset[OrganisationId] | None,
) -> tuple[Known, ...]:
    """Acquaintances who fit, the newest tie first."""
    around = between.around
    found = {
        candidate.official: candidate
        for candidate in await involvements.in_topic(
            work, topic.id, around.known - around.blocking, asked=False
        )
        if (not search.layers or candidate.layer in search.layers)
        and (organisations is None or candidate.organisation in organisations)
    }
    if search.part is not None:
        chose = await topics.who_chose(work, search.part, found)
        found = {official: one for official, one in found.items() if official in chose}
    return tuple(Known(tie, found[tie.other].layer) for tie in around.ties if tie.other in found)


async def widened(work: Work, between: Stance, topic: Topic, most: int) -> list[Topic]:
    """Neighbouring topics (P31) for which there is somebody."""
    near = (await indexes(work)).topics.neighbours(topic)
    found: list[Topic] = []
    for other in near[: 4 * most]:
        if len(found) < most and not other.sensitive and await anybody(work, between, other):
            found.append(other)
    return found


async def tell_gap(work: Work, me: Official, search: Search) -> None:
    """Count, without who asked, that a layer lacks."""
    topic = await topic_of(work, search)
    await members_only.refuse_outsiders(work, topic, me.id)
    search = await fitting(work, search, topic)
    if search.layer is not None:
        await look_up.tell_gap(work, me.id, search.key, topic.id, search.layer)
