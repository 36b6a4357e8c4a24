"""Who the bot is on its homeserver: one login that is kept, one device, its keys, and its signature.

A login is not made at each start: servers allow a handful an hour, and each would be another device.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from filelock import FileLock, Timeout
from pydantic import SecretStr

from adapters.matrix import cross_signing
from adapters.matrix.cross_signing import Standing
from adapters.matrix.encryption import Encryption
from adapters.matrix.machine import Machine
from adapters.matrix.notes import Json, Notes
from adapters.matrix.settings import Settings
from adapters.matrix.web import LoggedOut, MatrixError, Refused, Web, path, word

log = logging.getLogger(__name__)
LOGIN = "login"
LOST_STORE = "lost-store"
_STORE_KEY = "store-key"
_DEVICE_NAME = "Koffie"


class NotLoggedIn(Exception):
    """The bot cannot be on its homeserver until somebody mends it; ``code`` says what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Login:
    """The bot's device. ``connect`` before all else, and again after the server logged it out."""

    def __init__(self, settings: Settings, web: Web, notes: Notes, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._web = web
        self._notes = notes
        self._now = now
        self._lock = FileLock(settings.store / "lock", thread_local=False)
        self.user = settings.user or ""
        self.encryption: Encryption | None = None
        self.standing = Standing.UNSIGNED

    @property
    def device(self) -> str:
        return "" if self.encryption is None else str(self.encryption.machine.device_id)

    def close(self) -> None:
        self._forget_machine()
        self._lock.release()

    async def connect(self) -> None:
        """Log in, open the keys and make them known; each step is passed over where it was done before.

        Raises :class:`NotLoggedIn` and :class:`MatrixError`.
        """
        self._take_store()
        self._forget_machine()
        device = await self._logged_in()
        machine = await self._machine(device)
        try:
            told = await self._web.post(path("keys", "query"), {"device_keys": {self.user: []}})
            own = told.get("device_keys", {}).get(self.user, {}).get(device)
            if own is None:
                machine.account.shared = False
            elif own.get("keys", {}).get(f"ed25519:{device}") != machine.identity:
                # The server knows this device by other keys: the folder with ours was lost or put back.
                machine.close()
                device = await self._start_anew()
                machine = await self._machine(device)
            encryption = Encryption(self._web, machine)
            await encryption.tidy()
            self.standing = await cross_signing.ensure(
                self._web, self._notes, self.user, device, secret(self._settings.password)
            )
        except BaseException:
            machine.close()
            raise
        self.encryption = encryption
        if self.standing is Standing.FOREIGN:
            log.error(
                "the bot's account has an identity that this bot did not make: clients that talk to signed "
                "devices only will not understand the bot; see the check"
            )
        elif self.standing is not Standing.SIGNED:
            log.error("the bot's device is not signed (%s)", self.standing)

    async def renew(self, logged_out: LoggedOut) -> None:
        """Log in again after the server threw the bot out. Raises as ``connect`` does."""
        if self._settings.access_token is None:
            log.warning("the server logged the bot out: logging in again")
            drop = ("token",) if logged_out.soft else ("token", "device")
            await self._notes.change(LOGIN, lambda kept: _without(kept, *drop))
        await self.connect()

    def _take_store(self) -> None:
        """One process a device: two would use up each other's keys."""
        try:
            self._settings.store.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._lock.is_locked:
                self._lock.acquire(timeout=0)
        except Timeout:
            raise NotLoggedIn("store_in_use") from None
        except OSError as error:
            raise NotLoggedIn(f"store_{type(error).__name__}") from None

    def _forget_machine(self) -> None:
        if self.encryption is not None:
            self.encryption.machine.close()
            self.encryption = None

    async def _logged_in(self) -> str:
        """Set the token; gives the device."""
        self._web.token = secret(self._settings.access_token)
        if self._web.token is not None:
            return await self._of_token()
        kept = await self._notes.read(LOGIN)
        if kept.get("user") != self.user:
            kept = {}
        if "token" not in kept:
            kept = await self._log_in(kept)
        self._web.token = kept["token"]
        return str(kept["device"])

    async def _of_token(self) -> str:
        try:
            told = await self._web.get(path("account", "whoami"))
        except LoggedOut:
            raise NotLoggedIn("wrong_token") from None
        if (told.get("user_id"), told.get("device_id")) != (self.user, self._settings.device_id):
            raise NotLoggedIn("token_of_another")
        return word(told, "device_id")

    async def _log_in(self, kept: Json) -> Json:
        """The name of the device is noted first: a login that was cut off leaves no device behind."""
        made = {"user": self.user, "device": kept.get("device") or f"KOFFIE{secrets.token_hex(5).upper()}"}
        await self._notes.write(LOGIN, made)
        request = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": self.user},
            "password": secret(self._settings.password),
            "device_id": made["device"],
            "initial_device_display_name": _DEVICE_NAME,
        }
        try:
            told = await self._web.post(path("login"), request)
        except Refused as refused:
            raise NotLoggedIn(refused.code) from None
        token = word(told, "access_token")
        if told.get("user_id") != self.user:
            raise NotLoggedIn("another_user")
        return await self._notes.change(LOGIN, lambda before: {**before, "token": token})

    async def _machine(self, device: str) -> Machine:
        try:
            return Machine(self.user, device, self._settings.store, await self._pickle_key())
        except OSError as error:
            raise NotLoggedIn(f"store_{type(error).__name__}") from None
        except Exception as error:  # noqa: BLE001 - peewee's and vodozemac's errors share no class
            log.error("the store of keys does not open: %s", type(error).__name__)
            raise NotLoggedIn("store_closed") from None

    async def _pickle_key(self) -> str:
        if (own := secret(self._settings.store_key)) is not None:
            return own
        made = {"key": secrets.token_urlsafe(32)}
        return str((await self._notes.change(_STORE_KEY, lambda kept: kept or made))["key"])

    async def _start_anew(self) -> str:
        """The keys of this device are gone: nobody could ever read or be read by it again."""
        await self._notes.write(LOST_STORE, {"at": self._now().isoformat()})
        if self._settings.access_token is not None:
            raise NotLoggedIn("store_lost")
        log.error("the store of keys is not that of the bot's device: it goes on under a new device")
        try:
            await self._web.post(path("logout"), {})
        except MatrixError as error:
            log.warning("the old device stays: %s", error)
        await self._notes.change(LOGIN, lambda kept: _without(kept, "token", "device"))
        return await self._logged_in()


def secret(value: SecretStr | None) -> str | None:
    return None if value is None else value.get_secret_value()


def _without(kept: Json, *names: str) -> dict[str, Any]:
    return {name: value for name, value in kept.items() if name not in names}
