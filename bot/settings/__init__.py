"""The settings: what an operator may choose, read once at the start from the environment and a ``.env`` file.

Each adapter owns its keys in the same way (``KOFFIE_<ADAPTER>_…``); ``load``, ``declared_keys`` and
``unknown_keys`` serve them all. No message made here ever holds a value, since a value may be a secret.
"""

from bot.settings.key import KEY_FILE, SecretKey, kept_key, secret_key
from bot.settings.model import PREFIX, Rules, Settings
from bot.settings.reading import (
    ENV_FILE,
    SettingsError,
    UnknownKey,
    declared_fields,
    declared_keys,
    load,
    refuse_unknown_keys,
    unknown_keys,
)
from bot.settings.values import CODE

__all__ = [
    "CODE",
    "ENV_FILE",
    "KEY_FILE",
    "PREFIX",
    "Rules",
    "SecretKey",
    "Settings",
    "SettingsError",
    "UnknownKey",
    "declared_fields",
    "declared_keys",
    "kept_key",
    "load",
    "refuse_unknown_keys",
    "secret_key",
    "unknown_keys",
]
