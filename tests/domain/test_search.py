"""A search by ids: to a button and back, and which bare sentences are one."""

import json
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import OrganisationId, TopicId
from bot.domain.layer import Layer
from bot.domain.question import understand
from bot.domain.register import Region, RegionKind
from bot.domain.search import Search, sure
from tests import snapshot

SEARCHES = st.builds(
    Search,
    topics=st.lists(st.integers(1, 99).map(TopicId), max_size=4, unique=True).map(tuple),
    layers=st.lists(st.sampled_from(Layer), max_size=5, unique=True).map(tuple),
    organisations=st.lists(st.integers(1, 99).map(OrganisationId), max_size=4, unique=True).map(tuple),
    region=st.none() | st.builds(Region, st.sampled_from(RegionKind), st.text(min_size=1, max_size=20)),
    before=st.none() | st.datetimes(timezones=st.just(UTC)),
)


def asked(words: str) -> Search:
    return Search.of(understand(words, snapshot.organisations(), snapshot.topics()))


@given(SEARCHES)
def test_a_button_gives_back_the_search(search: Search) -> None:
    assert Search.from_args(json.loads(json.dumps(search.args))) == search


@given(SEARCHES)
def test_the_key_knows_no_order(search: Search) -> None:
    turned = Search(search.topics[::-1], search.layers[::-1], search.organisations[::-1], search.region)
    assert turned.key == search.key


@given(SEARCHES, SEARCHES)
def test_different_questions_have_different_keys(one: Search, other: Search) -> None:
    same = (
        set(one.topics) == set(other.topics)
        and set(one.layers) == set(other.layers)
        and set(one.organisations) == set(other.organisations)
        and one.region == other.region
    )
    assert (one.key == other.key) == same


@given(SEARCHES)
def test_wider_ends_at_the_topic_alone(search: Search) -> None:
    steps = 0
    while search.narrowed:
        wider = search.wider()
        assert wider != search
        assert wider.topics == search.topics
        search, steps = wider, steps + 1
        assert steps <= 3
    assert search.wider() == search


def test_a_damaged_button_is_refused() -> None:
    with pytest.raises(ValueError, match="planeet"):
        Search.from_args({"layers": ["planeet"]})


def test_the_same_question_in_other_words() -> None:
    assert asked("wie gaat er over stikstof bij de waterschappen?").key == asked("waterschap stikstof").key


def test_an_organisation_says_more_than_its_layer() -> None:
    search = asked("stikstof bij gemeente Zwolle")
    assert len(search.organisations) == 1
    assert search.layers == ()


@pytest.mark.parametrize(
    "words",
    [
        "wie gaat er over stikstof bij de waterschappen?",
        "stikstof",
        "stikstof waterschap",
        "ken ik iemand voor de KRW in Drenthe",
        "iemand bij BZK voor wonen?",
        "who works on housing at a province",
        "ik zoek een collega voor jeugdzorg",
        "betaalbaar wonen in Utrecht",
        "wie kan ik spreken over de energietransitie?",
    ],
)
def test_a_bare_question_is_understood(words: str) -> None:
    assert sure(words, understand(words, snapshot.organisations(), snapshot.topics()))


@pytest.mark.parametrize(
    "words",
    [
        "ik heb zin in koffie",
        "koffie",
        "hoi",
        "goedemorgen allemaal",
        "dank je wel voor je hulp",
        "wat een mooi weer vandaag",
        "ik heb geen energie meer",
        "heb je energie",
        "mijn fiets is kapot",
        "zullen we lunchen in Utrecht",
        "ik ga naar een feest van de gemeente Best",
        "morgen is er een vergadering over het klimaat",
        "wie is Anna de Vries",
        "ik wil graag koffie drinken met iemand",
        "het is hier een crisis",
        "ben je een robot",
        "ja",
        "graag",
        "test",
        "",
    ],
)
def test_small_talk_is_no_question(words: str) -> None:
    assert not sure(words, understand(words, snapshot.organisations(), snapshot.topics()))
