"""Officials only: a politician is recognised, and an official who works for one is not mistaken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.politicians import is_politician


@pytest.mark.parametrize(
    "text",
    [
        "wethouder in Zwolle",
        "Ik ben wethouder",
        "Loco-burgemeester Utrecht",
        "minister",
        "staatssecretaris van EZK",
        "gedeputeerde Drenthe",
        "Tweede Kamerlid",
        "lid van de gemeenteraad",
        "raadslid en adviseur",
        "commissaris van de Koning in Utrecht",
        "heemraad bij HHNK",
        "dijkgraaf",
        "Statenlid provincie Gelderland",
        "bestuurder",
        "mayor of Utrecht",
        "alderman",
    ],
)
def test_a_politician_is_recognised(text: str) -> None:
    assert is_politician(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ministerie van BZK",
        "bestuursadviseur van de wethouder",
        "adviseur minister",
        "secretaris-generaal",
        "gemeentesecretaris",
        "raadsgriffier",
        "griffier provinciale staten",
        "oud-wethouder",
        "geen wethouder",
        "wethoudersondersteuning",
        "kabinet commissaris van de Koning",
        "ik werk voor de burgemeester",
        "woordvoerder van de staatssecretaris",
        "medewerker gedeputeerde staten",
        "hoogheemraadschap van Delfland",
        "bestuurssecretaris",
        "policy adviser to the alderman",
        "assistant to the mayor",
    ],
)
def test_an_official_is_not_mistaken_for_one(text: str) -> None:
    assert not is_politician(text)


@given(st.text(max_size=600))
def test_any_text_is_survived(text: str) -> None:
    assert is_politician(text) in {True, False}
