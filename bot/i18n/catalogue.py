"""Fluent catalogues: one folder a language, one file a noun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Resource

from bot.i18n.text import About, Day, Moment, Month, Param, Text

LANGUAGES = ("nl", "en")
_DAY = "EEEE d MMMM"
_DAY_AND_YEAR = "EEEE d MMMM y"


@cache
def _parsed(source: str) -> Resource:
    """Parsed once a process: it takes longest of all at the start, and each platform has a catalogue."""
    return FluentResource(source)


class TextError(LookupError):
    """A text is missing from the catalogue or lacks a parameter."""


class Catalogue:
    """All texts below one folder, in every language; complete by a test, loud when not."""

    def __init__(self, folder: Path, zone: ZoneInfo) -> None:
        self._zone = zone
        self._bundles = {language: self._load(folder / language, language) for language in LANGUAGES}

    @staticmethod
    def _load(folder: Path, language: str) -> FluentBundle:
        # Isolation marks would show as boxes in terminals; user text is stripped of direction marks instead.
        bundle = FluentBundle([language], use_isolating=False)
        for file in sorted(folder.glob("*.ftl")):
            bundle.add_resource(_parsed(file.read_text(encoding="utf-8")))
        return bundle

    def has(self, key: str, language: str) -> bool:
        return self._bundles[language].has_message(key)

    def words(self, item: Text, language: str, about: Callable[[About], str], *, today: date) -> str:
        """The text in words.

        ``about`` tells a fact of an official; a day of another year than that of ``today`` (the reader's
        local day) shows its year. Raises :class:`TextError` when the key is unknown or a
        parameter is missing: half a sentence is never sent.
        """
        bundle = self._bundles[language]
        if not bundle.has_message(item.key):
            raise TextError(f"no text {item.key!r} in {language!r}")
        message = bundle.get_message(item.key)
        if message.value is None:
            raise TextError(f"text {item.key!r} in {language!r} is empty")
        params = {name: self._worded(value, language, about, today) for name, value in item.params.items()}
        words, errors = bundle.format_pattern(message.value, params)
        if errors:
            raise TextError(f"text {item.key!r} in {language!r}: {errors[0]}")
        return str(words)

    def _worded(self, value: Param, language: str, about: Callable[[About], str], today: date) -> str | int:
        match value:
            case str() | int():
                return value
            case Text():
                return self.words(value, language, about, today=today)
            case About():
                return about(value)
            case Day():
                return day_in_words(value.day, language, today)
            case Month():
                return format_date(value.day, "MMMM yyyy", locale=language)
            case Moment():
                return moment_in_words(value.at, language, self._zone, today)


def day_in_words(day: date, language: str, today: date) -> str:
    """A day as people write it: 'dinsdag 1 december', with the year where that is not today's."""
    return format_date(day, _pattern(day, today), locale=language)


def moment_in_words(moment: datetime, language: str, zone: ZoneInfo, today: date) -> str:
    """A moment as people write it: 'dinsdag 1 december 10:00', in the given zone."""
    local = moment.astimezone(zone)
    return format_datetime(local, f"{_pattern(local.date(), today)} HH:mm", locale=language)


def _pattern(day: date, today: date) -> str:
    return _DAY if day.year == today.year else _DAY_AND_YEAR


def nothing_about(fact: About) -> str:
    """For texts that can hold no fact of an official."""
    raise TextError(f"a fact of an official ({fact.fact}) has no place in this text")
