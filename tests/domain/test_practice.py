"""Which side somebody works on, in their own words."""

from __future__ import annotations

import pytest

from bot.domain.practice import Practice, practice_of

POLICY, EXECUTION = Practice.POLICY, Practice.EXECUTION


@pytest.mark.parametrize(
    ("role", "side"),
    [
        ("Senior beleidsmedewerker", POLICY),
        ("Beleidsadviseur vergunningen", POLICY),
        ("strategisch adviseur", POLICY),
        ("Policy officer", POLICY),
        ("Wetgevingsjurist", POLICY),
        ("Vergunningverlener", EXECUTION),
        ("toezichthouder VTH", EXECUTION),
        ("Adviseur uitvoering beleid", EXECUTION),
        ("Boswachter publiek", EXECUTION),
        ("Permit officer", EXECUTION),
        ("Adviseur", None),
        ("Projectleider uitvoeringsbeleid", None),
        ("", None),
        ("<!channel> ☕", None),
    ],
)
def test_the_first_telling_word_tells(role: str, side: Practice | None) -> None:
    assert practice_of(role) is side
