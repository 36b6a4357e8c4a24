"""Errors that a user can be told; their text is worded in the user's language."""

from bot.i18n.text import Text


class KoffieError(Exception):
    """A use case refused. The message of the exception is the text's key alone: no personal data in logs."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.key)
        self.text = text


class IllegalTransition(Exception):
    """An event that does not fit the state: a fault of the program or a stale button, never done."""
