"""How one can be reached once both said yes, and which addresses and numbers are taken for it."""

import re
from dataclasses import dataclass, field
from enum import StrEnum


class RouteKind(StrEnum):
    """A way of reaching someone; CHAT needs no value: it is the platform itself."""

    CHAT = "chat"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Route:
    """A contact route. The value never shows in a log."""

    kind: RouteKind = RouteKind.CHAT
    value: str = field(default="", repr=False)


_LONGEST_EMAIL, _LONGEST_LOCAL, _LONGEST_DOMAIN = 254, 64, 253
_ATOM = re.compile(r"[A-Za-z0-9_+-]{1,64}")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{2,59}")
_TYPED_NUMBER = re.compile(r"\+?\(?[0-9][0-9 ()./-]{5,29}")
_ABROAD = re.compile(r"\+[1-9][0-9]{7,14}")
_DUTCH = re.compile(r"\+31[1-8][0-9]{8}")
_DUTCH_LENGTH = 10
_MOBILE = "+316"


def parse_email(text: str) -> str | None:
    """The address, if the text is one plain address and nothing else; its domain in lower case.

    Much stricter than the standard: ASCII only (a foreign domain in its xn-- form), no quotes, no comments,
    no name before it. What looks like one address and is another never passes.
    """
    address = text.strip(" ")
    local, at, domain = address.partition("@")
    domain = domain.lower()
    if (
        not at
        or len(address) > _LONGEST_EMAIL
        or len(local) > _LONGEST_LOCAL
        or len(domain) > _LONGEST_DOMAIN
    ):
        return None
    labels = domain.split(".")
    well = (
        all(_ATOM.fullmatch(atom) for atom in local.split("."))
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
        and _TOP.fullmatch(labels[-1]) is not None
    )
    return f"{local}@{domain}" if well else None


def parse_phone(text: str) -> str | None:
    """The number as ``+31612345678``, if the text is one and nothing else; without a country it is Dutch.

    Paid numbers (0900 and the like) are no way to reach a person.
    """
    typed = text.strip(" ")
    if not _TYPED_NUMBER.fullmatch(typed):
        return None
    digits = typed.replace("(0)", "") if typed.startswith(("+", "00")) else typed
    number = "".join(character for character in digits if character in "+0123456789")
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif number.startswith("0") and len(number) == _DUTCH_LENGTH:
        number = f"+31{number[1:]}"
    pattern = _DUTCH if number.startswith("+31") else _ABROAD
    return number if pattern.fullmatch(number) else None


def phone_in_words(number: str) -> str:
    """A number as people read it: '+31 6 12 34 56 78'; others as they are kept."""
    if not number.startswith(_MOBILE):
        return number
    rest = number.removeprefix(_MOBILE)
    return " ".join(("+31 6", *(rest[place : place + 2] for place in range(0, len(rest), 2))))
