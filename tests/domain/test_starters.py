"""The pool of conversation starters, and how two of them are chosen."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.layer import Layer
from bot.domain.starters import GIVEN, POOL, choose
from bot.domain.topic import Phase
from bot.i18n.catalogue import LANGUAGES, Catalogue

CATALOGUE = Catalogue(Path(__file__).parent.parent.parent / "bot" / "i18n", ZoneInfo("Europe/Amsterdam"))
OPENS = {
    "nl": r"^(Wat|Waar|Wie|Welke?|Hoe|Wanneer|Voor welke)\b.*\?$",
    "en": r"^(What|Where|Who|Which|How|When)\b.*\?$",
}
MONEY = r"\b(kost\w*|geld|budget\w*|euro\w*|duur|goedkoop\w*|cost\w*|money|expensive|cheap\w*|pay\w*)\b"


def words(key: str, language: str) -> str:
    message = CATALOGUE._bundles[language].get_message(key)
    assert message.value is not None
    return str(CATALOGUE._bundles[language].format_pattern(message.value, {})[0])


def test_the_pool_is_large_and_each_key_stands_once() -> None:
    keys = [starter.key for starter in POOL]
    assert len(keys) >= 20
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [starter.key for starter in POOL])
def test_a_starter_is_open_and_not_about_money(key: str, language: str) -> None:
    question = words(key, language)
    assert re.match(OPENS[language], question), question
    assert not re.search(MONEY, question, re.IGNORECASE), question


layers = st.lists(st.sampled_from(Layer), min_size=2, max_size=4)
phases = st.none() | st.sampled_from(Phase)


@given(st.integers(), phases, layers, st.sets(st.sampled_from([starter.key for starter in POOL])))
def test_two_that_fit_and_nothing_recent_while_there_is_something_fresh(
    seed: int, phase: Phase | None, at_table: list[Layer], recent: set[str]
) -> None:
    given_ = choose(Random(seed), phase=phase, layers=at_table, recent=recent)
    fitting = {starter.key for starter in POOL if starter.fits(phase, at_table)}
    assert len(set(given_)) == GIVEN
    assert set(given_) <= fitting
    stale = [key for key in given_ if key in recent]
    assert len(stale) <= max(0, GIVEN - len(fitting - recent))


@given(st.integers(), st.sampled_from(Phase))
def test_one_starter_is_their_own_where_there_is_one(seed: int, phase: Phase) -> None:
    given_ = choose(Random(seed), phase=phase, layers=[Layer.RIJK, Layer.GEMEENTE], recent=())
    general = {starter.key for starter in POOL if starter.general}
    assert len(set(given_) & general) == 1


def test_somebody_with_many_koffies_sees_the_whole_pool_that_fits() -> None:
    random, seen = Random(1), list[str]()
    for _ in range(6):
        seen.extend(choose(random, phase=None, layers=[Layer.RIJK, Layer.PROVINCIE], recent=seen))
    assert len(set(seen)) == len(seen) == 12
