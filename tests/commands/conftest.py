"""Commands: what is said. Their statements are run on both databases elsewhere."""

from tests.support.databases import on_sqlite as on_sqlite
