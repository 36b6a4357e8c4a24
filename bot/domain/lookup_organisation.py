"""Which organisation someone means: forgiving in spelling, asking where a name is two things."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.ids import OrganisationId
from bot.domain.kinds import KIND_WORDS, kind_of, rewrite
from bot.domain.lookup import SURE, Best, Hit, Reason, allowed_edits, typo_score, windows
from bot.domain.register import Alias, Organisation, Region, RegionKind
from bot.domain.words import squash, tokens

_GLUE = frozenset("de het der van voor v t the of bij".split())
_FILLERS = _GLUE | frozenset(
    "ik werk werkt werkzaam zit ben ambtenaar een mijn onze at work works for working nl www com".split()
)
_VAGUE = frozenset(
    "organisatie overheid dienst regio stichting werk samenwerking bureau raad college commissie inspectie "
    "centrum "
    "bedrijf groep veiligheid zorg onderwijs landelijk nationaal nederland nederlandse nationale rijk".split()
)
"""Words of so many names that on their own they are no sure answer."""
_LEADS = frozenset("stichting regio agentschap dienst".split())
_LONGEST = 7
_SHORTEST_PREFIX = 4

_NAME, _SHORT, _ALIAS, _FORMER, _BARE = 100.0, 98.0, 97.0, 96.0, 90.0
_BEGUN, _WINDOW, _UNSURE = 76.0, 82.0, SURE - 1
_STARTS, _INSIDE, _SCATTERED = (80.0, 14.0), (74.0, 12.0), (70.0, 12.0)
"""Where the words stand in a name: the score, and what covering all of it adds."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One way of writing one organisation's name."""

    words: tuple[str, ...]
    squashed: str
    organisation: Organisation
    score: float
    reason: Reason
    name: str
    whole: bool = False
    """With its kind word; a part of it ("gemeente den") says nothing."""


