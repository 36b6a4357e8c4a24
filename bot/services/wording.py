"""Words that more than one use case needs: layers, parts, and lists in a sentence."""

from collections.abc import Sequence

from bot.domain.layer import Layer
from bot.domain.topic import Part
from bot.i18n.text import About, Text, text

Named = Text | About | str

LAYER_NAME = {
    Layer.RIJK: text("layer-rijk"),
    Layer.PROVINCIE: text("layer-provincie"),
    Layer.GEMEENTE: text("layer-gemeente"),
    Layer.WATERSCHAP: text("layer-waterschap"),
    Layer.OVERIG: text("layer-overig"),
}
"""'waterschap'."""

ONE_OF_LAYER = {
    Layer.RIJK: text("layer-one-rijk"),
    Layer.PROVINCIE: text("layer-one-provincie"),
    Layer.GEMEENTE: text("layer-one-gemeente"),
    Layer.WATERSCHAP: text("layer-one-waterschap"),
    Layer.OVERIG: text("layer-one-overig"),
}
"""'een waterschap', to stand behind 'bij'."""


_NAMED_SO = frozenset({Layer.GEMEENTE, Layer.PROVINCIE, Layer.WATERSCHAP})


def position(official: int, layer: Layer) -> Text | About:
    """Role and organisation; the layer beside it where the organisation's name does not say it."""
    where = About(official=official, fact="position")
    return where if layer in _NAMED_SO else text("look-up-position", position=where, layer=LAYER_NAME[layer])


def part_in(part: Part, topic: str) -> Text:
    """'werkt aan Stikstof'."""
    match part:
        case Part.LEADS:
            return text("part-leads", topic=topic)
        case Part.WORKS_ON:
            return text("part-works-on", topic=topic)
        case Part.FOLLOWS:
            return text("part-follows", topic=topic)


def either(items: Sequence[Named]) -> Named:
    """'een provincie, een gemeente of een waterschap'. One at least."""
    return _joined(items, "list-or")


def all_of(items: Sequence[Named]) -> Named:
    """'stikstof, wonen en klimaat'. One at least."""
    return _joined(items, "list-and")


def in_a_row(items: Sequence[Named]) -> Named:
    """'Anna bij A, Bram bij B, nog 3'. One at least."""
    return _joined(items, "list-comma")


def _joined(items: Sequence[Named], last: str) -> Named:
    first, *rest = items
    if not rest:
        return first
    return text(last if len(rest) == 1 else "list-comma", first=first, rest=_joined(rest, last))
