"""Why these two: the same words whoever asks, and nothing that tells who it is."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import TopicId
from bot.domain.koffie_why import Side, why
from bot.domain.layer import Layer
from bot.domain.topic import Part, Topic
from bot.i18n.text import text

AT_LAYER = {layer: text("choice-words", words=layer.value) for layer in Layer}
PLAIN = Topic(TopicId(1), "stikstof", "Stikstof", "Nitrogen")
SENSITIVE = Topic(TopicId(2), "schulden", "Schulden", sensitive=True)
SIDES = st.builds(
    Side,
    layer=st.sampled_from(Layer),
    province=st.sampled_from(("", "Gelderland", "Utrecht")),
    part=st.none() | st.sampled_from(Part),
)


def keys(topic: Topic | None, one: Side, other: Side) -> list[str]:
    return [reason.key for reason in why(topic, one, other, AT_LAYER)]


@given(st.sampled_from((None, PLAIN, SENSITIVE)), SIDES, SIDES)
def test_it_reads_the_same_from_both_sides(topic: Topic | None, one: Side, other: Side) -> None:
    assert why(topic, one, other, AT_LAYER) == why(topic, other, one, AT_LAYER)


@given(SIDES, SIDES)
def test_there_is_always_a_reason(one: Side, other: Side) -> None:
    assert keys(None, one, other)
    assert "koffie-why-province" not in keys(SENSITIVE, one, other)


def test_the_reasons() -> None:
    gemeente = Side(Layer.GEMEENTE, "Gelderland", Part.WORKS_ON)
    waterschap = Side(Layer.WATERSCHAP, "gelderland", Part.WORKS_ON)
    assert keys(PLAIN, gemeente, waterschap) == [
        "koffie-why-topic-both", "koffie-why-layers", "koffie-why-province",
    ]  # fmt: skip
    assert keys(PLAIN, gemeente, Side(Layer.GEMEENTE, "", Part.LEADS)) == ["koffie-why-topic-leads"]
    assert keys(PLAIN, gemeente, Side(Layer.GEMEENTE, "", Part.FOLLOWS)) == ["koffie-why-topic-shared"]
    assert keys(PLAIN, gemeente, Side(Layer.GEMEENTE)) == ["koffie-why-topic-one"]
    assert keys(None, Side(Layer.RIJK), Side(Layer.RIJK)) == ["koffie-why-meet"]
