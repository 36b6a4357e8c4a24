"""Write a new migration from the difference between the tables and the migrations so far.

usage: python -m migrations.new "what changes"
"""

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from bot.store import schema
from bot.store.database import Database


async def new(message: str) -> None:
    """Migrate an empty database, compare, write the file."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'empty.db'}")
        try:
            if any(Path(__file__).parent.glob("versions/*.py")):
                await schema.upgrade(database)
            async with database.connection() as connection:
                await connection.run_sync(_write, message)
        finally:
            await database.close()


def _write(connection: Connection, message: str) -> None:
    made = command.revision(schema.config(connection), message, autogenerate=True)
    for script in made if isinstance(made, list) else [made]:
        if script is not None:
            for step in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
                subprocess.run([sys.executable, "-m", "ruff", *step, script.path], check=True)  # noqa: S603 - our own file


if __name__ == "__main__":
    asyncio.run(new(sys.argv[1]))
