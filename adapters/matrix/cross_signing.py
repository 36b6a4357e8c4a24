"""The bot's own device, signed by the bot's own identity: else strict clients keep their keys from it.

nio cannot do this. The three keys of an identity (Matrix specification, "Cross-signing") are made once and
kept sealed; what the server tells about them is compared at every start.
"""

from __future__ import annotations

import base64
import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.matrix.notes import Notes
from adapters.matrix.web import Json, Refused, Web, path

log = logging.getLogger(__name__)
_NOTE = "cross-signing"
_USAGES = ("master", "self_signing", "user_signing")
_UPLOAD = path("keys", "device_signing", "upload")


class Standing(StrEnum):
    """How the bot's device stands in the eyes of others."""

    SIGNED = "signed"
    FOREIGN = "foreign"
    """The account has an identity that this bot did not make. It is never overwritten."""
    REFUSED = "refused"
    """The server wants more than it was given before it takes the keys."""
    UNSIGNED = "unsigned"
    """Not done yet."""


@dataclass(frozen=True)
class Identity:
    """The three keys of an account."""

    user: str
    master: Ed25519PrivateKey
    self_signing: Ed25519PrivateKey
    user_signing: Ed25519PrivateKey

    @classmethod
    async def kept(cls, notes: Notes, user: str) -> Identity | None:
        kept = await notes.read(f"{_NOTE}:{user}")
        return cls(user, *(_key(kept[usage]) for usage in _USAGES)) if kept else None

    @classmethod
    async def kept_or_made(cls, notes: Notes, user: str) -> Identity:
        """The same ones at every start; kept before anybody sees them."""
        made = {usage: base64.b64encode(secrets.token_bytes(32)).decode() for usage in _USAGES}
        kept = await notes.change(f"{_NOTE}:{user}", lambda before: before or made)
        return cls(user, *(_key(kept[usage]) for usage in _USAGES))

    def published(self) -> Json:
        """The public halves, the lower two signed by the master."""
        keys: Json = {}
        for usage in _USAGES:
            own = _public(getattr(self, usage))
            body: Json = {"user_id": self.user, "usage": [usage], "keys": {f"ed25519:{own}": own}}
            keys[f"{usage}_key"] = body if usage == "master" else self._signed(body, self.master)
        return keys

    def signature_of(self, device: Mapping[str, Any]) -> Json:
        """A device's keys with this identity's signature alone."""
        bare = {name: value for name, value in device.items() if name not in {"signatures", "unsigned"}}
        return self._signed(bare, self.self_signing)

    def is_master(self, keys: Mapping[str, Any]) -> bool:
        return _public(self.master) in _values(keys)

    def is_self_signing(self, keys: Mapping[str, Any]) -> bool:
        return _public(self.self_signing) in _values(keys)

    def has_signed(self, device: Mapping[str, Any]) -> bool:
        ours = self.signature_of(device)["signatures"][self.user]
        theirs = (device.get("signatures") or {}).get(self.user) or {}
        return all(theirs.get(key) == signature for key, signature in ours.items())

    def _signed(self, body: Json, by: Ed25519PrivateKey) -> Json:
        signature = _unpadded(by.sign(canonical(body)))
        return {**body, "signatures": {self.user: {f"ed25519:{_public(by)}": signature}}}


async def standing(web: Web, notes: Notes, user: str, device: str) -> Standing:
    """How the device stands by what the server tells everybody. Raises :class:`MatrixError`."""
    told = await _told(web, user)
    identity = await Identity.kept(notes, user)
    if not told.master:
        return Standing.UNSIGNED
    if identity is None or not identity.is_master(told.master):
        return Standing.FOREIGN
    signed = device in told.devices and identity.has_signed(told.devices[device])
    return Standing.SIGNED if signed else Standing.UNSIGNED


async def ensure(web: Web, notes: Notes, user: str, device: str, password: str | None) -> Standing:
    """Make the identity known and sign the device, where that was not done yet.

    ``password`` is given where the server asks for it. Raises :class:`MatrixError`.
    """
    told = await _told(web, user)
    kept = await Identity.kept(notes, user)
    if told.master and (kept is None or not kept.is_master(told.master)):
        return Standing.FOREIGN
    identity = kept or await Identity.kept_or_made(notes, user)
    if not (told.master and identity.is_self_signing(told.self_signing)):
        try:
            await _upload(web, identity, password)
        except Refused as refused:
            log.error("the server does not take the bot's cross-signing keys: %s", refused.code)
            return Standing.REFUSED
    own = (await _told(web, user)).devices.get(device)
    if own is None:
        return Standing.UNSIGNED
    if not identity.has_signed(own):
        body = {user: {device: identity.signature_of(own)}}
        answer = await web.post(path("keys", "signatures", "upload"), body)
        if answer.get("failures"):
            log.error("the server does not take the signature of the bot's device")
            return Standing.REFUSED
    return Standing.SIGNED


@dataclass(frozen=True)
class _Told:
    master: Json
    self_signing: Json
    devices: Json


async def _told(web: Web, user: str) -> _Told:
    told = await web.post(path("keys", "query"), {"device_keys": {user: []}})
    return _Told(
        (told.get("master_keys") or {}).get(user) or {},
        (told.get("self_signing_keys") or {}).get(user) or {},
        (told.get("device_keys") or {}).get(user) or {},
    )


async def _upload(web: Web, identity: Identity, password: str | None) -> None:
    """Servers ask for the password where the account had an identity before, some always."""
    keys = identity.published()
    try:
        await web.post(_UPLOAD, keys)
    except Refused as refused:
        if refused.code != "authentication" or password is None:
            raise
        proof = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": identity.user},
            "password": password,
            "session": refused.answer.get("session"),
        }
        await web.post(_UPLOAD, {**keys, "auth": proof})


def canonical(body: Mapping[str, Any]) -> bytes:
    """JSON as Matrix signs it (specification, "Canonical JSON")."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _key(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed))


def _public(key: Ed25519PrivateKey) -> str:
    return _unpadded(key.public_key().public_bytes_raw())


def _unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def _values(keys: Mapping[str, Any]) -> set[str]:
    return set((keys.get("keys") or {}).values())
