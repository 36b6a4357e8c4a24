"""A homeserver that lets the bot go slowly."""

from __future__ import annotations

from pathlib import Path

from tests.matrix.limits import rush

PEOPLE = 24
_TENFOLD = {"rc_message": {"per_second": 2, "burst_count": 10}}
"""Synapse's default in a tenth of the time; docs/matrix/limits.md has 200 on the default itself."""


async def test_what_is_due_at_once_arrives_in_order_and_a_question_is_answered_meanwhile(
    tmp_path: Path,
) -> None:
    figures = await rush(PEOPLE, _TENFOLD, tmp_path)
    assert (figures.arrived, figures.twice) == (PEOPLE, 0)
    # Four are on their way at once, and as many may have been refused before the first turn was known.
    assert figures.displaced <= 4
    # No storm of retries: a message is refused less than every other time, and few in a row.
    assert figures.refused <= PEOPLE // 2
    assert figures.longest_run_of_refusals <= 8
    # An answer overtakes all that nobody waits for: when not one turn is left, and in the middle.
    assert figures.sent_before_the_first_answer <= 3
    assert figures.sent_before_the_answer <= 4
    assert figures.refused_answers <= 1
