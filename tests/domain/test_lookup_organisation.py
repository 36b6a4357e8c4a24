"""Looking an organisation up: forgiving, and asking where a name is two things."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import OrganisationId
from bot.domain.layer import Layer
from bot.domain.lookup import Nothing, One, Reason, Several, decide
from bot.domain.lookup_organisation import OrganisationIndex
from bot.domain.register import Alias, Organisation, RegionKind
from tests import snapshot


def answer(text: str) -> list[str]:
    """The titles that the bot takes (one) or offers (several)."""
    match decide(snapshot.organisations().find(text)):
        case One(hit):
            return [hit.value.title]
        case Several(hits):
            return [hit.value.title for hit in hits]
        case _:
            return []


def ministry(number: int, name: str, *successors: int, ended: bool = False) -> Organisation:
    return Organisation(
        OrganisationId(number),
        f"uri:{number}",
        Layer.RIJK,
        "ministerie",
        f"ministerie van {name}",
        ended=ended,
        successors=tuple(f"uri:{successor}" for successor in successors),
    )


def test_every_organisation_is_found_by_its_title_in_any_case() -> None:
    for organisation in snapshot.organisation_rows():
        if not organisation.ended:
            assert organisation.title in answer(organisation.title)
            assert organisation.title in answer(organisation.name.upper())


def test_every_organisation_is_the_one_answer_to_its_title_unless_another_bears_it_too() -> None:
    asked = [
        organisation.title
        for organisation in snapshot.organisation_rows()
        if not organisation.ended and len(answer(organisation.title)) > 1
    ]
    assert asked == ["WVS", "Duo+"]


def test_one_typing_error_in_a_gemeente_is_forgiven() -> None:
    source = random.Random(7)
    missed = []
    names = [o.name for o in snapshot.organisation_rows() if o.kind == "gemeente" and len(o.name) > 5]
    for name in names:
        at = source.randrange(1, len(name) - 1)
        wrong = source.choice(
            [name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], name[:at] + "q" + name[at + 1 :]]
        )
        if f"gemeente {name}" not in answer(wrong):
            missed.append((name, wrong))
    assert len(missed) <= len(names) // 100, missed


@pytest.mark.parametrize("name", ["Utrecht", "Groningen", "Limburg"])
def test_a_name_that_is_two_things_is_asked(name: str) -> None:
    assert len(answer(name)) == 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("gemeente Utrecht", "gemeente Utrecht"),
        ("Utrecht (provincie)", "provincie Utrecht"),
        ("waterschap Limburg", "waterschap Limburg"),
        ("LNV", "ministerie van Landbouw, Visserij, Voedselzekerheid en Natuur"),
        ("HHNK", "Hoogheemraadschap Hollands Noorderkwartier"),
        ("Brielle", "gemeente Voorne aan Zee"),
    ],
)
def test_the_names_in_the_specification(text: str, title: str) -> None:
    assert answer(text) == [title]


def test_the_reason_tells_a_former_name_a_typo_and_an_abbreviation_apart() -> None:
    reasons = {
        text: snapshot.organisations().find(text)[0] for text in ("Brielle", "Rotterdm", "RWS", "Zwolle")
    }
    assert {text: hit.reason for text, hit in reasons.items()} == {
        "Brielle": Reason.FORMER_NAME,
        "Rotterdm": Reason.TYPO,
        "RWS": Reason.ALIAS,
        "Zwolle": Reason.NAME,
    }
    assert reasons["Brielle"].matched == "Brielle"


@pytest.mark.parametrize("text", ["", " ", "?", "\x00", "😀", "gemeente", "de", "xyzzy", "Albert Heijn"])
def test_nothing_comes_of_nothing(text: str) -> None:
    assert isinstance(decide(snapshot.organisations().find(text)), Nothing)


def test_a_vague_word_is_no_sure_answer() -> None:
    assert not isinstance(decide(snapshot.organisations().find("dienst")), One)


def test_an_ended_organisation_answers_as_its_successor() -> None:
    index = OrganisationIndex([ministry(1, "Oude Zaken", 2, ended=True), ministry(2, "Nieuwe Dingen")])
    (hit,) = index.find("ministerie van Oude Zaken")
    assert (hit.value.id, hit.reason) == (2, Reason.FORMER_NAME)


def test_several_successors_are_asked_and_chains_are_followed() -> None:
    index = OrganisationIndex(
        [
            ministry(1, "Oude Zaken", 2, 3, ended=True),
            ministry(2, "Tussentijd", 4, ended=True),
            ministry(3, "Water"),
            ministry(4, "Land"),
        ]
    )
    decision = decide(index.find("Oude Zaken"))
    assert isinstance(decision, Several)
    assert {hit.value.id for hit in decision.hits} == {3, 4}


def test_an_ended_organisation_without_successor_and_a_circle_give_nothing() -> None:
    index = OrganisationIndex([ministry(1, "Eind", ended=True), ministry(2, "Rond", 2, ended=True)])
    assert index.find("Eind") == []
    assert index.find("Rond") == []


def test_an_alias_of_an_unknown_organisation_is_left_out() -> None:
    index = OrganisationIndex([ministry(1, "Land")], [Alias("Zee", OrganisationId(9), "alias")])
    assert index.find("Zee") == []


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Friesland", RegionKind.PROVINCE, "Fryslân"),
        ("Brabant", RegionKind.PROVINCE, "Noord-Brabant"),
        ("utrecht", RegionKind.PROVINCE, "Utrecht"),
        ("Achterhoek", RegionKind.COROP, "Achterhoek"),
        ("Rotterdam-Rijnmond", RegionKind.VEILIGHEIDSREGIO, "Rotterdam-Rijnmond"),
    ],
)
def test_regions_are_found_by_name(text: str, kind: RegionKind, name: str) -> None:
    region = snapshot.organisations().region(text)
    assert region is not None
    assert (region.kind, region.name) == (kind, name)


def test_a_region_holds_what_lies_in_it() -> None:
    region = snapshot.organisations().region("Achterhoek")
    assert region is not None
    held = {o.name for o in snapshot.organisation_rows() if region.holds(o)}
    assert {"Doetinchem", "Winterswijk"} <= held
    assert "Zwolle" not in held


@given(st.text(max_size=600))
def test_any_text_is_survived_with_scores_in_order(text: str) -> None:
    hits = snapshot.organisations().find(text)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert len({hit.value.id for hit in hits}) == len(hits) <= 5


def test_a_look_up_takes_milliseconds() -> None:
    texts = ["Utrecht", "hoogheemradschap delfland", "x" * 500, "wij werken bij de gemente zwole " * 15]
    snapshot.organisations()
    for text in texts:
        began = time.perf_counter()
        for _ in range(10):
            snapshot.organisations().find(text)
        assert (time.perf_counter() - began) / 10 < 0.05
