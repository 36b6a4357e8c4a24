"""Looking a topic up: synonyms, themes, compounds, typing errors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import TopicId
from bot.domain.lookup import Nothing, One, Reason, Several
from bot.domain.lookup_topic import TooBroad, TopicIndex
from bot.domain.register import Theme
from bot.domain.topic import Part, Topic
from tests import snapshot


def answer(text: str) -> list[str]:
    match snapshot.topics().decide(text):
        case One(hit):
            return [hit.value.slug]
        case Several(hits) | TooBroad(hits=hits):
            return [hit.value.slug for hit in hits]
        case _:
            return []


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("stikstofdossier", "stikstof"),
        ("PFAS", "waterkwaliteit"),
        ("stikstofbeleid", "stikstof"),
        ("woningbouwopgave", "betaalbaar-wonen"),
        ("dijkversterkingsproject", "waterveiligheid"),
        ("nitrogen", "stikstof"),
        ("stikstfo", "stikstof"),
    ],
)
def test_the_words_in_the_specification(text: str, slug: str) -> None:
    assert answer(text) == [slug]


def test_every_label_and_own_synonym_finds_its_topic() -> None:
    for topic in snapshot.topics().topics:
        for word in (*topic.labels, *topic.synonyms):
            assert topic.slug in answer(word), word


def test_a_word_of_two_topics_is_asked() -> None:
    assert isinstance(snapshot.topics().decide("klimaatadaptatie"), Several)
    assert set(answer("klimaatadaptatie")) == {"klimaat", "droogte-wateroverlast"}


@pytest.mark.parametrize("text", ["wonen", "verkeer", "Economie", "natuur en milieu", "onderwijs"])
def test_a_bare_main_theme_is_too_broad(text: str) -> None:
    assert isinstance(snapshot.topics().decide(text), TooBroad)


def test_what_is_too_broad_comes_with_the_topics_under_it() -> None:
    broad = snapshot.topics().decide("wonen")
    assert isinstance(broad, TooBroad)
    assert broad.theme.label == "wonen"
    assert "betaalbaar-wonen" in [hit.value.slug for hit in broad.hits]


def test_a_sub_theme_leads_to_its_topics() -> None:
    decision = snapshot.topics().decide("natuurbeheer en landschapsbeheer")
    assert not isinstance(decision, TooBroad | Nothing)
    hits = snapshot.topics().find("biodiversiteit")
    assert {hit.value.slug for hit in hits} >= {"stikstof", "landelijk-gebied"}
    assert {hit.reason for hit in hits} == {Reason.THEME}


@pytest.mark.parametrize("text", ["", "?", "\x00", "voetbal", "xyzzy", "de", "😀"])
def test_nothing_comes_of_nothing(text: str) -> None:
    assert isinstance(snapshot.topics().decide(text), Nothing)


def test_a_vague_word_is_no_sure_answer() -> None:
    assert not isinstance(snapshot.topics().decide("beleid"), One)


def test_neighbours_share_a_theme_the_nearest_first() -> None:
    themes = [
        Theme("a", "a", main=False, main_theme="m"),
        Theme("b", "b", main=False, main_theme="m"),
        Theme("c", "c", main=False, main_theme="n"),
    ]
    one = Topic(TopicId(1), "one", "Een", themes=("a",))
    same_main = Topic(TopicId(2), "two", "Twee", themes=("b",))
    same_theme = Topic(TopicId(3), "three", "Drie", themes=("a", "c"))
    far = Topic(TopicId(4), "four", "Vier", themes=("c",))
    index = TopicIndex([one, same_main, same_theme, far], themes)
    assert index.neighbours(one) == [same_theme, same_main]
    assert index.neighbours(far) == [same_theme]


def test_the_column_is_where_most_of_the_work_is() -> None:
    themes = [Theme(code, code, main=False, main_theme=f"main-{code}") for code in "abc"]
    topics = [
        Topic(TopicId(1), "one", "Een", themes=("a", "b")),
        Topic(TopicId(2), "two", "Twee", themes=("b",)),
        Topic(TopicId(3), "three", "Drie", themes=("c",), sensitive=True),
        Topic(TopicId(4), "four", "Vier", themes=("c",)),
    ]
    index = TopicIndex(topics, themes)
    leads, works_on, follows = Part.LEADS, Part.WORKS_ON, Part.FOLLOWS
    assert index.column({TopicId(1): leads, TopicId(2): works_on}) == "main-b"
    assert index.column({TopicId(1): works_on}) == "main-a"
    assert index.column({TopicId(3): leads, TopicId(4): follows, TopicId(9): leads}) == ""


def test_look_up_by_key() -> None:
    index = snapshot.topics()
    stikstof = index.by_slug("stikstof")
    assert stikstof is not None
    assert index.get(stikstof.id) is stikstof
    assert index.by_slug("niets") is None


@given(st.text(max_size=600))
def test_any_text_is_survived_with_scores_in_order(text: str) -> None:
    hits = snapshot.topics().find(text)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert len({hit.value.id for hit in hits}) == len(hits) <= 5
    snapshot.topics().decide(text)
