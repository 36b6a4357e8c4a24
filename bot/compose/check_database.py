"""The part of the check that reads the database; nothing here writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.i18n.text import Text, text
from bot.services import demo
from bot.store import audit, register, report, schema, state
from bot.store.database import Database
from bot.store.due import MOST_FAILURES
from bot.store.health import Health, health
from bot.store.schema import SchemaError
from bot.store.work import Work

_PATIENCE = timedelta(minutes=10)
_RECENT = timedelta(days=7)
_STALE_REGISTER = timedelta(days=400)
_CLOCKS_APART = timedelta(seconds=30)


@dataclass(frozen=True)
class Look:
    """What was seen of a part; ``mend`` is there when it is not well."""

    part: Text
    what: Text
    mend: Text | None = None

    @property
    def well(self) -> bool:
        return self.mend is None


async def schema_look(database: Database) -> Look:
    """Whether the database and the program are of one version."""
    part = text("check-schema")
    try:
        has = await schema.current(database)
        schema.refuse_newer(has)
    except SchemaError:
        return Look(part, text("check-schema-newer"), text("check-schema-newer-mend"))
    if has != schema.head():
        return Look(part, text("check-schema-old"), text("check-schema-old-mend"))
    return Look(part, text("check-schema-well"))


async def row_looks(work: Work, *, real: bool) -> list[Look]:
    """What the rows tell. ``real``: a platform with real people is set up."""
    counts = await health(work, _PATIENCE, _RECENT)
    looks = [await _key(work), await _register(work), *_clockwork(counts), _time(work, counts, real=real)]
    looks += [await _audit(work), await _reports(work)]
    people = await _people(work, real=real)
    return looks if people is None else [*looks, people]


async def _key(work: Work) -> Look:
    part = text("check-key")
    if await state.fits_key(work) is False:
        return Look(part, text("check-key-other"), text("check-key-other-mend"))
    return Look(part, text("check-key-fits"))


async def _people(work: Work, *, real: bool) -> Look | None:
    part = text("check-demo")
    if real and await demo.is_demo(work):
        return Look(part, text("check-demo-invented"), text("check-demo-invented-mend"))
    if not real and await demo.holds_real_officials(work):
        return Look(part, text("check-demo-real"), text("check-demo-real-mend"))
    return None


async def _register(work: Work) -> Look:
    part, dated = text("check-register"), await register.dated(work)
    if dated is None:
        return Look(part, text("check-register-none"), text("check-register-none-mend"))
    if work.today - _day(dated) > _STALE_REGISTER:
        old = text("check-register-old", dated=dated)
        return Look(part, old, text("check-register-old-mend"))
    organisations, topics = await register.counts(work)
    return Look(part, text("check-register-well", organisations=organisations, topics=topics, dated=dated))


async def _audit(work: Work) -> Look:
    part, broken = text("check-audit"), await audit.first_broken(work)
    if broken is None:
        return Look(part, text("check-audit-well"))
    return Look(part, text("check-audit-broken", row=broken), text("check-audit-broken-mend"))


async def _reports(work: Work) -> Look:
    part, count = text("check-reports"), await report.count_unread(work)
    if not count:
        return Look(part, text("check-reports-well"))
    return Look(part, text("check-reports-unread", count=count), text("check-reports-unread-mend"))


def _day(dated: str) -> date:
    """The day of '2026-05-31', or the first of the month '2026-05'."""
    return date.fromisoformat(dated if dated.count("-") == len("YMD") - 1 else f"{dated}-01")


def _clockwork(counts: Health) -> Iterator[Look]:
    part = text("check-clockwork")
    if counts.behind_since is not None:
        behind = text("check-clockwork-behind", count=counts.behind, since=counts.behind_since)
        yield Look(part, behind, text("check-clockwork-behind-mend"))
    else:
        yield Look(part, text("check-clockwork-well"))

    part, days = text("check-events"), _RECENT.days
    if counts.failed:
        failed = text("check-events-failed", count=counts.failed, days=days)
        yield Look(part, failed, text("check-events-failed-mend"))
    else:
        yield Look(part, text("check-events-well", days=days))

    part = text("check-messages")
    if counts.unknown:
        unknown = text("check-messages-unknown", count=counts.unknown)
        yield Look(part, unknown, text("check-messages-unknown-mend"))
    if counts.faulty:
        faulty = text("check-messages-faulty", count=counts.faulty)
        yield Look(part, faulty, text("check-messages-faulty-mend"))
    if not counts.unknown and not counts.faulty:
        yield Look(part, text("check-messages-well"))

    part = text("check-due")
    if counts.set_aside:
        aside = text("check-due-aside", count=counts.set_aside, failures=MOST_FAILURES)
        yield Look(part, aside, text("check-due-aside-mend"))
    else:
        yield Look(part, text("check-due-well"))


def _time(work: Work, counts: Health, *, real: bool) -> Look:
    part, mend = text("check-time"), text("check-time-mend")
    apart = _apart(counts.server_now, work.now)
    if real and apart > _CLOCKS_APART:  # A demo has a time of its own.
        return Look(part, text("check-time-server", seconds=int(apart.total_seconds())), mend)
    if counts.newest is not None and counts.newest - work.now > _CLOCKS_APART:
        return Look(part, text("check-time-back", newest=counts.newest), mend)
    return Look(part, text("check-time-well", now=work.now, zone=work.zone.key))


def _apart(server: datetime | None, ours: datetime) -> timedelta:
    return timedelta() if server is None else abs(server - ours)
