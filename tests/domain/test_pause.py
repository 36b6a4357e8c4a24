"""What 'pauze' may be followed by."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.dates import Ambiguous, Past
from bot.domain.pause import USUAL, Switch, Wish, is_pause, is_switches, parse_pause, split

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Amsterdam")
MARCH = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("", Wish(USUAL, None)),
        ("tot 1 maart", Wish(USUAL, MARCH)),
        ("t/m 28 februari", Wish(USUAL, MARCH)),
        ("until 1 march", Wish(USUAL, MARCH)),
        ("tot nader order", Wish(USUAL, None)),
        ("rondes", Wish((Switch.ROUNDS,), None)),
        ("verzoeken tot 1 maart", Wish((Switch.REQUESTS,), MARCH)),
        ("vindbaar en rondes tot 1 maart", Wish((Switch.ROUNDS, Switch.FINDABLE), MARCH)),
        ("twee weken", Wish(USUAL, date(2026, 12, 8))),
        ("tot gisteren", Wish(USUAL, Past(date(2026, 11, 23)))),
        ("volgende vrijdag", Wish(USUAL, Ambiguous((date(2026, 11, 27), date(2026, 12, 4))))),
        ("is fijn", None),
        ("rondes zijn leuk", None),
        ("en tot 1 maart", None),
    ],
)
def test_a_pause(typed: str, wish: Wish | None) -> None:
    assert parse_pause(typed, NOW, ZONE) == wish
    assert is_pause(typed) == (wish is not None)


def test_the_rare_day_is_a_day_too() -> None:
    assert is_pause("tot 29 februari")


@pytest.mark.parametrize(
    ("typed", "switches", "its_own"),
    [
        ("", (), True),
        ("rondes", (Switch.ROUNDS,), True),
        ("rondes en verzoeken", (Switch.ROUNDS, Switch.REQUESTS), True),
        ("met rondes", (), False),
        ("rondes graag snel", (Switch.ROUNDS,), False),
    ],
)
def test_going_on(typed: str, switches: tuple[Switch, ...], its_own: bool) -> None:  # noqa: FBT001
    assert split(typed)[0] == switches
    assert is_switches(typed) == its_own
