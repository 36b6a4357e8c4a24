"""Fluent catalogues: one folder a language, one file a noun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from fluent.runtime import FluentBundle, FluentResource

from bot.i18n.text import About, Day, Moment, Param, Text

LANGUAGES = ("nl", "en")
_DAY_PATTERNS = {"nl": "EEEE d MMMM", "en": "EEEE d MMMM"}


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
            bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
        return bundle

    def has(self, key: str, language: str) -> bool:
        return self._bundles[language].has_message(key)

    def words(self, item: Text, language: str, about: Callable[[About], str]) -> str:
        """The text in words.

        ``about`` tells a fact of an official. Raises :class:`TextError` when the key is unknown or a
        parameter is missing: half a sentence is never sent.
        """
        bundle = self._bundles[language]
        if not bundle.has_message(item.key):
            raise TextError(f"no text {item.key!r} in {language!r}")
        message = bundle.get_message(item.key)
        if message.value is None:
            raise TextError(f"text {item.key!r} in {language!r} is empty")
        params = {name: self._worded(value, language, about) for name, value in item.params.items()}
        words, errors = bundle.format_pattern(message.value, params)
        if errors:
            raise TextError(f"text {item.key!r} in {language!r}: {errors[0]}")
        return str(words)

    def _worded(self, value: Param, language: str, about: Callable[[About], str]) -> str | int:
        match value:
            case str() | int():
                return value
            case Text():
                return self.words(value, language, about)
            case About():
                return about(value)
            case Day():
                return day_in_words(value.day, language)
            case Moment():
                return moment_in_words(value.at, language, self._zone)


def day_in_words(day: date, language: str) -> str:
    """A day as people write it: 'dinsdag 1 december'."""
    return format_date(day, _DAY_PATTERNS[language], locale=language)


def moment_in_words(moment: datetime, language: str, zone: ZoneInfo) -> str:
    """A moment as people write it: 'dinsdag 1 december 10:00', in the given zone."""
    return format_datetime(moment.astimezone(zone), f"{_DAY_PATTERNS[language]} HH:mm", locale=language)


def nothing_about(fact: About) -> str:
    """For texts that can hold no fact of an official."""
    raise TextError(f"a fact of an official ({fact.fact}) has no place in this text")
