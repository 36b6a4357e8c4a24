"""What the values of some settings must look like. No message here repeats a value: it may be a secret."""

import base64
import binascii
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

KEY_BYTES = 32
CODE = "{code}"
"""In the template of an online address: what each koffie has of its own."""
_PARTS_OF_ACCOUNT = 3
_LONGEST_RECESS_DAYS = 120


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


def checked_template(template: str) -> None:
    """Refuse what makes no web address once its code is filled in.

    :raises ValueError: with a sentence that does not repeat it.
    """
    if template.count(CODE) != 1 or "{" in template.replace(CODE, "") or not template.isascii():
        raise ValueError("write a web address with {code} in it once")
    parts = urlsplit(template.replace(CODE, "code"))
    if parts.scheme != "https" or not parts.hostname or any(sign.isspace() for sign in template):
        raise ValueError("it must be an https address, with {code} where each koffie's own part comes")


def decoded_key(text: str) -> bytes:
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):  # Its own words may repeat the key.
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(f"it must be {KEY_BYTES} bytes written as base64url (43 characters)")
    return key


def accounts(text: str) -> frozenset[str]:
    """Accounts as PLATFORM:TENANT:USER, divided by commas; a tenant may be empty, a user may hold colons."""
    found = frozenset(part.strip() for part in text.split(",") if part.strip())
    for account in found:
        parts = account.split(":", 2)
        if len(parts) < _PARTS_OF_ACCOUNT or not parts[0] or not parts[2]:
            raise ValueError("write accounts as PLATFORM:TENANT:USER, with a comma between them")
    return found


def recesses(text: str) -> tuple[tuple[date, date], ...]:
    """First and last days of each recess: '2026-12-21/2027-01-03, 2027-07-10/2027-08-22'."""
    found: list[tuple[date, date]] = []
    for part in text.split(","):
        if not part.strip():
            continue
        try:
            first, last = (date.fromisoformat(day.strip()) for day in part.split("/"))
        except ValueError:
            raise ValueError("write each recess as its first and last day: 2026-12-21/2027-01-03") from None
        if not 0 <= (last - first).days < _LONGEST_RECESS_DAYS:
            raise ValueError(f"a recess lasts 1 to {_LONGEST_RECESS_DAYS} days, its first day first")
        found.append((first, last))
    return tuple(found)
