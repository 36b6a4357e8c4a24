"""What the values of some settings must look like. No message here repeats a value: it may be a secret."""

import base64
import binascii
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

KEY_BYTES = 32


def async_url(url: str) -> str:
    """Name the asynchronous driver, and translate ``sslmode`` (libpq's word) for asyncpg.

    :raises ValueError: with a sentence that does not repeat the address.
    """
    scheme = url.partition(":")[0]
    if scheme == "sqlite":
        return f"sqlite+aiosqlite:///{_sqlite_file(url)}"
    if scheme not in {"postgresql", "postgres"}:
        raise ValueError("it must start with sqlite:/// or postgresql://")
    try:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        _ = parts.port  # Reading it checks it.
        if "@" in parts.path:  # An unescaped slash in the password ends the host too early.
            raise ValueError  # noqa: TRY301 - the sentence is the same
    except ValueError:  # Its own words repeat the address.
        raise ValueError(
            "it is no valid address; a special character in a password is written like %2F"
        ) from None
    if not parts.path.strip("/"):
        raise ValueError("it names no database")
    if query.keys() - {"host", "sslmode"}:
        raise ValueError("after the question mark only host and sslmode are understood")
    if sslmode := query.pop("sslmode", None):
        query["ssl"] = sslmode
    return urlunsplit(("postgresql+asyncpg", parts.netloc, parts.path, urlencode(query), ""))


def _sqlite_file(url: str) -> str:
    path = url.partition(":///")[2]
    if not path or path == ":memory:" or "?" in path:
        raise ValueError("it must name a file, like sqlite:///koffie.db")
    return path


def decoded_key(text: str) -> bytes:
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):  # Its own words may repeat the key.
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(f"it must be {KEY_BYTES} bytes written as base64url (43 characters)")
    return key
