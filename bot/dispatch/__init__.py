"""Inbound → official → command → reply: dedup, one transaction, the error boundary."""

from bot.dispatch.dispatcher import Dispatcher

__all__ = ["Dispatcher"]
