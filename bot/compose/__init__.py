"""The only wiring: settings, database, platforms, and the parts that run on them."""

from bot.compose.program import Program, compose
from bot.compose.workshops import StartError, open_workshop

__all__ = ["Program", "StartError", "compose", "open_workshop"]
