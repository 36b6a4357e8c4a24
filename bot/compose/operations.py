"""What an operator does from the command line, beside ``run`` and ``check``."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import commands
from bot.chat.address import Account
from bot.chat.port import Desk, Verb, VerbError
from bot.compose import platforms
from bot.compose.beside import holds_database, operating
from bot.compose.clocks import SystemClock
from bot.compose.program import ADAPTERS, read_settings, words_of
from bot.compose.workshops import StartError, open_workshop
from bot.domain.disclosure import FEWEST
from bot.domain.ids import OfficialId
from bot.domain.overview import Month
from bot.domain.register_file import RegisterKind
from bot.services import admins, erasure, overview, register_import, seed
from bot.services.register_import import Report
from bot.settings import ENV_FILE, Settings
from bot.store import accounts, feedback, officials, report, schema
from bot.store import admins as admin_store
from bot.store.database import Database
from bot.store.work import Work

Progress = Callable[[int, int], None]


def settings(packages: Sequence[str] = ADAPTERS) -> Settings:
    """The core's settings, once all are read and none is unknown."""
    return read_settings(packages, ENV_FILE)[0]


@dataclass(frozen=True)
class Migrated:
    """The schema's versions before and after, and whether the empty register was filled."""

    before: str | None
    after: str
    filled: bool


async def migrate() -> Migrated:
    """Bring the database to the program's version, and fill an empty register with the shipped one."""
    chosen = settings()
    before = await _version(chosen) if holds_database(chosen) else None
    async with open_workshop(chosen, migrate=True) as workshop, workshop.write() as work:
        filled = await register_import.import_snapshot(work, commands.walk().names)
    return Migrated(before, schema.head(), bool(filled))


async def _version(chosen: Settings) -> str | None:
    database = Database(chosen.database_url.get_secret_value())
    try:
        return await schema.current(database)
    finally:
        await database.close()


async def import_file(kind: RegisterKind, data: bytes, progress: Progress) -> Report:
    """Refresh one part of the register. Raises :class:`bot.domain.register_file.RegisterFileError`."""
    async with operating(settings()) as workshop, workshop.write() as work:
        names = commands.walk().names
        return await register_import.import_register(work, kind, data, reserved=names, progress=progress)


async def invent(count: int, dice: int, progress: Progress) -> int:
    """Add invented officials to a demo's database; returns how many ties they have."""
    stages = [one for one in platforms.find(ADAPTERS) if getattr(one.settings_type, "fallback", False)]
    async with open_workshop(settings(), migrate=True) as workshop:
        return await seed.seed(workshop, count, dice, progress, platform=stages[0].name)


