"""What went wrong, as one plain line for the operator; never a traceback, and never anybody's words."""

from sqlalchemy.exc import SQLAlchemyError

from bot.chat.port import VerbError
from bot.compose.workshops import StartError
from bot.domain.errors import KoffieError
from bot.domain.register_file import RegisterFileError
from bot.matching import PlanError
from bot.settings import SettingsError
from bot.store.schema import SchemaError

_PLAIN = (SettingsError, StartError, SchemaError, RegisterFileError, VerbError, PlanError)
"""Errors whose words are written for the operator."""


def in_plain_words(error: BaseException) -> str:
    """The line to show. What nobody foresaw is named by kind and place: its words may hold anything."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    match error:
        case _ if isinstance(error, _PLAIN):
            return str(error)
        case KoffieError():
            return f"refused: {error.text.key}"
        case SQLAlchemyError():
            return f"The database fails ({kind_of(error)}): 'koffie check' tells more."
        case OSError(strerror=str(why), filename=str(file)):
            return f"{file}: {why}."
        case OSError():
            return f"A connection or file fails ({kind_of(error)}): 'koffie check' tells more."
    return f"This should not have happened: {kind_of(error)} in {place_of(error)}. Please report it."


def kind_of(error: BaseException) -> str:
    """The name of what went wrong, below SQLAlchemy's wrapping."""
    cause = getattr(error, "orig", None) or error
    return type(cause).__name__


def place_of(error: BaseException) -> str:
    """The function and line in which it was raised."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    return f"{step.tb_frame.f_code.co_qualname}:{step.tb_lineno}" if step else "?"
