"""The log: standard error, one line an event, never a traceback: an error's words may be somebody's own."""

import logging
import sys
from collections.abc import Sequence

from bot.compose.failures import kind_of, place_of


class _OneLine(logging.Formatter):
    """Names an error by its kind and its place."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line = f"{line} [{kind_of(error)} in {place_of(error)}]"
        return line.replace("\n", " ")


def start_log() -> None:
    """From the start on: what anybody has to warn of."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def write_log_from(level: str, packages: Sequence[str]) -> None:
    """Only our own parts obey: at their lower levels, libraries write out what passes through them."""
    for package in ("bot", *packages):
        logging.getLogger(package).setLevel(level.upper())
