"""What a question asks: `wie-ken-ik [opgave] [laag] [regio | organisatie]`, in any order and wording."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.fillers import ARTICLES, AT, FILLERS, IN, INNER
from bot.domain.kinds import KIND_WORDS, LAYER_PHRASES, LAYER_WORDS, PLURALS
from bot.domain.layer import Layer
from bot.domain.lookup import SURE, Hit, Nothing, One, Several, allowed_edits, decide, windows
from bot.domain.lookup_organisation import OrganisationIndex
from bot.domain.lookup_topic import TooBroad, TopicIndex
from bot.domain.register import Organisation, Region
from bot.domain.topic import Topic
from bot.domain.words import clean, tokens

TopicAnswer = One[Topic] | Several[Topic] | TooBroad
OrganisationAnswer = One[Organisation] | Several[Organisation]

_MOST_WORDS = 40
_LONGEST = 7
_SHORTEST_BARE_NAME = 3
_SHORTEST_LAYER_TYPO = 6
_FIRST_TYPO_SCORE = 76.0

_COMMON = frozenset(
    "altena beek beers best bergen borne buren dongen duiven echt epe goes grave haren heel heerde hoorn "
    "horst houten "
    "huizen hulst laren leek leiden lochem losser markt meppel nuth oss putten rheden rijk rijssen sluis "
    "soest someren "
    "stein tiel vaals veere velsen voorst weert wierden zeist urk baarn blink hecht stark rid duo lucrato "
    "solido "
    "def fin ind kompas plusteam sociaal parkorganisatie regio cure justis".split()
)
"""Names that are also ordinary words: an organisation only after "bij", "in" or a kind word."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was understood; `rest` was not. Each topic and the organisation may still be a choice to ask."""

    topics: tuple[TopicAnswer, ...] = ()
    layers: tuple[Layer, ...] = ()
    organisation: OrganisationAnswer | None = None
    region: Region | None = None
    rest: tuple[str, ...] = ()

    @property
    def layer(self) -> Layer | None:
        """The layer asked for, if it is one."""
        return self.layers[0] if len(self.layers) == 1 else None

    @property
    def empty(self) -> bool:
        """Whether nothing at all was asked: one's own network."""
        return not (self.topics or self.layers or self.organisation or self.region or self.rest)

    @property
    def unclear(self) -> tuple[TopicAnswer | OrganisationAnswer, ...]:
        """The parts that have to be asked back before there is an answer."""
        parts = (*self.topics, *([self.organisation] if self.organisation else []))
        return tuple(part for part in parts if not isinstance(part, One))


def understand(text: str, organisations: OrganisationIndex, topics: TopicIndex) -> Question:
    """Read a question of at most 500 characters. Words that fit nothing end up in `rest`."""
    words = tokens(clean(text))[:_MOST_WORDS]
    reading = _Reading(words, organisations, topics)
    reading.take_layer_phrases()
    reading.take_exact()
    reading.take_layers()
    reading.settle_regions()
    reading.take_near()
    return reading.question()


