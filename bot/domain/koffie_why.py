"""Why these two: the reasons of an introduction, the same words for both, and no names in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.layer import Layer
from bot.domain.topic import Part, Topic
from bot.domain.words import normalise
from bot.i18n.text import Text, text


@dataclass(frozen=True, slots=True)
class Side:
    """What counts of one of the two: layer, province, and the part in the topic (if any)."""

    layer: Layer
    province: str = ""
    part: Part | None = None


def topic_words(topic: Topic) -> Text:
    """The topic by its name in the reader's language."""
    return text("koffie-topic", nl=topic.label_nl, en=topic.label_en or topic.label_nl)


def why(topic: Topic | None, one: Side, other: Side, at_layer: Mapping[Layer, Text]) -> tuple[Text, ...]:
    """The reasons, the strongest first; none depends on who asked. `at_layer`: 'een gemeente'."""
    reasons: list[Text] = []
    if topic is not None:
        reasons.append(text(_topic_key(one.part, other.part), topic=topic_words(topic)))
    if one.layer is not other.layer:
        first, second = sorted((one.layer, other.layer), key=list(Layer).index)
        reasons.append(text("koffie-why-layers", one=at_layer[first], other=at_layer[second]))
    sensitive = topic is not None and topic.sensitive
    if not sensitive and one.province and normalise(one.province) == normalise(other.province):
        reasons.append(text("koffie-why-province", province=one.province))
    return tuple(reasons) or (text("koffie-why-meet"),)


def _topic_key(one: Part | None, other: Part | None) -> str:
    parts = {one, other}
    if None in parts:
        return "koffie-why-topic-one"
    if parts == {Part.WORKS_ON}:
        return "koffie-why-topic-both"
    return "koffie-why-topic-leads" if Part.LEADS in parts else "koffie-why-topic-shared"
