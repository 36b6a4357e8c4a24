"""The network in numbers, a month at a time."""

from datetime import date

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import BOT_ONLY, kept


class Overview(Table):
    """The figures of one month, made fit to publish: none of them tells of anybody."""

    __tablename__ = "overview"
    __table_args__ = ({"info": kept("as long as the network", "everyone: it is made to be published")},)

    month: Mapped[date] = mapped_column(primary_key=True, doc="First day of the month")
    day: Mapped[date] = mapped_column(doc="On which day it was counted")
    figures: Mapped[dict[str, int]] = mapped_column(JSON, doc="Figures that are published, by name")
    sealed: Mapped[bytes | None] = mapped_column(
        doc="What the figures stand on, so that the next month hides just as well",
        info=kept("until the next month", BOT_ONLY),
    )
