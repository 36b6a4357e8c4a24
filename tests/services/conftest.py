"""Use cases. Those whose statements are run nowhere else on PostgreSQL bring ``on_both``."""

from tests.support.databases import on_sqlite as on_sqlite
