"""The command line: ``python -m bot``, installed as ``koffie``."""

import asyncio
import logging
import sys
from collections.abc import Coroutine
from typing import Any

import click

from bot.compose import StartError, compose
from bot.settings import ENV_FILE, SettingsError
from bot.store.schema import SchemaError


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end; what an operator can mend is one plain line, never a traceback."""
    try:
        asyncio.run(work)
    except (SettingsError, StartError, SchemaError) as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        sys.exit(130)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="koffie")
def main() -> None:
    """Koffie: a chat bot that introduces officials of all layers of Dutch government to each other."""
    logging.basicConfig(
        format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING, stream=sys.stderr
    )


@main.command()
def run() -> None:
    """Run the bot on all platforms that are set up; with none, a chat in the terminal."""

    async def serve() -> None:
        async with compose(env_file=ENV_FILE) as program:
            await program.run()

    _run(serve())


if __name__ == "__main__":
    main()
