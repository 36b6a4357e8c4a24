"""Which platforms run: walks the adapters' settings, and builds those that are configured."""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic_settings import BaseSettings

from bot.chat.port import Adapter, Build, Tools, Verb
from bot.settings import declared_keys, load


@dataclass(frozen=True)
class Platform:
    """One adapter package: where it is, and its settings."""

    name: str
    package: str
    settings_type: type[BaseSettings]

    def settings(self, env_file: Path | None) -> BaseSettings:
        """Raises :class:`bot.settings.SettingsError`."""
        return load(self.settings_type, env_file)

    @property
    def texts(self) -> Path:
        module = importlib.import_module(self.package)
        return Path(next(iter(module.__path__))) / "texts"

    @property
    def verbs(self) -> Mapping[str, Verb]:
        """What it offers on the command line."""
        verbs: Mapping[str, Verb] = getattr(importlib.import_module(f"{self.package}.adapter"), "VERBS", {})
        return verbs

    async def build(self, settings: BaseSettings, tools: Tools) -> Adapter:
        make: Build = importlib.import_module(f"{self.package}.adapter").build
        return await make(settings, tools)


def find(packages: Sequence[str]) -> list[Platform]:
    """All adapters below these packages, by name."""
    found = []
    for parent in packages:
        for module in pkgutil.iter_modules(importlib.import_module(parent).__path__):
            package = f"{parent}.{module.name}"
            settings = importlib.import_module(f"{package}.settings").Settings
            found.append(Platform(module.name, package, settings))
    return sorted(found, key=lambda platform: platform.name)


def keys(platforms: Sequence[Platform]) -> frozenset[str]:
    """All environment keys that adapters declare."""
    return frozenset(key for platform in platforms for key in declared_keys(platform.settings_type))


def chosen(platforms: Sequence[Platform], env_file: Path | None) -> Mapping[Platform, BaseSettings]:
    """The configured ones; with none, those that declare themselves the fallback."""
    settings = {platform: platform.settings(env_file) for platform in platforms}
    configured = {platform: own for platform, own in settings.items() if _flag(own, "configured")}
    return configured or {platform: own for platform, own in settings.items() if _flag(own, "fallback")}


def _flag(settings: BaseSettings, name: str) -> bool:
    value = getattr(settings, name)
    if not isinstance(value, bool):
        raise TypeError(f"{type(settings).__module__}: {name} must be a bool")
    return value
