"""The port between the bot and the platforms; it knows neither.

An adapter may import this package and nothing else of the bot: what the port is made of is named here too.
"""

from bot.i18n.text import Text, Value, Words, text

__all__ = ["Text", "Value", "Words", "text"]
