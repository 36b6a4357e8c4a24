"""What a reader may see of an official, asked at the moment of sending."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.ids import KoffieId, OfficialId
from bot.i18n.text import About, Text, text
from bot.store import accounts, contact, meeting
from bot.store import reveal as store
from bot.store.reveal import Between, Seen
from bot.store.work import Work

Shown = Mapping[About, str | Text]
Links = Mapping[OfficialId, str]
"""Links to a talk with officials on the reader's platform; asked there before the transaction began."""


class Withheld(Exception):
    """The message holds something that its reader may not see (any more): it is not sent."""


@dataclass(frozen=True)
class Way:
    """How to reach somebody: ``kind`` is chat, email or phone, ``value`` an address, number, link or handle.

    An empty value: the two share no chat, and no other way was chosen. It never shows in a log.
    """

    kind: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class Sight:
    """What one reader sees of some officials now. Who is not in ``seen`` was erased."""

    reader: OfficialId | None
    seen: Mapping[OfficialId, Seen]
    between: Between
    ways: Mapping[OfficialId, Way] = field(default_factory=dict)

    @property
    def language(self) -> str | None:
        """The reader's; ``None`` for who is not registered, or not any more."""
        mine = self.seen.get(self.reader) if self.reader is not None else None
        return None if mine is None else mine.language

    def names(self, official: OfficialId) -> bool:
        """Whether the reader may know who this is: oneself, whom one met, or both can be found (P10, P20)."""
        if official == self.reader or official in self.between.named:
            return True
        mine = self.seen.get(self.reader) if self.reader is not None else None
        return mine is not None and mine.findable and self.seen[official].findable

    def reaches(self, official: OfficialId) -> bool:
        """Whether the reader may have the contact route: only after every yes, and without a block."""
        return official in self.seen and (official == self.reader or official in self.between.reachable)

    def fact(self, fact: About) -> str | Text:
        """A fact in words. Raises :class:`Withheld` for a contact route without an agreed koffie."""
        official = OfficialId(fact.official)
        if fact.fact in {"route", "link"}:
            if not self.reaches(official):
                raise Withheld("no agreed koffie")
            way = self.ways[official]
            return way.value if fact.fact == "link" else in_words(way)
        if official not in self.seen:
            return _HIDDEN[fact.fact] if fact.fact in _HIDDEN else text("about-erased")
        if not self.names(official):
            return _HIDDEN[fact.fact] if fact.fact in _HIDDEN else text("reveal-colleague")
        return _of_card(self.seen[official], fact.fact)


def _of_card(known: Seen, fact: str) -> str | Text:
    match fact:
        case "organisation":
            return known.organisation
        case "card":
            return text("about-card", name=known.name, organisation=known.organisation)
        case "role":
            return known.role
        case "position" if known.role:
            return text("about-position", role=known.role, organisation=known.organisation)
        case "position":
            return known.organisation
        case "not-about":
            return text("about-not-about", words=known.not_about) if known.not_about else ""
        case "human-line":
            return known.human_line
        case _:
            return known.name


_HIDDEN: Mapping[str, str | Text] = {
    "organisation": text("reveal-organisation"),
    "position": text("reveal-organisation"),
    "role": "",
    "not-about": "",
    "human-line": "",
}


def in_words(way: Way) -> Text:
    """How to reach somebody, as the end of a sentence."""
    match way:
        case Way(value=""):
            return text("reveal-route-none")
        case Way(kind="email", value=value):
            return text("reveal-route-email", value=value)
        case Way(kind="phone", value=value):
            return text("reveal-route-phone", value=value)
        case Way(value=value):
            return text("reveal-route-chat", value=value)


async def sight(work: Work, reader: OfficialId | None, officials: Collection[OfficialId]) -> Sight:
    """The reader, and consent as it stands now, in one query or two for all officials together."""
    if reader is None:
        seen = await store.seen(work, officials) if officials else {}
        return Sight(None, seen, Between(frozenset(), frozenset()))
    seen, between = await store.seen_by(work, reader, {*officials, reader})
    return Sight(reader, seen, between)


async def way_to(work: Work, sight: Sight, official: OfficialId, links: Links) -> Way:
    """How the reader reaches this official. Raises :class:`Withheld` without an agreed koffie."""
    if sight.reader is None or not sight.reaches(official):
        raise Withheld("no agreed koffie")
    route = await contact.route_of(work, official)
    if route.kind != "chat":
        return Way(route.kind, route.value)
    if official in links:
        return Way("chat", links[official])
    places = {
        (account.platform, account.tenant) for account in await accounts.accounts_of(work, sight.reader)
    }
    shared = [a for a in await accounts.accounts_of(work, official) if (a.platform, a.tenant) in places]
    return Way("chat", shared[0].user if shared else "")


async def reveal(work: Work, seen: Sight, facts: Iterable[About], links: Links | None = None) -> Shown:
    """The facts in words or texts, for the reader whose sight of all these officials it is.

    Who was erased is 'a former colleague', who may not be named 'a colleague'. Raises :class:`Withheld` for a
    contact route without an agreed koffie between the two, and for a small win or a place that is not the
    reader's.
    """
    wanted = set(facts)
    ways = {
        official: await way_to(work, seen, official, links or {})
        for official in {OfficialId(fact.official) for fact in wanted if fact.fact in {"route", "link"}}
    }
    seen = Sight(seen.reader, seen.seen, seen.between, ways)
    shown: dict[About, str | Text] = {}
    for fact in wanted:
        match fact.fact:
            case "win":
                shown[fact] = await _win(work, seen.reader, fact)
            case "meeting-place":
                shown[fact] = await _place(work, seen.reader, fact)
            case _:
                shown[fact] = seen.fact(fact)
    return shown


async def user_of(work: Work, seen: Sight, official: OfficialId, platform: str) -> str | None:
    """The user id by which a platform may call somebody: of whom the reader may reach there, and no other."""
    if not seen.reaches(official):
        return None
    here = [one.user for one in await accounts.accounts_of(work, official) if one.platform == platform]
    return here[0] if here else None


async def _place(work: Work, reader: OfficialId | None, fact: About) -> str:
    """Where a koffie is, by the words of one of them. Raises :class:`Withheld` for who does not sit there."""
    if reader is not None and fact.koffie is not None:
        place = await meeting.place_of(work, reader, KoffieId(fact.koffie), OfficialId(fact.official))
        if place:
            return place
    raise Withheld("no place for this reader")


async def _win(work: Work, reader: OfficialId | None, fact: About) -> str:
    line = None if fact.koffie is None else await store.win(work, reader, KoffieId(fact.koffie))
    if line is None:
        raise Withheld("no small win for this reader")
    return line
