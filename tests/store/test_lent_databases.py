"""The databases of the tests themselves: one is made, emptied after each test, and lent again."""

from __future__ import annotations

from tests.postgres import Databases, _execute, _fetch


def test_a_lent_database_is_emptied_and_lent_again(postgres: Databases) -> None:
    with postgres.lent() as url:
        _execute(url, "INSERT INTO meta (key, value) VALUES ('left', 'behind')")
    with postgres.lent() as again:
        assert again == url
        assert _fetch(again, "SELECT key FROM meta") == []


def test_what_was_changed_is_not_lent_again(postgres: Databases) -> None:
    with postgres.lent() as url:
        _execute(url, "ALTER TABLE meta ADD COLUMN more integer")
    with postgres.lent() as again:
        assert again != url
