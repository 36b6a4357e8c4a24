"""The check: for each part whether it is well, what is wrong and how to mend it. It changes nothing."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic_settings import BaseSettings
from sqlalchemy.exc import SQLAlchemyError

from bot.chat.port import Finding
from bot.compose.beside import beside, holds_database
from bot.compose.check_database import Look, row_looks, schema_look
from bot.compose.clocks import DemoClock, SystemClock, resume
from bot.compose.failures import kind_of
from bot.compose.platforms import Platform
from bot.compose.program import (
    ADAPTERS,
    TEXTS,
    Running,
    assemble,
    demo_or_system_clock,
    read_settings,
    words_of,
)
from bot.compose.workshops import make_workshop
from bot.i18n.catalogue import LANGUAGES, Catalogue, nothing_about
from bot.i18n.text import Text, text
from bot.settings import ENV_FILE, PREFIX, Settings, SettingsError, kept_key
from bot.settings.values import KEY_BYTES
from bot.store import schema
from bot.store.database import Database
from bot.store.work import Workshop

_PLATFORM_SECONDS = 30


@dataclass(frozen=True)
class Result:
    """How one part is doing, in words."""

    part: str
    what: str
    well: bool = True
    mend: str = ""


@dataclass(frozen=True)
class Checked:
    """All parts, and the few words around them, in the operator's language."""

    results: tuple[Result, ...]
    title: str
    headers: tuple[str, str, str]
    verdict: str

    @property
    def well(self) -> bool:
        return all(result.well for result in self.results)


async def check(packages: Sequence[str] = ADAPTERS, env_file: Path | None = ENV_FILE) -> Checked:
    """Look at everything that can be looked at."""
    try:
        settings, running = read_settings(packages, env_file)
    except SettingsError as error:
        wish = os.environ.get(f"{PREFIX}LANGUAGE", "")
        fallback = Settings.model_fields["time_zone"].default
        words = _Words(wish if wish in LANGUAGES else LANGUAGES[0], Catalogue(TEXTS, fallback))
        part, mend = words(text("check-settings")), words(text("check-settings-mend"))
        return words.checked([Result(part, line, well=False, mend=mend) for line in str(error).splitlines()])
    words = _Words(settings.language, Catalogue(TEXTS, settings.time_zone))
    return words.checked([result async for result in _Check(settings, running, words).results()])


class _Words:
    """The operator's language."""

    def __init__(self, language: str, catalogue: Catalogue) -> None:
        self._language = language
        self._catalogue = catalogue

    def __call__(self, item: Text) -> str:
        today = SystemClock().now().date()
        return self._catalogue.words(item, self._language, nothing_about, today=today)

    def result(self, look: Look) -> Result:
        mend = "" if look.mend is None else self(look.mend)
        return Result(self(look.part), self(look.what), well=look.well, mend=mend)

    def checked(self, results: Sequence[Result]) -> Checked:
        wrong = sum(not result.well for result in results)
        return Checked(
            results=tuple(results),
            title=self(text("check-title")),
            headers=(self(text("check-part")), self(text("check-what")), self(text("check-mend"))),
            verdict=self(text("check-not-well", count=wrong) if wrong else text("check-all-well")),
        )


