"""A month's figures as subjects that one can read: a sentence, a table, and how the table is drawn."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations_with_replacement

from bot.domain.layer import EQUALS, Layer
from bot.domain.overview import (
    AGREED,
    ANYONE,
    DAYS_TO_KOFFIE,
    DAYS_TO_YES,
    DRUNK,
    ENDED,
    NATIONWIDE,
    ORGANISATIONS,
    Asked,
    Colleagues,
    Figure,
    Kind,
    Month,
    pair,
)
from bot.domain.tie import MARKS
from bot.i18n.text import Text, text
from bot.services.wording import LAYER_NAME
from bot.store.feeling import Felt, Question

Label = Text | str
"""Words of ours, or a name that is shown as it is."""
Words = Callable[[Text], str]

MOST_TOPICS = 15
"""Topics on the map: those with most officials; the file with all figures has them all."""
_FEW, _NOT_YET = text("overview-few"), text("overview-not-yet")


class Shape(StrEnum):
    """How a table is drawn."""

    HEAT = "heat"
    BARS = "bars"
    PERCENT = "percent"
    LINES = "lines"


@dataclass(frozen=True)
class Row:
    """A line of a table; ``None`` stands for zero and for too few alike."""

    label: Label
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class Subject:
    """What the overview tells about one thing. ``says`` is the picture in a sentence."""

    name: str
    shape: Shape
    title: Text
    says: Text
    about: Text
    columns: tuple[Label, ...]
    rows: tuple[Row, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw; a line takes two months."""
        drawn = [row for row in self.rows if any(value is not None for value in row.values)]
        return len(drawn) < (2 if self.shape is Shape.LINES else 1)

    def told(self, value: int | None) -> Label:
        """One of its figures as it is read: a share that cannot be told is no small one."""
        return told(value, _NOT_YET if self.shape is Shape.PERCENT else _FEW)


