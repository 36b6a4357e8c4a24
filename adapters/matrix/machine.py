"""nio's Olm machine, with what it lacks: nothing is lost in a crash, and one bad key harms nobody else.

nio generates one-time keys, uploads them and only then saves: a crash in between makes them unreadable; here
they are saved first. It marks a room's key as shared even where sending it failed; here that is an error.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nio.crypto import Olm
from nio.store import SqliteStore

_PLAIN_FILES = 0o700
MEGOLM = "m.megolm.v1.aes-sha2"

Json = dict[str, Any]

# Its lines name users, rooms and what they said.
logging.getLogger("nio").setLevel(logging.CRITICAL + 1)
logging.getLogger("peewee").setLevel(logging.CRITICAL + 1)


class Unreadable(Exception):
    """An encrypted event cannot be read. ``later``: its key may still come."""

    def __init__(self, reason: str, *, later: bool = False) -> None:
        super().__init__(reason)
        self.later = later


@dataclass(frozen=True)
class Decrypted:
    """What an event said; ``index`` is its place in the sender's session, by which a replay shows."""

    type: str
    content: Json
    session: str
    index: int
    sender_key: str
    fingerprint: str


class Machine(Olm):  # type: ignore[misc]
    """The keys of one device, in a file of the store folder."""

    def __init__(self, user: str, device: str, folder: Path, pickle_key: str) -> None:
        folder.mkdir(mode=_PLAIN_FILES, parents=True, exist_ok=True)
        name = "".join(letter if letter.isalnum() else "_" for letter in device)
        super().__init__(user, device, SqliteStore(user, device, str(folder), pickle_key, f"{name}.db"))

    def close(self) -> None:
        self.store.database.close()

    @property
    def identity(self) -> str:
        """The device's own signing key."""
        return str(self.account.identity_keys["ed25519"])

    @property
    def fresh(self) -> bool:
        """Whether this device was never made known: a first start, or the store was lost."""
        return not self.account.shared

    def keys_to_upload(self, *, fallback: bool) -> Json | None:
        """What has to be made known now, saved before it goes out; ``None`` for nothing."""
        if not (self.should_upload_keys or fallback):
            return None
        body: Json = self.share_keys() if self.should_upload_keys else {}
        if fallback:
            body["fallback_keys"] = self._fallback_keys()
        self.save_account()
        return body

    def _fallback_keys(self) -> Json:
        """A key that is never used up: for whoever comes while all one-time keys are taken."""
        account = self.account._account  # noqa: SLF001 - nio knows no fallback keys, what it wraps does
        account.generate_fallback_key()
        signed = {}
        for key_id, key in account.fallback_key.items():
            body: Json = {"key": key.to_base64(), "fallback": True}
            signature = self.sign_json(body)
            body["signatures"] = {self.user_id: {f"ed25519:{self.device_id}": signature}}
            signed[f"signed_curve25519:{key_id}"] = body
        return signed

    def uploaded(self, counts: Mapping[str, Any]) -> None:
        """The server has them."""
        self.account.shared = True
        self.uploaded_key_count = _count(counts)
        self.mark_keys_as_published()
        self.save_account()

    def stands_at(self, counts: Mapping[str, Any]) -> None:
        """How many one-time keys the server has left. nio overlooks a 0, and then never makes new ones."""
        self.uploaded_key_count = _count(counts)

    def read(self, event: Mapping[str, Any], room: str) -> Decrypted:
        """Decrypt a room's event; who wrote it is not checked yet. Raises :class:`Unreadable`."""
        match event.get("content"):
            case {
                "algorithm": "m.megolm.v1.aes-sha2",
                "sender_key": str(sender_key),
                "session_id": str(session_id),
                "ciphertext": str(ciphertext),
            }:
                pass
            case _:
                raise Unreadable("unknown encryption")
        session = self.inbound_group_store.get(room, sender_key, session_id)
        if session is None:
            raise Unreadable("no key", later=True)
        try:
            plain, index = session.decrypt(ciphertext)
            told = json.loads(plain)
        except Exception as error:  # noqa: BLE001 - vodozemac's errors share no class; each means the same
            # A key that was shared from a later message on may come again, whole.
            raise Unreadable(type(error).__name__, later=True) from None
        match told:
            case {"type": str(kind), "content": dict(content), "room_id": str(of)} if of == room:
                relation = event["content"].get("m.relates_to")
                if isinstance(relation, dict):
                    content.setdefault("m.relates_to", relation)
                return Decrypted(kind, content, session_id, index, sender_key, str(session.ed25519))
        raise Unreadable("of another room")

    def knows_device(self, user: str, decrypted: Decrypted) -> bool:
        """Whether one of this user's devices wrote it: the server names the sender, the keys prove it."""
        return any(
            device.curve25519 == decrypted.sender_key and device.ed25519 == decrypted.fingerprint
            for device in self.device_store[user].values()
        )

    def _should_accept_forward(self, sender: str, sender_key: str, event: Any) -> bool:
        """A key that we asked for, sent by the very device that made it; nio takes own devices' only."""
        asked = self.outgoing_key_requests.get(event.session_id)
        return (
            asked is not None
            and event.algorithm == MEGOLM
            and asked.room_id == event.room_id
            and event.source["content"].get("sender_key") == sender_key
        )


def _count(counts: Mapping[str, Any]) -> int:
    count = counts.get("signed_curve25519", 0)
    return count if isinstance(count, int) and count >= 0 else 0
