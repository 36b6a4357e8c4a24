"""The rules of play: five lines, the same for everybody, shown once and whenever asked for (P26)."""

from bot.chat.message import Items
from bot.i18n.text import text

RULES = Items(items=tuple((text(f"rules-{number}"),) for number in range(1, 6)))
