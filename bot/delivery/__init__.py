"""Outbox → resolve, render, deliver, record; look back when in doubt."""

from bot.delivery.deliverer import Deliverer, Patience

__all__ = ["Deliverer", "Patience"]
