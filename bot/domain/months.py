"""Whole months back, on the calendar."""

import calendar
from datetime import datetime

_MONTHS_A_YEAR = 12


def months_before(moment: datetime, months: int) -> datetime:
    """The same time so many months earlier; where that month is shorter, its last day."""
    year, month = divmod(moment.year * _MONTHS_A_YEAR + moment.month - 1 - months, _MONTHS_A_YEAR)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
