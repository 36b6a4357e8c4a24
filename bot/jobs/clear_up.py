"""Daily: forget what was kept for a term that is over."""

from datetime import timedelta

from bot.jobs import Job
from bot.services.channel_change import UNDO
from bot.store import (
    appeal,
    channel_change,
    drafts,
    due,
    feedback,
    feeling,
    inbox,
    invitation,
    moving,
    offers,
    openings,
    outbox,
    report,
    small_win,
    ties,
    topic,
    topic_merge,
)
from bot.store import round as rounds
from bot.store.due import DueThing
from bot.store.work import Work

_KEYS = timedelta(days=30)
_TRAFFIC = timedelta(days=90)
_YEAR = timedelta(days=365)


async def clear_up(work: Work, thing: DueThing) -> None:
    await inbox.clear(work, _KEYS)
    await outbox.clear(work, _TRAFFIC)
    await offers.clear(work, _TRAFFIC)
    await due.clear(work, _TRAFFIC)
    unfinished = timedelta(days=work.rules.form_stays_days)
    await drafts.clear(work, unfinished)
    await outbox.clear_strangers(work, unfinished)
    await offers.clear_strangers(work, unfinished)
    await rounds.clear_choices(work, _TRAFFIC)
    await appeal.clear(work, _KEYS)
    await feedback.clear(work, _YEAR)
    await report.clear(work, _YEAR)
    await small_win.clear(work, _YEAR)
    await feeling.clear(work, 2 * _YEAR)
    await openings.clear(work, _KEYS)
    await invitation.clear(work)
    await channel_change.clear(work, _YEAR)
    await moving.clear(work)
    await topic_merge.clear(work)
    await topic.forget_taken_off(work, UNDO)
    await ties.clear_marks(work, 3 * _YEAR)


JOB = Job(kind="clear-up", run=clear_up, daily=True)