@dataclass(frozen=True)
class Report:
    """All subjects of the newest month."""

    months: Sequence[Month]
    topics: Mapping[str, str]
    """Names of topics, by their slugs."""
    month: Month = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "month", self.months[-1])

    def subjects(self, most_topics: int | None = MOST_TOPICS) -> list[Subject]:
        """Those of the whole network, in the order in which they are read; so many topics on the map."""
        return [
            self.calls(),
            self.ties(),
            self.growth(),
            self.map(most_topics),
            self.koffies(),
            self.met(),
            self.alive(),
            self.felt(),
            self.provinces(),
            self.colleagues(),
        ]

    def topics_apart(self) -> list[Subject]:
        """The ties on each topic of which any can be shown."""
        slugs = sorted({figure[1] for figure in self.month.figures if figure[0] == Kind.TOPIC_TIES})
        return [self.ties(slug) for slug in slugs]

    def headline(self) -> Text:
        """One line for a director: who could call somebody at the start, and who can now."""
        start, later = self._can_call(Asked.START), self._can_call(Asked.LATER)
        if start is None:
            return text("overview-headline-none")
        if later is None:
            return text("overview-headline-start", start=start)
        return text("overview-headline", start=start, later=later)

    def key_figures(self) -> list[tuple[Text, Label]]:
        """What stands on top: label and value."""
        return [
            (text("overview-officials"), told(self.month.get(Kind.OFFICIALS))),
            (text("overview-organisations"), told(self.month.figures.get(ORGANISATIONS))),
            (text("overview-ties"), told(self.month.get(Kind.TIES))),
            (text("overview-days-to-yes"), told(self.month.figures.get(DAYS_TO_YES), _NOT_YET)),
            (text("overview-days-to-koffie"), told(self.month.figures.get(DAYS_TO_KOFFIE), _NOT_YET)),
        ]

    def ties(self, topic: str | None = None) -> Subject:
        kind = (Kind.TIES,) if topic is None else (Kind.TOPIC_TIES, topic)
        layers = self._shown(
            lambda layer: any(layer in both for both in _pairs() if self.month.get(*kind, *both))
        )
        rows = tuple(
            Row(LAYER_NAME[one], tuple(self.month.get(*kind, *pair(one, other)) for other in layers))
            for one in layers
        )
        found = {both: self.month.get(*kind, *both) for both in _pairs()}
        most = max((both for both in found if found[both]), key=lambda both: found[both] or 0, default=None)
        says = text("overview-ties-none")
        if most is not None:
            one, other = (LAYER_NAME[Layer(layer)] for layer in most)
            count = found[most] or 0
            same = text("overview-ties-same", layer=one, count=count)
            between = text("overview-ties-between", one=one, other=other, count=count)
            says = same if most[0] == most[1] else between
        title = text("overview-ties-title")
        if topic is not None:
            title = text("overview-ties-topic", topic=self.topics.get(topic, topic))
        return Subject(
            "ties",
            Shape.HEAT,
            title,
            says,
            text("overview-ties-about"),
            tuple(LAYER_NAME[layer] for layer in layers),
            rows,
        )

    def growth(self, topic: str | None = None) -> Subject:
        officials = (Kind.OFFICIALS,) if topic is None else (Kind.ON_TOPIC, topic)
        ties = (Kind.TIES,) if topic is None else (Kind.TOPIC_TIES, topic)
        rows = tuple(
            Row(f"{month.day:%m-%Y}", (month.get(*officials), month.get(*ties))) for month in self.months
        )
        columns = (text("overview-officials"), text("overview-ties"))
        first = next((month for month in self.months if month.get(*officials)), self.month)
        before, now = first.get(*officials), self.month.get(*officials)
        says = text("overview-growth-none")
        if before is not None and now is not None and first is not self.month:
            says = text("overview-growth-says", since=first.day, before=before, now=now)
        return Subject(
            "growth",
            Shape.LINES,
            text("overview-growth-title"),
            says,
            text("overview-growth-about"),
            columns,
            rows,
        )

    def map(self, most: int | None = MOST_TOPICS) -> Subject:
        totals = {
            figure[1]: count
            for figure, count in self.month.figures.items()
            if figure[0] == Kind.ON_TOPIC and len(figure) == 2  # noqa: PLR2004 - without a layer
        }
        slugs = sorted(totals, key=lambda slug: (-totals[slug], slug))
        layers = self._shown(lambda layer: any(self.month.get(Kind.ON_TOPIC, slug, layer) for slug in slugs))
        rows = tuple(
            Row(
                self.topics.get(slug, slug),
                tuple(self.month.get(Kind.ON_TOPIC, slug, layer) for layer in layers),
            )
            for slug in slugs[:most]
        )
        whole = sum(
            all(self.month.get(Kind.ON_TOPIC, slug, layer) is not None for layer in EQUALS) for slug in slugs
        )
        says = text("overview-map-says", whole=whole, topics=len(slugs))
        return Subject(
            "map",
            Shape.HEAT,
            text("overview-map-title"),
            says if slugs else text("overview-map-none"),
            text("overview-map-about"),
            tuple(LAYER_NAME[layer] for layer in layers),
            rows,
        )

    def koffies(self) -> Subject:
        steps = (
            (text("overview-koffies-ended"), ENDED),
            (text("overview-koffies-agreed"), AGREED),
            (text("overview-koffies-drunk"), DRUNK),
        )
        agreed = self.month.share(AGREED, ENDED)
        says = (
            text("overview-koffies-none") if agreed is None else text("overview-koffies-says", share=agreed)
        )
        return self._counted(
            "koffies", text("overview-koffies-title"), says, text("overview-koffies-about"), steps
        )

    def met(self) -> Subject:
        pairs = [both for both in _pairs() if both[0] != both[1]]
        steps = [
            (text("overview-pair", one=LAYER_NAME[Layer(one)], other=LAYER_NAME[Layer(other)]), figure)
            for one, other in pairs
            if (figure := (Kind.MET, one, other)) in self.month.figures
        ]
        total = self.month.get(Kind.MET)
        says = text("overview-met-none") if total is None else text("overview-met-says", count=total)
        return self._counted("met", text("overview-met-title"), says, text("overview-met-about"), steps)

    def alive(self) -> Subject:
        rows = [
            (
                text("overview-alive-after", months=age),
                self.month.share((Kind.ALIVE, str(age)), (Kind.MARKED, str(age))),
            )
            for age in MARKS
        ]
        share = rows[0][1]
        says = text("overview-alive-none") if share is None else text("overview-alive-says", share=share)
        return self._percent("alive", text("overview-alive-title"), says, text("overview-alive-about"), rows)

    def calls(self) -> Subject:
        rows = [
            (text("overview-calls-start"), self._can_call(Asked.START)),
            (text("overview-calls-later"), self._can_call(Asked.LATER)),
        ]
        counts = {asked: self.month.get(Kind.FELT, asked) for asked in Asked}
        about = text(
            "overview-calls-about",
            start=told(counts[Asked.START]),
            later=told(counts[Asked.LATER]),
        )
        return self._percent("calls", text("overview-calls-title"), self.headline(), about, rows)

    def felt(self) -> Subject:
        rows = [
            (label, self.month.share((Kind.FELT, question, Felt.YES), (Kind.FELT, question)))
            for question, label in (
                (Question.ENERGY, text("overview-felt-energy")),
                (Question.EQUAL, text("overview-felt-equal")),
            )
        ]
        energy, equal = (share for _, share in rows)
        says = text("overview-felt-none")
        if energy is not None and equal is not None:
            says = text("overview-felt-says", energy=energy, equal=equal)
        return self._percent("felt", text("overview-felt-title"), says, text("overview-felt-about"), rows)

    def provinces(self) -> Subject:
        found = sorted(
            (figure for figure in self.month.figures if figure[0] == Kind.BY_PROVINCE),
            key=lambda figure: (figure[1] == NATIONWIDE, figure[1]),
        )
        steps = [
            (text("overview-nationwide") if figure[1] == NATIONWIDE else figure[1], figure)
            for figure in found
        ]
        says = text("overview-provinces-says", count=sum(figure[1] != NATIONWIDE for figure in found))
        return self._counted(
            "provinces", text("overview-provinces-title"), says, text("overview-provinces-about"), steps
        )

    def colleagues(self) -> Subject:
        steps = [
            (text("overview-colleagues-alone"), (Kind.BY_COLLEAGUES, Colleagues.ALONE)),
            (text("overview-colleagues-few"), (Kind.BY_COLLEAGUES, Colleagues.FEW)),
            (text("overview-colleagues-many"), (Kind.BY_COLLEAGUES, Colleagues.MANY)),
        ]
        alone = self.month.share((Kind.BY_COLLEAGUES, Colleagues.ALONE), (Kind.OFFICIALS,))
        says = text("overview-colleagues-none")
        if alone is not None:
            says = text("overview-colleagues-says", share=alone)
        return self._counted(
            "colleagues", text("overview-colleagues-title"), says, text("overview-colleagues-about"), steps
        )

    def _can_call(self, asked: Asked) -> int | None:
        return self.month.share((Kind.FELT, asked, ANYONE), (Kind.FELT, asked))

    def _shown(self, has_any: Callable[[Layer], bool]) -> list[Layer]:
        """The four equal layers, and those who work beside them where there is anything to show (P18)."""
        return [*EQUALS, *([Layer.OVERIG] if has_any(Layer.OVERIG) else [])]

    def _counted(
        self, name: str, title: Text, says: Text, about: Text, steps: Iterable[tuple[Label, Figure]]
    ) -> Subject:
        rows = [(label, self.month.figures.get(figure)) for label, figure in steps]
        return self._simple(name, Shape.BARS, title, says, about, text("overview-number"), rows)

    def _percent(
        self,
        name: str,
        title: Text,
        says: Text,
        about: Text,
        rows: Iterable[tuple[Label, int | None]],
    ) -> Subject:
        return self._simple(name, Shape.PERCENT, title, says, about, text("overview-percent"), rows)

    def _simple(
        self,
        name: str,
        shape: Shape,
        title: Text,
        says: Text,
        about: Text,
        column: Text,
        rows: Iterable[tuple[Label, int | None]],
    ) -> Subject:
        lines = tuple(Row(label, (value,)) for label, value in rows)
        return Subject(name, shape, title, says, about, (column,), lines)


def _pairs() -> list[tuple[str, str]]:
    """Each pair of layers once, a layer with itself too."""
    return [pair(one, other) for one, other in combinations_with_replacement(Layer, 2)]


def told(value: int | None, hidden: Text = _FEW) -> Label:
    """A figure as it is read; ``hidden`` stands for one that is not told."""
    return hidden if value is None else str(value)


def worded(label: Label, words: Words) -> str:
    return label if isinstance(label, str) else words(label)
