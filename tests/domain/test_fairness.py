"""Ranks: who is heard least goes first, and chance never goes against that."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fairness import JITTER, MOST_SHOWN, SMALL_STEPS, Standing, crosses_step, in_turn, score
from bot.domain.topic import Part

COUNTS = st.integers(0, 300)
CHANCE = st.integers(0, JITTER - 1)
STANDINGS = st.builds(Standing, colleagues=COUNTS, met=COUNTS, shown=COUNTS, part=st.sampled_from(Part))


@given(STANDINGS, COUNTS, CHANCE)
def test_a_smaller_organisation_never_goes_behind(standing: Standing, colleagues: int, chance: int) -> None:
    small, large = sorted((standing.colleagues, colleagues))
    assert score(replace(standing, colleagues=small), chance) >= score(
        replace(standing, colleagues=large), chance
    )


@given(STANDINGS, COUNTS, CHANCE)
def test_who_met_fewer_never_goes_behind(standing: Standing, met: int, chance: int) -> None:
    few, many = sorted((standing.met, met))
    assert score(replace(standing, met=few), chance) >= score(replace(standing, met=many), chance)


@given(STANDINGS, CHANCE, CHANCE)
def test_chance_decides_among_equals_only(standing: Standing, one: int, other: int) -> None:
    standing = replace(standing, shown=min(standing.shown, MOST_SHOWN - 1))
    listed = replace(standing, shown=standing.shown + 1)
    assert score(listed, one) < score(standing, other)
    assert abs(score(standing, one) - score(standing, other)) < JITTER


@given(STANDINGS, CHANCE)
def test_who_works_on_it_goes_before_who_follows(standing: Standing, chance: int) -> None:
    works, leads, follows = (
        score(replace(standing, part=part), chance) for part in (Part.WORKS_ON, Part.LEADS, Part.FOLLOWS)
    )
    assert works == leads > follows


@pytest.mark.parametrize("chance", [-1, JITTER])
def test_more_chance_than_room_is_refused(chance: int) -> None:
    with pytest.raises(ValueError, match="chance"):
        score(Standing(1, 0, 0), chance)


@given(st.integers(1, 300), st.sampled_from([-1, 1]))
def test_a_step_that_changes_is_seen(size: int, change: int) -> None:
    """Whoever joined or left, the change of everybody's score is noticed at the size after it."""
    before = size - change
    changed = score(Standing(before, 0, 0), 0) != score(Standing(size, 0, 0), 0)
    assert crosses_step(size) or not changed
    assert not changed or size in {*SMALL_STEPS, *(step - 1 for step in SMALL_STEPS)}


@given(st.lists(st.lists(st.integers(), max_size=6), max_size=6), st.integers(0, 10))
def test_every_queue_gets_a_seat_before_any_gets_two(queues: list[list[int]], limit: int) -> None:
    marked = [[(number, place) for place in range(len(queue))] for number, queue in enumerate(queues)]
    chosen = in_turn(marked, limit)
    assert len(chosen) == min(limit, sum(map(len, queues)))
    assert len(set(chosen)) == len(chosen)
    for number, queue in enumerate(marked):
        mine = [place for queue_number, place in chosen if queue_number == number]
        assert mine == list(range(len(mine)))
        if len(mine) < len(queue):
            assert all(
                sum(1 for other, _ in chosen if other == one) <= len(mine) + 1 for one in range(len(marked))
            )
