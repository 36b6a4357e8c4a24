"""The rules of play: five lines, the same for everybody, shown once and whenever asked for (P26)."""

from bot.chat.message import Items
from bot.i18n.text import text

RULES = Items(
    items=(
        (text("rules-1"),),
        (text("rules-2"),),
        (text("rules-3"),),
        (text("rules-4"),),
        (text("rules-5"),),
    )
)
