"""Who can answer a call: never who is kept from the asker, and each refusal tells only what is no secret."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.appeal import Appeal, AppealState, Misfit, Side, misfit, shown_role
from bot.domain.ids import AppealId, ChannelId, OfficialId, OrganisationId
from bot.domain.layer import Layer

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)

sides = st.builds(
    Side,
    st.integers(1, 4).map(OfficialId),
    st.integers(1, 4).map(OrganisationId),
    st.sampled_from(Layer),
)
appeals = st.builds(
    Appeal,
    st.just(AppealId(1)),
    st.integers(1, 4).map(OfficialId),
    st.just(ChannelId(1)),
    st.lists(st.sampled_from(Layer), max_size=2, unique=True).map(tuple),
    st.integers(-2, 2).map(lambda hours: NOW + timedelta(hours=hours)),
    st.sampled_from(AppealState),
)


@given(appeals, sides, sides, st.frozensets(st.integers(1, 4).map(OfficialId)))
def test_who_fits_is_another_at_another_organisation_at_a_layer_that_was_asked(
    appeal: Appeal, asker: Side, presser: Side, apart: frozenset[OfficialId]
) -> None:
    asker = Side(appeal.asker, asker.organisation, asker.layer)
    reason = misfit(appeal, asker, presser, apart, NOW)
    fits = (
        presser.official != asker.official
        and presser.organisation != asker.organisation
        and (not appeal.layers or presser.layer in appeal.layers)
        and asker.official not in apart
        and appeal.state is AppealState.OPEN
        and appeal.until > NOW
    )
    assert (reason is None) == fits
    if reason is Misfit.APART:
        # A block, a term apart and one organisation are told alike.
        assert misfit(appeal, asker, presser, {asker.official}, NOW) is Misfit.APART
    if presser.official != appeal.asker:
        assert misfit(appeal, None, presser, apart, NOW) is Misfit.OVER


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("Ecoloog", "ecoloog"),
        ("HR-adviseur", "HR-adviseur"),
        ("jurist  vergunningen", "jurist vergunningen"),
        ("", ""),
        ("x" * 61, ""),
    ],
)
def test_a_role_stands_in_a_sentence(role: str, shown: str) -> None:
    assert shown_role(role) == shown