class OrganisationIndex:
    """All organisations under all their names; built once, then only read."""

    def __init__(self, organisations: Iterable[Organisation], aliases: Iterable[Alias] = ()) -> None:
        self.organisations = tuple(organisations)
        self._by_id = {organisation.id: organisation for organisation in self.organisations}
        self._by_uri = {organisation.uri: organisation for organisation in self.organisations}
        self._forms: list[_Form] = []
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._words: dict[str, list[int]] = defaultdict(list)
        self._regions: dict[str, Region] = {}
        for organisation in self.organisations:
            self._add_names(organisation)
        for alias in aliases:
            if alias.organisation in self._by_id:
                self._add_alias(alias, self._by_id[alias.organisation])
        self._squashed = [form.squashed for form in self._forms]
        self._add_regions()

    def get(self, organisation: OrganisationId) -> Organisation | None:
        """The organisation with that id."""
        return self._by_id.get(organisation)

    def current(self, organisation: Organisation) -> tuple[Organisation, ...]:
        """The organisation itself, or who took over when it ended: none, one or several."""
        found: dict[OrganisationId, Organisation] = {}
        seen: set[str] = set()
        waiting = [organisation]
        while waiting:
            candidate = waiting.pop(0)
            if candidate.uri in seen:
                continue
            seen.add(candidate.uri)
            if not candidate.ended:
                found[candidate.id] = candidate
            waiting += [
                self._by_uri[uri] for uri in candidate.successors if uri in self._by_uri
            ] * candidate.ended
        return tuple(found.values())

    def region(self, text: str) -> Region | None:
        """The region of that name: a province before a COROP area before a veiligheidsregio."""
        return self._regions.get("".join(rewrite(tokens(text))))

    def regions(self, text: str, limit: int) -> list[Region]:
        """Regions whose names hold these letters, those that begin with them first."""
        typed = "".join(rewrite(tokens(text)))
        holding = {region.name: (name.find(typed), region) for name, region in self._regions.items()}
        found = sorted((place, name) for name, (place, _) in holding.items() if typed and place >= 0)
        return [holding[name][1] for _, name in found[:limit]]

    def find(self, text: str, limit: int = 5) -> list[Hit[Organisation]]:
        """What the text may mean, best first. Empty when nothing comes near."""
        words = rewrite(tokens(text))
        if not words:
            return []
        best: Best[Organisation] = Best()
        for kinds, core in _readings(words):
            self._find_exact(core, kinds, best)
        if best.top() < _FORMER and not KIND_WORDS.keys() >= set(words) - _FILLERS:
            for kinds, core in _readings(words):
                self._find_parts(core, kinds, best)
                self._find_typos(core, kinds, best)
        if best.top() < _WINDOW:
            self._find_windows(words, best)
        return best.ranked(limit)

    def named(self, words: Sequence[str]) -> list[Hit[Organisation]]:
        """Organisations that bear exactly this name, one of their names or abbreviations."""
        best: Best[Organisation] = Best()
        for kinds, core in _readings(rewrite(list(words))):
            self._find_exact(core, kinds, best)
        return best.ranked(len(self.organisations))

    def _add_names(self, organisation: Organisation) -> None:
        title, name = organisation.title, organisation.name
        for whole in (title, name):
            self._add(whole, organisation, _NAME, Reason.NAME, title, whole=True)
        words = rewrite(tokens(name if kind_of(organisation) else title))
        core = words[1:] if kind_of(organisation) and words[0] in KIND_WORDS else words
        score = _NAME
        if kind_of(organisation) and len(core) > 1 and core[0] in KIND_WORDS:
            core, score = (
                core[1:],
                _BARE,
            )  # "waterschap Wetterskip Fryslân": Fryslân alone is rather the province
        self._add(" ".join(core), organisation, score, Reason.NAME, title)
        self._add(
            squash(title.removeprefix("gemeente ")), organisation, score, Reason.NAME, title, whole=True
        )
        if "(" in name:
            self._add(name.split("(")[0], organisation, _NAME, Reason.NAME, title)
        if core[0] in _LEADS and len(core) > 1:
            self._add(" ".join(core[1:]), organisation, _BARE, Reason.NAME, title)
        for short in organisation.short_name.split("/"):
            self._add(short, organisation, _SHORT, Reason.ALIAS, title)

    def _add_alias(self, alias: Alias, organisation: Organisation) -> None:
        score, reason = (_FORMER, Reason.FORMER_NAME) if alias.former else (_ALIAS, Reason.ALIAS)
        self._add(alias.name, organisation, score, reason, alias.name)
        if organisation.kind == "provincie":
            self._regions.setdefault(squash(alias.name), Region(RegionKind.PROVINCE, organisation.province))

    def _add(
        self,
        text: str,
        organisation: Organisation,
        score: float,
        reason: Reason,
        name: str,
        *,
        whole: bool = False,
    ) -> None:
        words = tuple(word for word in rewrite(tokens(text)) if word not in _GLUE)
        squashed = "".join(words)
        if not squashed:
            return
        position = len(self._forms)
        self._forms.append(_Form(words, squashed, organisation, score, reason, name, whole))
        self._exact[squashed].append(position)
        for word in () if whole else dict.fromkeys(words):
            self._words[word].append(position)

    def _add_regions(self) -> None:
        for kind in RegionKind:
            for organisation in self.organisations:
                name = str(getattr(organisation, kind.value))
                if name:
                    self._regions.setdefault("".join(rewrite(tokens(name))), Region(kind, name))

    def _take(self, form: _Form, score: float, reason: Reason, best: Best[Organisation]) -> None:
        """Add a hit; an ended organisation answers as who took over."""
        for organisation in self.current(form.organisation):
            ended = organisation is not form.organisation
            why = Reason.FORMER_NAME if ended else reason
            best.add(organisation.id, Hit(organisation, score - 2 * ended, why, form.name))

    def _fitting(self, positions: Iterable[int], kinds: frozenset[str]) -> Iterable[_Form]:
        for position in positions:
            form = self._forms[position]
            if not kinds or kind_of(form.organisation) in kinds:
                yield form

    def _find_exact(self, core: tuple[str, ...], kinds: frozenset[str], best: Best[Organisation]) -> None:
        for form in self._fitting(self._exact.get("".join(core), ()), kinds):
            self._take(form, form.score, form.reason, best)

    def _find_parts(self, core: tuple[str, ...], kinds: frozenset[str], best: Best[Organisation]) -> None:
        """Names that begin with the words, hold them in a row, or hold them all."""
        joined = "".join(core)
        lists = [self._words.get(word) for word in core]
        if all(lists) and len(joined) >= _SHORTEST_PREFIX:
            shared = set(lists[0] or ()).intersection(*(positions or () for positions in lists[1:]))
            for form in self._fitting(sorted(shared), kinds):
                score = _part_score(core, form) - (_NAME - form.score)
                self._take(form, min(score, _UNSURE) if _VAGUE.issuperset(core) else score, Reason.PART, best)
        elif len(joined) >= _SHORTEST_PREFIX:
            begun = (
                position
                for position, form in enumerate(self._forms)
                if form.squashed.startswith(joined) and not form.whole
            )
            for form in self._fitting(begun, kinds):
                self._take(form, _BEGUN + 6 * len(joined) / len(form.squashed), Reason.PART, best)

    def _find_typos(self, core: tuple[str, ...], kinds: frozenset[str], best: Best[Organisation]) -> None:
        joined = "".join(core)
        edits = allowed_edits(len(joined) + 1)
        if not edits:
            return
        near = process.extract(joined, self._squashed, scorer=OSA.distance, score_cutoff=edits, limit=30)
        for _, distance, position in near:
            length = max(len(joined), len(self._squashed[position]))
            if distance <= allowed_edits(length):
                for form in self._fitting((position,), kinds):
                    self._take(form, min(typo_score(int(distance), length), form.score), Reason.TYPO, best)

    def _find_windows(self, words: list[str], best: Best[Organisation]) -> None:
        """A name inside a longer text: "gemeente Zwolle, afdeling ruimte"."""
        taken: set[int] = set()
        for start, end in windows(len(words), _LONGEST):
            inner = words[start:end]
            if taken.intersection(range(start, end)) or inner[0] in _FILLERS or inner[-1] in _FILLERS:
                continue
            hits = self.named(inner)
            if hits and len("".join(inner)) >= _SHORTEST_PREFIX - 1:
                taken.update(range(start, end))
                for hit in hits:
                    best.add(hit.value.id, Hit(hit.value, _WINDOW + len(inner), hit.reason, hit.matched))


def _readings(words: list[str]) -> list[tuple[frozenset[str], tuple[str, ...]]]:
    """The ways to read a text: as a name, without fillers, and as a name with a kind word ("gemeente")."""
    literal = tuple(word for word in words if word not in _GLUE) or tuple(words)
    plain = tuple(word for word in words if word not in _FILLERS) or literal
    readings: dict[tuple[frozenset[str], tuple[str, ...]], None] = {(frozenset(), literal): None}
    readings[frozenset(), plain] = None
    kinds = frozenset(KIND_WORDS[word] for word in plain if word in KIND_WORDS)
    core = tuple(word for word in plain if word not in KIND_WORDS)
    if kinds and core:
        readings[kinds, core] = None
    return list(readings)


def _part_score(core: tuple[str, ...], form: _Form) -> float:
    starts = range(len(form.words) - len(core) + 1)
    if form.words[: len(core)] == core:
        base, whole = _STARTS
    elif any(form.words[start : start + len(core)] == core for start in starts):
        base, whole = _INSIDE
    else:
        base, whole = _SCATTERED
    return base + whole * len("".join(core)) / len(form.squashed)
