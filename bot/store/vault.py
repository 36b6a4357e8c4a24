"""Encryption of what must not be read from a copy of the database."""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_SECRET = 32


class VaultError(ValueError):
    """Sealed data that does not open: another key, another row, or a changed byte."""


class Vault:
    """AES-256-GCM with the row and column as associated data: a value moved to another row does not open."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < _SECRET:
            raise VaultError("the secret key is shorter than 32 bytes")
        derive = HKDF(algorithm=SHA256(), length=64, salt=None, info=b"koffie vault 1")
        keys = derive.derive(secret)
        self._aead = AESGCM(keys[:32])
        self._pepper = keys[32:]

    def seal(self, plain: bytes, *place: str | int) -> bytes:
        """Encrypt; ``place`` is the table, the column and what identifies the row."""
        nonce = os.urandom(_NONCE)
        return nonce + self._aead.encrypt(nonce, plain, _associated(place))

    def open(self, sealed: bytes, *place: str | int) -> bytes:
        """Decrypt. Raises :class:`VaultError`."""
        try:
            return self._aead.decrypt(sealed[:_NONCE], sealed[_NONCE:], _associated(place))
        except (InvalidTag, ValueError) as error:
            raise VaultError(f"sealed data of {place[0]} does not open") from error

    def hash(self, *parts: str) -> str:
        """A keyed hash: compares equal, tells nothing without the key."""
        digest = hmac.new(self._pepper, _associated(parts), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:18]).decode()


def _associated(place: tuple[str | int, ...]) -> bytes:
    """Each part behind its length, so that none can run over into the next."""
    return b"".join(b"%d:%s" % (len(part), part) for part in (str(one).encode() for one in place))
