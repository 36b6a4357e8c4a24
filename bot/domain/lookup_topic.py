"""Which topic (opgave) someone means, from its names, synonyms, themes, compounds and typing errors."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.ids import TopicId
from bot.domain.lookup import (
    FLOOR,
    MARGIN,
    SURE,
    Best,
    Hit,
    Nothing,
    One,
    Reason,
    Several,
    allowed_edits,
    decide,
    typo_score,
    windows,
)
from bot.domain.register import Theme
from bot.domain.topic import Part, Topic
from bot.domain.words import stem, tokens

_GLUE = frozenset("de het van voor in op bij over met om the a of for on and en".split())
_VAGUE = frozenset(
    stem(word) for word in "beleid overheid aanpak gebied samenwerking overheden werken goed".split()
)
"""Words of so many names that on their own they are no sure answer."""
_LONGEST = 6
_SHORTEST_COMPOUND = 4
_LABEL, _SYNONYM, _THEME, _COMPOUND, _WORD, _START, _LOOSE, _OWN = (
    100.0,
    97.0,
    82.0,
    89.0,
    84.0,
    82.0,
    74.0,
    80.0,
)
_WEIGHT = {Reason.NAME: 0, Reason.ALIAS: 6, Reason.THEME: 8}
"""How much less a part of a synonym or of a theme counts than a part of a topic's own name."""


@dataclass(frozen=True, slots=True)
class TooBroad:
    """A bare main theme: a whole domain instead of a concrete task. `hits` are the topics under it."""

    theme: Theme
    hits: tuple[Hit[Topic], ...]


@dataclass(frozen=True, slots=True)
class _Term:
    """One word or phrase for some topics (one topic, or those under a theme)."""

    stems: tuple[str, ...]
    squashed: str
    plain: str
    topics: tuple[Topic, ...]
    score: float
    reason: Reason
    name: str


class _Found:
    """Hits by a topic's own words, and hits by its theme alone: those follow at a distance."""

    def __init__(self) -> None:
        self._own: Best[Topic] = Best()
        self._by_theme: Best[Topic] = Best()

    def add(self, hit: Hit[Topic]) -> None:
        """Take a hit in."""
        (self._by_theme if hit.reason is Reason.THEME else self._own).add(hit.value.id, hit)

    def top(self) -> float:
        """The best score so far."""
        return max(self._own.top(), self._by_theme.top())

    def ranked(self, limit: int) -> list[Hit[Topic]]:
        """Best first; a topic's own word goes before a theme as soon as it fits well enough."""
        own = self._own.top()
        ceiling = min(own - MARGIN, SURE) - 1 if own >= _OWN else 100.0
        merged: Best[Topic] = Best()
        for hit in self._own.ranked(limit):
            merged.add(hit.value.id, hit)
        for hit in self._by_theme.ranked(limit):
            merged.add(hit.value.id, replace(hit, score=min(hit.score, ceiling)))
        return merged.ranked(limit)