class _Check:
    """One run over all parts; what stands on a part that is not well is left out."""

    def __init__(self, settings: Settings, running: Running, words: _Words) -> None:
        self._settings = settings
        self._running = running
        self._words = words
        self._clock = demo_or_system_clock(running)
        self._real = not isinstance(self._clock, DemoClock)

    async def results(self) -> AsyncIterator[Result]:
        yield self._words.result(Look(text("check-settings"), text("check-settings-well")))
        key, look = self._key()
        sound = look.well
        looks = [*self._operator(), look]
        if sound:
            kept = await self._database(key)
            sound = all(one.well for one in kept[:2])
            # That the key fits the rows tells more than that there is one.
            looks = [one for one in looks if one.part not in [other.part for other in kept]] + kept
        for look in looks:
            yield self._words.result(look)
        if not self._running:
            part, mend = text("check-platform"), text("check-platform-none-mend")
            yield self._words.result(Look(part, text("check-platform-none"), mend))
        elif sound:
            async with self._workshop(key) as workshop:
                for platform, own in self._running.items():
                    for result in await self._platform(workshop, platform, own):
                        yield result

    def _operator(self) -> Iterator[Look]:
        """What has a default to try things out needs a choice before real people come."""
        if not self._real:
            return
        part, chosen = text("check-operator"), self._settings.model_fields_set
        if "operator" not in chosen:
            yield Look(part, text("check-operator-missing"), text("check-operator-missing-mend"))
        if "legal_basis" not in chosen:
            yield Look(part, text("check-basis-missing"), text("check-basis-missing-mend"))
        if {"operator", "legal_basis"} <= chosen:
            operator, basis = self._settings.operator, self._settings.legal_basis
            yield Look(part, text("check-operator-well", operator=operator, basis=basis))

    def _key(self) -> tuple[bytes, Look]:
        part = text("check-key")
        try:
            kept = kept_key(self._settings)
        except SettingsError as error:
            return b"", Look(part, text("check-key-wrong", problem=str(error)), text("check-key-mend"))
        if kept is None:
            return bytes(KEY_BYTES), Look(part, text("check-key-none"))
        return kept.value, Look(part, text("check-key-well"))

    async def _database(self, key: bytes) -> list[Look]:
        """The database, its schema, and then its rows."""
        part = text("check-database")
        if not holds_database(self._settings):
            return [self._no_database(part)]
        try:
            async with beside(self._settings, key, self._clock) as workshop:
                looks = [Look(part, text("check-database-well")), await schema_look(workshop.database)]
                if looks[-1].well:
                    async with workshop.read() as work:
                        await resume(work, self._clock)
                    async with workshop.read() as work:
                        looks += await row_looks(work, real=self._real)
                return looks
        except (SQLAlchemyError, OSError) as error:
            away = text("check-database-away", kind=kind_of(error))
            return [Look(part, away, text("check-database-away-mend"))]

    def _no_database(self, part: Text) -> Look:
        file = self._settings.database_file or Path()
        if os.access(file.parent, os.W_OK):
            return Look(part, text("check-database-none", file=str(file)))
        folder = text("check-database-folder", file=str(file))
        return Look(part, folder, text("check-database-folder-mend"))

    @asynccontextmanager
    async def _workshop(self, key: bytes) -> AsyncIterator[Workshop]:
        """For the platforms: the database, or an empty one for a moment where there is none yet."""
        if holds_database(self._settings):
            async with beside(self._settings, key, self._clock) as workshop:
                yield workshop
            return
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{Path(folder) / 'empty.db'}")
            try:
                await schema.upgrade(database)
                yield make_workshop(self._settings, database, key, self._clock)
            finally:
                await database.close()

    async def _platform(self, workshop: Workshop, platform: Platform, own: BaseSettings) -> Sequence[Result]:
        """What the platform's adapter finds, in words of its own catalogue."""
        try:
            async with (
                asyncio.timeout(_PLATFORM_SECONDS),
                assemble(workshop, self._settings, {platform: own}) as program,
            ):
                findings = await program.adapters[platform.name].check()
            return [self._worded(platform, finding) for finding in findings] or [
                Result(platform.name, self._words(text("check-platform-well")))
            ]
        except Exception as error:
            failed = text("check-platform-failed", kind=kind_of(error))
            mend = self._words(text("check-platform-failed-mend"))
            return [Result(platform.name, self._words(failed), well=False, mend=mend)]

    def _worded(self, platform: Platform, finding: Finding) -> Result:
        words, language = words_of(platform, self._settings, self._clock), self._settings.language
        return Result(
            f"{platform.name}: {finding.part}",
            words(finding.what, language),
            well=finding.well,
            mend="" if finding.mend is None else words(finding.mend, language),
        )
