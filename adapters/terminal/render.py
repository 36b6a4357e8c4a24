"""A message as lines of plain text."""

from bot.chat.message import Message
from bot.chat.plain import plain


def render(message: Message) -> list[str]:
    return plain(message).splitlines()