@dataclass(slots=True)
class _Reading:
    words: list[str]
    organisations: OrganisationIndex
    topic_index: TopicIndex
    used: set[int] = field(default_factory=set)
    layer_at: dict[int, Layer] = field(default_factory=dict)
    topics: list[TopicAnswer] = field(default_factory=list)
    found_organisations: list[Hit[Organisation]] = field(default_factory=list)
    region: Region | None = None
    doubtful_region: tuple[Region, TopicAnswer] | None = None
    rest: list[str] = field(default_factory=list)

    def question(self) -> Question:
        organisation = decide(self.found_organisations) if self.found_organisations else None
        return Question(
            topics=tuple(_distinct(self.topics)),
            layers=tuple(dict.fromkeys(self.layer_at[position] for position in sorted(self.layer_at))),
            organisation=None if isinstance(organisation, Nothing) else organisation,
            region=self.region,
            rest=tuple(self.rest),
        )

    def take_layer_phrases(self) -> None:
        """Layers of several words go before all: in "a water authority" there is no topic "a water"."""
        for start, end in windows(len(self.words), max(map(len, LAYER_PHRASES))):
            layer = LAYER_PHRASES.get(tuple(self.words[start:end]))
            if layer is not None:
                self.layer_at[start] = layer
                self.used.update(range(start, end))

    def take_exact(self) -> None:
        """Names, synonyms and regions that stand there as they are, the longest first."""
        for start, end in windows(len(self.words), _LONGEST):
            span = range(start, end)
            inner = self.words[start:end]
            if self.used.intersection(span) or not _meaningful(inner):
                continue
            if self._take_span(start, inner):
                self.used.update(span)

    def take_layers(self) -> None:
        """Layer words that are no part of a name, with typing errors."""
        for position, word in enumerate(self.words):
            if position in self.used or word in FILLERS:
                continue
            layer = LAYER_WORDS.get(word) or _layer_with_typo(word)
            if layer is not None:
                self.layer_at[position] = layer

    def settle_regions(self) -> None:
        """A word that is a region and a topic ("Achterhoek") is a region once another topic is there."""
        if self.doubtful_region is not None:
            region, topic = self.doubtful_region
            if self.topics or self.layer_at:
                self.region = self.region or region
            else:
                self.topics.append(topic)

    def take_near(self) -> None:
        """What is left, with typing errors and compounds."""
        for start, run in self._runs():
            if not self._take_run(start, run):
                for offset, word in enumerate(run):
                    if not self._take_run(start + offset, [word]) and word not in _COMMON:
                        self.rest.append(word)

    def _take_span(self, start: int, inner: list[str]) -> bool:
        if len(inner) == 1 and inner[0] in LAYER_WORDS:
            return False  # A layer on its own: later, when no name has taken the word.
        before = self._before(start)
        region = self.organisations.region(" ".join(inner))
        named = self._credible_organisations(inner, before)
        topic = self._topic(inner)
        if named and _has_kind(inner):
            self.found_organisations += named
        elif region and before in IN:
            self.region = self.region or region
        elif named and before in AT:
            self.found_organisations += named
        elif region and topic:
            self.doubtful_region = (region, topic)
        elif topic:
            self.topics.append(topic)
        elif region:
            self.region = self.region or region
        elif named:
            self.found_organisations += named
        else:
            return False
        return True

    def _topic(self, inner: list[str]) -> TopicAnswer | None:
        text = " ".join(inner)
        if not self.topic_index.named(inner) and self.topic_index.broad(text) is None:
            return None
        answer = self.topic_index.decide(text)
        return None if isinstance(answer, Nothing) else answer

    def _credible_organisations(self, inner: list[str], before: str) -> list[Hit[Organisation]]:
        if any(word in PLURALS for word in inner):
            return []
        joined = "".join(word for word in inner if word not in ARTICLES)
        led = before in AT or before in IN
        if not _has_kind(inner):
            if len(joined) < _SHORTEST_BARE_NAME and before not in AT:
                return []
            if joined in _COMMON and not led:
                return []
        return self.organisations.named(inner)

    def _take_run(self, start: int, run: list[str]) -> bool:
        text = " ".join(run)
        kind = self.words[start - 1] if start and (start - 1) in self.layer_at else ""
        before = self._before(start)
        if kind in KIND_WORDS and kind not in PLURALS:
            hits = self.organisations.find(f"{kind} {text}")
            if hits and hits[0].score >= SURE:
                self.found_organisations += hits
                del self.layer_at[start - 1]
                return True
        if before in AT and self._take_organisation(text):
            return True
        topic = self.topic_index.decide(text)
        if not isinstance(topic, Nothing) and _near_enough(topic):
            self.topics.append(topic)
            return True
        if len(text) < _SHORTEST_LAYER_TYPO or _COMMON.intersection(run):
            return False
        return self._take_organisation(text)

    def _take_organisation(self, text: str) -> bool:
        hits = self.organisations.find(text)
        if not hits or hits[0].score < SURE:
            return False
        self.found_organisations += hits
        return True

    def _before(self, start: int) -> str:
        """The word before a span, articles and kind words in between left aside."""
        position = start - 1
        while position >= 0 and self.words[position] in ARTICLES:
            position -= 1
        return self.words[position] if position >= 0 else ""

    def _runs(self) -> Iterator[tuple[int, list[str]]]:
        """Stretches of words that nothing has taken."""
        free = [
            position
            for position, word in enumerate(self.words)
            if position not in self.used and position not in self.layer_at and word not in FILLERS
        ]
        run: list[int] = []
        for position in free:
            if run and position != run[-1] + 1:
                yield run[0], [self.words[p] for p in run]
                run = []
            run.append(position)
        if run:
            yield run[0], [self.words[p] for p in run]


def _meaningful(inner: list[str]) -> bool:
    """Whether a span neither begins nor ends with a filler, unless the filler is all there is of it."""
    edges = inner[0] not in FILLERS - ARTICLES - INNER and inner[-1] not in FILLERS - INNER
    return edges and any(word not in FILLERS for word in inner)


def _has_kind(inner: Iterable[str]) -> bool:
    return any(word in KIND_WORDS for word in inner)


def _near_enough(answer: TopicAnswer) -> bool:
    if isinstance(answer, One):
        return answer.hit.score >= _FIRST_TYPO_SCORE
    return isinstance(answer, TooBroad) or answer.hits[0].score >= _FIRST_TYPO_SCORE


def _layer_with_typo(word: str) -> Layer | None:
    if len(word) < _SHORTEST_LAYER_TYPO:
        return None
    near = process.extractOne(
        word, LAYER_WORDS.keys(), scorer=OSA.distance, score_cutoff=min(allowed_edits(len(word)), 2)
    )
    return LAYER_WORDS[near[0]] if near else None


def _distinct(answers: Iterable[TopicAnswer]) -> Iterator[TopicAnswer]:
    seen: set[object] = set()
    for answer in answers:
        if isinstance(answer, One):
            key: object = answer.hit.value.id
        elif isinstance(answer, Several):
            key = frozenset(hit.value.id for hit in answer.hits)
        else:
            key = answer.theme.code
        if key not in seen:
            seen.add(key)
            yield answer
