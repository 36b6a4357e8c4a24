"""Questions in ordinary language, in any order."""

import time
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.layer import Layer
from bot.domain.lookup import One, Several
from bot.domain.question import Question, understand
from tests import snapshot

WORDS = (
    "stikstof waterschap bij in de gemeente Utrecht provincie Drenthe Achterhoek woningbouw wie gaat over "
    "BZK en wonen best OV the municipality of Zwole KRW".split()
)


def asked(text: str) -> Question:
    return understand(text, snapshot.organisations(), snapshot.topics())


def topics(question: Question) -> list[str]:
    return [answer.hit.value.slug for answer in question.topics if isinstance(answer, One)]


def organisation(question: Question) -> str:
    return question.organisation.hit.value.title if isinstance(question.organisation, One) else ""


def test_the_question_in_the_specification() -> None:
    question = asked("wie gaat er over stikstof bij de waterschappen?")
    assert topics(question) == ["stikstof"]
    assert question.layer is Layer.WATERSCHAP
    assert question.organisation is None
    assert question.region is None
    assert question.rest == ()
    assert question.unclear == ()


@pytest.mark.parametrize("order", list(permutations(["stikstof", "waterschap", "in Drenthe"])))
def test_the_order_does_not_matter(order: tuple[str, ...]) -> None:
    question = asked(" ".join(order))
    assert topics(question) == ["stikstof"]
    assert question.region is not None
    assert question.region.name == "Drenthe"
    assert question.layer is Layer.WATERSCHAP


def test_a_name_with_its_kind_is_an_organisation_and_the_kind_alone_a_layer() -> None:
    named, layered = asked("stikstof provincie Utrecht"), asked("stikstof provincie")
    assert (organisation(named), named.layers) == ("provincie Utrecht", ())
    assert (layered.organisation, layered.layer) == (None, Layer.PROVINCIE)


@pytest.mark.parametrize(
    "layer", ["water authority", "a water authority", "the water authorities", "water boards"]
)
def test_a_layer_of_two_words_is_no_topic(layer: str) -> None:
    question = asked(f"who works on nitrogen at {layer}?")
    assert (topics(question), question.layers, question.rest) == (["stikstof"], (Layer.WATERSCHAP,), ())


def test_in_means_the_region_and_bij_the_organisation() -> None:
    inside, at = asked("stikstof in Utrecht"), asked("stikstof bij Utrecht")
    assert inside.region is not None
    assert inside.organisation is None
    assert at.region is None
    assert isinstance(at.organisation, Several)
    assert at.unclear == (at.organisation,)


def test_a_plural_is_never_part_of_a_name() -> None:
    question = asked("gemeenten Groningen stikstof")
    assert question.layer is Layer.GEMEENTE
    assert question.region is not None
    assert question.organisation is None


def test_two_layers_are_both_kept() -> None:
    question = asked("stikstof bij provincies of gemeenten")
    assert question.layers == (Layer.PROVINCIE, Layer.GEMEENTE)
    assert question.layer is None


def test_ordinary_words_are_no_gemeenten() -> None:
    question = asked("wie heeft het best verstand van stikstof, echt heel graag")
    assert question.organisation is None
    assert organisation(asked("stikstof gemeente Best")) == "gemeente Best"


def test_the_achterhoek_is_a_region_beside_a_topic_and_a_topic_alone() -> None:
    beside, alone = asked("woningbouw Achterhoek"), asked("Achterhoek")
    assert (topics(beside), beside.region and beside.region.name) == (["betaalbaar-wonen"], "Achterhoek")
    assert (topics(alone), alone.region) == (["regio-achterhoek"], None)


@pytest.mark.parametrize("text", ["", "  ", "?", "wie ken ik?", "\u202e\x00"])
def test_a_question_without_content_is_empty(text: str) -> None:
    assert asked(text).empty


def test_what_is_not_understood_is_kept_apart() -> None:
    question = asked("stikstof xyzzy")
    assert topics(question) == ["stikstof"]
    assert question.rest == ("xyzzy",)


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=600))
def test_any_text_is_survived(text: str) -> None:
    question = asked(text)
    assert len(set(question.layers)) == len(question.layers)
    assert question == asked(text)


def test_understanding_takes_milliseconds() -> None:
    text = (
        "wie van de gemente zwole of de provinsie weet iets van waterkwalitiet en dijkversterkngsprojecten "
        * 5
    )
    asked(text)
    began = time.perf_counter()
    for _ in range(5):
        asked(text)
    assert (time.perf_counter() - began) / 5 < 0.1