class TopicIndex:
    """All topics under all their words; built once, then only read.

    ``merged``: the topic that another became part of, by its id; an old id means that one.
    """

    def __init__(
        self,
        topics: Iterable[Topic],
        themes: Iterable[Theme] = (),
        merged: Mapping[TopicId, TopicId] | None = None,
    ) -> None:
        self.topics = tuple(topics)
        self.themes = tuple(themes)
        self._by_id = {topic.id: topic for topic in self.topics}
        self._merged = merged or {}
        self.with_parts = tuple(topic for topic in self.topics if topic.sub_questions)
        self._by_slug = {topic.slug: topic for topic in self.topics}
        self._theme_of = {theme.code: theme for theme in self.themes}
        self._by_theme: dict[str, list[Topic]] = defaultdict(list)
        self._terms: list[_Term] = []
        self._exact: dict[str, list[_Term]] = defaultdict(list)
        self._broad: dict[str, Theme] = {}
        for topic in self.topics:
            for code in topic.themes:
                self._by_theme[code].append(topic)
            self._add_topic(topic)
        for theme in self.themes:
            self._add_theme(theme)
        self._squashed = [term.squashed for term in self._terms]

    def get(self, topic: TopicId) -> Topic | None:
        """The topic with that id, or the one that it became part of."""
        for _ in range(len(self._merged) + 1):
            if topic not in self._merged:
                break
            topic = self._merged[topic]
        return self._by_id.get(topic)

    def by_slug(self, slug: str) -> Topic | None:
        """The topic with that short name."""
        return self._by_slug.get(slug)

    def neighbours(self, topic: Topic) -> list[Topic]:
        """Topics that share a sub theme, most shared first; then those under the same main theme."""
        own = set(topic.themes)
        own_main = self.main_themes(topic)
        near: list[tuple[int, int, Topic]] = []
        for other in self.topics:
            shared = len(own.intersection(other.themes))
            mains = self.main_themes(other)
            if other.id != topic.id and (shared or own_main & mains):
                near.append((-shared, -len(own_main & mains), other))
        return [other for _, _, other in sorted(near, key=lambda entry: entry[:2])]

    def main_themes(self, topic: Topic) -> frozenset[str]:
        """The main themes above a topic."""
        return frozenset(self._theme_of[code].main_theme for code in topic.themes if code in self._theme_of)

    def column(self, held: Mapping[TopicId, Part]) -> str:
        """The main theme that most of somebody's work is under, the lowest code of several; "" where none is.

        What one only follows is not one's work, and of what is sensitive nothing shows.
        """
        count = Counter[str]()
        for number, part in held.items():
            topic = self.get(number)
            if topic is not None and not topic.sensitive and part is not Part.FOLLOWS:
                count.update(self.main_themes(topic))
        return min(count, key=lambda code: (-count[code], code), default="")

    def under(self, theme: Theme) -> list[Topic]:
        """The topics under a theme; under a main theme those of all its sub themes."""
        codes = [
            t.code
            for t in self.themes
            if t.code == theme.code or (theme.main and t.main_theme == theme.label)
        ]
        return list(dict.fromkeys(topic for code in codes for topic in self._by_theme.get(code, ())))

    def find(self, text: str, limit: int = 5) -> list[Hit[Topic]]:
        """What the text may mean, best first. Empty when nothing comes near."""
        plain, words = _content(text, stemmed=False), _content(text)
        if not words:
            return []
        best = _Found()
        self._find_exact(words, best)
        if best.top() < _SYNONYM:
            self._find_parts(words, best)
            self._find_compounds("".join(plain), "".join(words), best)
            self._find_typos(words, best)
        if best.top() < _START and len(words) > 1:
            self._find_windows(plain, best)
        return best.ranked(limit)

    def broad(self, text: str) -> Theme | None:
        """The main theme that the text names, if it names nothing more concrete."""
        return self._broad.get("".join(_content(text)))

    def decide(self, text: str, offered: int = 5) -> One[Topic] | Several[Topic] | TooBroad | Nothing:
        """One topic, a choice, a main theme that is too broad (P29), or nothing."""
        hits = self.find(text, limit=offered)
        theme = self.broad(text)
        if theme is not None and not self._concrete(text, theme, hits):
            under = [Hit(topic, FLOOR, Reason.THEME, theme.label) for topic in self.under(theme)]
            found = {hit.value.id for hit in hits}
            return TooBroad(theme, (*hits, *(hit for hit in under if hit.value.id not in found))[:offered])
        return decide(hits, offered)

    def named(self, words: Sequence[str]) -> list[Hit[Topic]]:
        """Topics that bear exactly this name or synonym; a sub theme gives the topics under it."""
        best = _Found()
        if words:
            self._find_exact(_content(" ".join(words)), best)
        return best.ranked(len(self.topics))

    def _concrete(self, text: str, theme: Theme, hits: Sequence[Hit[Topic]]) -> bool:
        """Whether a main theme's word means a topic all the same ("mobiliteit", but not "wonen")."""
        top = hits[0].score if hits else 0.0
        own_name = _content(text) == _content(theme.label)
        return top >= (_SYNONYM if own_name else _THEME)

    def _add_topic(self, topic: Topic) -> None:
        for label in topic.labels:
            self._add(label, (topic,), _LABEL, Reason.NAME)
            if "(" in label:
                before, _, after = label.partition("(")
                self._add(before, (topic,), _LABEL, Reason.NAME)
                self._add(after, (topic,), _SYNONYM, Reason.ALIAS)
        for synonym in topic.synonyms:
            self._add(synonym, (topic,), _SYNONYM, Reason.ALIAS)

    def _add_theme(self, theme: Theme) -> None:
        for word in (theme.label, *theme.synonyms):
            if theme.main:
                # A theme's own label goes before a word that another theme has as a synonym.
                key = "".join(_content(word))
                if word == theme.label:
                    self._broad[key] = theme
                else:
                    self._broad.setdefault(key, theme)
            elif topics := tuple(self._by_theme.get(theme.code, ())):
                self._add(word, topics, _THEME, Reason.THEME)

    def _add(self, text: str, topics: tuple[Topic, ...], score: float, reason: Reason) -> None:
        stems_of = tuple(_content(text))
        if stems_of:
            plain = "".join(_content(text, stemmed=False))
            term = _Term(stems_of, "".join(stems_of), plain, topics, score, reason, text.strip(" )"))
            self._terms.append(term)
            self._exact[term.squashed].append(term)

    def _take(self, term: _Term, score: float, reason: Reason, best: _Found) -> None:
        why = Reason.THEME if term.reason is Reason.THEME else reason
        for topic in term.topics:
            best.add(Hit(topic, min(score, term.score), why, term.name))

    def _find_exact(self, words: Sequence[str], best: _Found) -> None:
        """The words as they stand; as one word they may have another stem ("kader richtlijn water")."""
        joined = "".join(words)
        for key in dict.fromkeys((joined, stem(joined))):
            for term in self._exact.get(key, ()):
                self._take(term, term.score, term.reason, best)

    def _find_parts(self, words: list[str], best: _Found) -> None:
        """Terms that hold all the words, or words that hold all of a term."""
        asked = set(words)
        ceiling = SURE - 1 if asked <= _VAGUE else _LABEL
        for term in self._terms:
            held = asked.intersection(term.stems)
            weight = _WEIGHT[term.reason]
            if held == asked:
                coverage = len("".join(held)) / len(term.squashed)
                self._take(term, min(_WORD - weight + 4 * coverage, ceiling), Reason.PART, best)
            elif held and len(held) == len(set(term.stems)) and len(term.squashed) >= _SHORTEST_COMPOUND:
                coverage = len(term.squashed) / len("".join(words))
                self._take(term, min(_WORD - weight + 4 * coverage, ceiling), Reason.PART, best)

    def _find_compounds(self, plain: str, stemmed: str, best: _Found) -> None:
        """Dutch compounds: "stikstofbeleid" begins with a term, "water" begins one."""
        if len(plain) < _SHORTEST_COMPOUND:
            return
        ceiling = SURE - 1 if stemmed in _VAGUE else _LABEL
        for term in self._terms:
            weight = _WEIGHT[term.reason]
            begins = plain.startswith((term.plain, term.squashed))
            if len(term.squashed) >= _SHORTEST_COMPOUND and begins:
                covered = min(1.0, len(term.squashed) / len(plain))
                self._take(term, _COMPOUND - weight // 2 - 8 * (1 - covered), Reason.COMPOUND, best)
            elif any(word.startswith(stemmed) for word in term.stems):
                covered = len(stemmed) / len(term.squashed)
                self._take(term, min(_START - weight + 4 * covered, ceiling), Reason.COMPOUND, best)

    def _find_typos(self, words: list[str], best: _Found) -> None:
        joined = "".join(words)
        edits = allowed_edits(len(joined))
        if not edits:
            return
        near = process.extract(joined, self._squashed, scorer=OSA.distance, score_cutoff=edits, limit=20)
        for _, distance, position in near:
            length = min(len(joined), len(self._squashed[position]))
            if distance <= allowed_edits(length):
                score = typo_score(int(distance), length)
                self._take(self._terms[position], score, Reason.TYPO, best)

    def _find_windows(self, plain: list[str], best: _Found) -> None:
        """A term inside a longer text."""
        taken: set[int] = set()
        for start, end in windows(len(plain), _LONGEST):
            if taken.intersection(range(start, end)):
                continue
            inner = _Found()
            stemmed = [stem(word) for word in plain[start:end]]
            self._find_exact(stemmed, inner)
            if end - start == 1:
                self._find_compounds(plain[start], stemmed[0], inner)
            for hit in inner.ranked(len(self.topics)):
                taken.update(range(start, end))
                score = min(hit.score, _LOOSE + 6 + end - start)
                best.add(Hit(hit.value, score, hit.reason, hit.matched))


def is_vague(text: str) -> bool:
    """Whether the text holds nothing but words that could stand in any name: "beleid", "samen werken"."""
    return set(_content(text)) <= _VAGUE


def _content(text: str, *, stemmed: bool = True) -> list[str]:
    """The words that carry meaning."""
    words = tokens(text)
    kept = [word for word in words if word not in _GLUE] or words
    return [stem(word) for word in kept] if stemmed else kept