async def export(file: Path, *, reports: bool) -> None:
    """Write the network in numbers; with ``reports`` also those that were not exported before.

    Raises :class:`StartError` when the file is there already.
    """
    async with operating(settings()) as workshop, workshop.write() as work:
        content = {
            "made": work.today.isoformat(),
            "fewest": FEWEST,
            "network": _published(await overview.months(work)),
            "feedback": [
                {"month": f"{remark.month:%Y-%m}", "words": remark.words}
                for remark in await feedback.unread(work)
            ],
        }
        if reports:
            content["reports"] = await _reports(work)
        write_new(file, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _published(months: Sequence[Month]) -> Sequence[Mapping[str, Any]]:
    """The figures of each month, by their names; what is too small to tell is not there."""
    return [
        {
            "day": month.day.isoformat(),
            "figures": {"/".join(name): count for name, count in month.figures.items()},
        }
        for month in months
    ]


async def _reports(work: Work) -> list[Mapping[str, Any]]:
    """With names: who reports is told that the operator reads them."""
    told = await report.unread(work)
    for one in told:
        await report.mark_read(work, one.id)
    return [
        {
            "day": one.at.astimezone(work.zone).date().isoformat(),
            "by": await _somebody(work, one.by),
            "about": await _somebody(work, one.of),
            "words": one.words,
        }
        for one in told
    ]


async def _somebody(work: Work, who: OfficialId | None) -> Mapping[str, Any] | None:
    official = None if who is None else await officials.get(work, who)
    if official is None:
        return None
    return {"number": official.id, "name": official.name, "organisation": official.organisation}


def write_new(file: Path, words: str) -> None:
    """Only the operator can read it; what is there is never overwritten."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise StartError(f"{file} is there already: choose another name.") from None
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(words)


async def erase(who: str) -> None:
    """Erase an official by number, or whoever is behind ``PLATFORM:TENANT:USER``.

    Raises :class:`StartError` when there is nobody.
    """
    async with operating(settings()) as workshop, workshop.write() as work:
        if who.isascii() and who.isdigit():
            official = await officials.get(work, OfficialId(int(who)))
            if official is None:
                raise StartError(f"There is no official {who}, or not any more.")
            await erasure.erase(work, official.id)
            return
        account = _account(who)
        known = await accounts.official_of(work, account)
        if known is None:
            # Somebody who began to register, or only talked: of them there may be traces too.
            await erasure.forget_account(work, account)
        else:
            await erasure.erase(work, known)


async def add_admin(who: str) -> bool:
    """Let an official set up channels, by number or account; false when that was so already.

    Raises :class:`StartError` when there is nobody.
    """
    async with operating(settings()) as workshop, workshop.write() as work:
        return await admins.add(work, await _official(work, who))


@dataclass(frozen=True)
class RemovedAdmin:
    """``was``: the official had been added. ``named``: accounts of theirs that KOFFIE_ADMINS still names."""

    was: bool
    named: Sequence[str]


async def remove_admin(who: str) -> RemovedAdmin:
    """Take back what :func:`add_admin` did. Raises :class:`StartError` when there is nobody."""
    async with operating(settings()) as workshop, workshop.write() as work:
        known = await _official(work, who)
        return RemovedAdmin(await admins.remove(work, known), await admins.named(work, known))


async def list_admins() -> tuple[Mapping[int, Sequence[Account]], Sequence[str]]:
    """Officials who were added, by number, with their accounts; and the accounts in KOFFIE_ADMINS."""
    async with operating(settings()) as workshop, workshop.read() as work:
        added = {int(one): await accounts.accounts_of(work, one) for one in await admin_store.admins(work)}
        return added, sorted(work.admins)


async def _official(work: Work, who: str) -> OfficialId:
    """Somebody by number or account."""
    if who.isascii() and who.isdigit():
        known: OfficialId | None = OfficialId(int(who))
    else:
        known = await accounts.official_of(work, _account(who))
    if known is None or await officials.get(work, known) is None:
        raise StartError(f"There is no official {who}: let them register first, in the chat.")
    return known


def _account(who: str) -> Account:
    """A user's id may hold colons itself."""
    parts = who.split(":", 2)
    if len(parts) < len(("platform", "tenant", "user")) or not all(parts):
        raise StartError("Write a number, or an account as PLATFORM:TENANT:USER.")
    platform, tenant, user = parts
    if platform not in {one.name for one in platforms.find(ADAPTERS)}:
        raise StartError(f"There is no platform {platform}.")
    return Account(platform=platform, tenant=tenant, user=user)


def verbs(name: str, packages: Sequence[str] = ADAPTERS) -> Mapping[str, str]:
    """What a platform offers on the command line, each with what it does."""
    platform = _platform(name, packages)
    words = words_of(platform, settings(packages), SystemClock())
    return {verb: words(offered.summary, "en") for verb, offered in sorted(platform.verbs.items())}


async def do_verb(
    name: str, verb: str, arguments: Sequence[str], packages: Sequence[str] = ADAPTERS
) -> Sequence[str]:
    """Do what a platform offers; the lines to print. Raises :class:`VerbError`."""
    platform = _platform(name, packages)
    offered: Verb | None = platform.verbs.get(verb)
    if offered is None:
        known = ", ".join(sorted(platform.verbs)) or "nothing"
        raise VerbError(f"{name} has no {verb!r} to do here; it offers {known}.")
    chosen = settings(packages)
    desk = Desk(
        commands=tuple(command.info for command in commands.walk().commands),
        words=words_of(platform, chosen, SystemClock()),
        language=chosen.language,
    )
    return await offered.run(platform.settings(ENV_FILE), desk, tuple(arguments))


def _platform(name: str, packages: Sequence[str]) -> platforms.Platform:
    found = {one.name: one for one in platforms.find(packages)}
    if name not in found:
        raise VerbError(f"There is no platform {name!r}; there is {', '.join(found)}.")
    return found[name]
