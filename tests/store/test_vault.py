"""What is sealed opens in its own place only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import state
from bot.store.tables import AdapterState
from bot.store.vault import Vault, VaultError
from bot.store.work import Workshop

VAULT = Vault(bytes(range(32)))
places = st.lists(st.text(max_size=20) | st.integers(), min_size=1, max_size=4).map(tuple)


@given(st.binary(max_size=200), places)
def test_what_is_sealed_opens(plain: bytes, place: tuple[str | int, ...]) -> None:
    assert VAULT.open(VAULT.seal(plain, *place), *place) == plain


@given(st.binary(min_size=1, max_size=50), st.integers(0), st.integers(1, 255))
def test_a_changed_byte_does_not_open(plain: bytes, at: int, change: int) -> None:
    sealed = bytearray(VAULT.seal(plain, "table", 1))
    sealed[at % len(sealed)] ^= change
    with pytest.raises(VaultError):
        VAULT.open(bytes(sealed), "table", 1)


@pytest.mark.parametrize("place", [("table", 2), ("other", 1), ("table",), ("table", 1, ""), ("table1",)])
def test_another_place_does_not_open(place: tuple[str | int, ...]) -> None:
    with pytest.raises(VaultError):
        VAULT.open(VAULT.seal(b"x", "table", 1), *place)


def test_places_with_other_bounds_are_other_places() -> None:
    """No part of a place can run over into the next."""
    with pytest.raises(VaultError):
        VAULT.open(VAULT.seal(b"x", "draft", "a\x1fb"), "draft", "a", "b")
    assert VAULT.hash("a\x1fb", "c") != VAULT.hash("a", "b\x1fc")


def test_another_key_does_not_open_and_hashes_otherwise() -> None:
    other = Vault(bytes(range(1, 33)))
    with pytest.raises(VaultError):
        other.open(VAULT.seal(b"x", "table", 1), "table", 1)
    assert other.hash("a") != VAULT.hash("a")


@pytest.mark.parametrize("secret", [b"", b"short", bytes(31)])
def test_a_short_key_is_refused(secret: bytes) -> None:
    with pytest.raises(VaultError):
        Vault(secret)


def test_the_same_is_sealed_differently_each_time() -> None:
    assert VAULT.seal(b"x", "table", 1) != VAULT.seal(b"x", "table", 1)


async def test_a_value_moved_to_another_row_is_refused(workshop: Workshop) -> None:
    from sqlalchemy import select, update  # noqa: PLC0415

    async with workshop.write() as work:
        await state.put(work, "board", "a", b"token of a", None)
        await state.put(work, "board", "b", b"token of b", None)
        sealed = select(AdapterState.sealed).where(AdapterState.key == "a")
        moved = (await work.session.execute(sealed)).scalar_one()
        await work.session.execute(update(AdapterState).where(AdapterState.key == "b").values(sealed=moved))
    async with workshop.read() as work:
        assert await state.get(work, "board", "a") == (b"token of a", 1)
        with pytest.raises(VaultError):
            await state.get(work, "board", "b")


async def test_a_state_is_changed_by_whoever_saw_it_last(workshop: Workshop) -> None:
    async with workshop.write() as work:
        assert await state.put(work, "board", "a", b"1", None)
        assert not await state.put(work, "board", "a", b"2", None)
        assert await state.put(work, "board", "a", b"2", 1)
        assert not await state.put(work, "board", "a", b"3", 1)
        assert await state.get(work, "board", "a") == (b"2", 2)
