"""What sentences about an appointment mean, and that everything else means nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.meeting_said import Intent, Said, late_by, numbers_in, understand

SUITS, MOVE, HINDERED, LATE, ASKS = Intent.SUITS, Intent.MOVE, Intent.HINDERED, Intent.LATE, Intent.ASKS
SAID = {
    "vrijdag kan ik": Said(SUITS, "vrijdag"),
    "Doe maar dinsdag.": Said(SUITS, "dinsdag"),
    "dinsdag 14:00 is prima": Said(SUITS, "dinsdag 14:00"),
    "Kan het ook op donderdag 3 december om 10 uur?": Said(SUITS, "donderdag 3 december 10 uur"),
    "monday works for me": None,
    "monday works": Said(SUITS, "monday"),
    "dinsdag kan ik niet": Said(HINDERED, "dinsdag"),
    "Ik kan dinsdag helaas niet": Said(HINDERED, "dinsdag"),
    "deze week lukt niet": Said(HINDERED, "deze week"),
    "kan niet meer": Said(HINDERED),
    "ik kan toch niet komen": Said(HINDERED),
    "Ik ben ziek": Said(HINDERED),
    "ik ben morgen ziek": Said(HINDERED, "morgen"),
    "er komt iets tussen": Said(HINDERED),
    "ik red het niet": Said(HINDERED),
    "Ik heb geen tijd": Said(HINDERED),
    "de koffie gaat niet door": Said(HINDERED),
    "ik wil de afspraak afzeggen": Said(HINDERED),
    "kan het later?": Said(HINDERED),
    "half uur later?": Said(HINDERED),
    "kan het een uur later?": Said(HINDERED),
    "een dag later": Said(HINDERED),
    "500 minuten later": Said(HINDERED),
    "dinsdagmiddag kan ik niet": Said(HINDERED, "dinsdag middag"),
    "ik kan morgenochtend niet": Said(HINDERED, "morgen ochtend"),
    "Vanmiddag lukt niet meer": Said(HINDERED, "today middag"),
    "dinsdag in de middag kan ik niet": Said(HINDERED, "dinsdag middag"),
    "dinsdagmiddag kan ik": Said(SUITS, "dinsdag middag"),
    "liever donderdag 's ochtends": Said(MOVE, "donderdag ochtend"),
    "kunnen we het verzetten naar dinsdagmiddag 2 uur?": Said(MOVE, "dinsdag middag 2 uur"),
    "I can't do this afternoon": Said(HINDERED, "today afternoon"),
    "tomorrow morning works": Said(SUITS, "tomorrow morning"),
    "sorry, I can't make it": Said(HINDERED),
    "I can't do": Said(HINDERED),
    "Geen van deze": Said(Intent.NO_MORE),
    "none of these": Said(Intent.NO_MORE),
    "verplaatsen": Said(MOVE),
    "Kunnen we het verzetten?": Said(MOVE),
    "kan de koffie een andere keer?": Said(MOVE),
    "kunnen we de koffie verplaatsen naar dinsdag 14:00": Said(MOVE, "dinsdag 14:00"),
    "verzet de koffie naar volgende week": Said(MOVE, "volgende week"),
    "liever dinsdag": Said(MOVE, "dinsdag"),
    "Can we reschedule?": Said(MOVE),
    "ik kom later": Said(LATE),
    "ik ben te laat": Said(LATE),
    "mijn trein heeft vertraging": Said(LATE),
    "half uur later": Said(LATE, minutes=30),
    "Ik kom een halfuurtje later": Said(LATE, minutes=30),
    "ik ben 10 minuten later": Said(LATE, minutes=10),
    "tien minuten te laat": Said(LATE, minutes=10),
    "ik kom een kwartier later": Said(LATE, minutes=15),
    "een uurtje later": Said(LATE, minutes=60),
    "I'm running half an hour late": Said(LATE, minutes=30),
    "We hebben al iets afgesproken!": Said(Intent.ARRANGED),
    "wanneer hebben we afgesproken?": Said(ASKS),
    "wanneer is mijn koffie?": Said(ASKS),
    "Hoe laat spreken we af?": Said(ASKS),
    "waar is het": Said(ASKS),
    "met wie heb ik koffie?": Said(ASKS),
    "When is my coffee?": Said(ASKS),
    "Stuur de agenda nog een keer opnieuw": Said(ASKS),
    "ik ben het agendabestand kwijt": Said(ASKS),
    "can you send the calendar file again?": Said(ASKS),
    "is het verzet?": Said(ASKS),
    "Is de koffie verplaatst naar dinsdag?": Said(ASKS, "dinsdag"),
    "we hebben het uitgesteld": Said(ASKS),
    "is het te laat": Said(HINDERED),
    "iets later graag": Said(HINDERED),
    "tuesday half past three works": Said(SUITS, "tuesday half past three"),
    "rather tuesday quarter to three": Said(MOVE, "tuesday quarter to three"),
}


@pytest.mark.parametrize("words", SAID)
def test_what_is_meant(words: str) -> None:
    assert understand(words) == SAID[words]


OTHERS = (
    "", "graag", "ja graag", "prima", "later dit jaar", "ik wil niet verzetten", "hoe kan ik verzetten?",
    "wie kan ik spreken over stikstof?", "stikstof kan niet", "ik ben later want ik heb 06 12345678",
    "stikstofmiddag kan ik", "'s middags kan ik", "nu even niet", "niet dinsdag", "dinsdag 14:00",
    "geen stikstof", "waar werk je?", "wanneer is het stikstofoverleg", "met wie werk ik",
    "laat maar", "nee, laat het maar", "fijn weekend!", "Ok, fijn weekend", "great weekend",
    "ik kan niet naar Anna", "de rechter zegt af en toe nee", "niet ik, wel Bram",
)  # fmt: skip


@pytest.mark.parametrize("words", OTHERS)
def test_what_is_not_about_an_appointment_is_left_alone(words: str) -> None:
    assert understand(words) is None


@given(st.sampled_from([words for words, said in SAID.items() if said]), st.integers(0, 8))
def test_one_word_that_is_not_known_makes_it_something_else(words: str, place: int) -> None:
    parts = words.split()
    parts.insert(min(place, len(parts)), "stikstof")
    assert understand(" ".join(parts)) is None


@given(st.text(max_size=200))
def test_any_words_at_all(words: str) -> None:
    said = understand(words)
    assert said is None or said.minutes is None or 0 < said.minutes <= 180
    assert all(0 <= number < 100 for number in numbers_in(words))
    late_by(words)


def test_numbers() -> None:
    said = ("1 en 3", "1, 2", "1,2 en 3", "2 1", "1 & 2", "1 and 3", "2, 2")
    meant = [(1, 3), (1, 2), (1, 2, 3), (2, 1), (1, 2), (1, 3), (2,)]
    assert [numbers_in(words) for words in said] == meant
    for words in ("1", "", "en", "1 of 2", "1 stikstof", "123 4", "1 en"):
        assert numbers_in(words) == ()


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("10 minuten", 10),
        ("20", 20),
        ("ongeveer 5 min", 5),
        ("een kwartier", 15),
        ("10m", 10),
        ("about 10", 10),
    ],
)
def test_how_late(words: str, minutes: int) -> None:
    assert late_by(words) == minutes


@pytest.mark.parametrize("words", ["", "0", "want ik heb 06 12345678", "1000", "dinsdag", "niet"])
def test_what_says_no_minutes(words: str) -> None:
    assert late_by(words) is None
