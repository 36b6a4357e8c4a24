"""Why you two, in words: the reasons of a tie as texts, the strongest first.

Waiting is never among them; nor is a layer at which one of them knows nobody: that is of their network only.
"""

from collections.abc import Callable, Mapping

from bot.domain.layer import Layer
from bot.i18n.text import Text, text
from bot.matching.model import Reason, Term, Tie

_TOPIC = {
    Term.SHARED_TOPIC: "koffie-why-topic-shared",
    Term.PARTS: "why-parts",
    Term.RARE_TOPIC: "why-rare-topic",
}
_PLAIN = {Term.PRACTICE: "why-practice", Term.OTHER_COLUMN: "why-column", Term.FAR: "why-far"}


def why(
    tie: Tie, layers: tuple[Layer, Layer], at_layer: Mapping[Layer, Text], topic: Callable[[str], Text | str]
) -> tuple[Text, ...]:
    """The same words for both. ``at_layer``: 'een gemeente'; ``topic``: a topic's name by its id."""
    order = list(Layer)
    one, other = (at_layer[layer] for layer in sorted(layers, key=order.index))

    def word(reason: Reason) -> Text:
        if reason.term is Term.OTHER_LAYER:
            return text("koffie-why-layers", one=one, other=other)
        if reason.term is Term.NEAR:
            return text("koffie-why-province", province=reason.about)
        if reason.term in _TOPIC:
            return text(_TOPIC[reason.term], topic=topic(reason.about))
        return text(_PLAIN[reason.term])

    told = (reason for reason in tie.reasons if reason.term is not Term.NEW_LAYER)
    return tuple(map(word, told)) or (text("koffie-why-meet"),)
