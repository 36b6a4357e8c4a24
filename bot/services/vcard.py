"""A contact card of who said yes, for the other's address book.

vCard 3.0 (RFC 2426) in UTF-8: Outlook, Apple and Google all take it, while Outlook refuses 4.0.
"""

import re

import vobject

from bot.chat.message import Attachment
from bot.domain.ids import OfficialId
from bot.domain.words import clean, normalise
from bot.services.reveal import Links, Way, Withheld, sight, way_to
from bot.store.work import Work

_SPACE = re.compile(r"\s+")
_NO_FILE_NAME = re.compile(r"[^a-z0-9-]+")
_LONGEST_NAME = 60
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://", re.ASCII)


async def of(work: Work, reader: OfficialId | None, official: OfficialId, links: Links) -> Attachment:
    """The card of an official. Raises :class:`Withheld` without an agreed koffie between the two."""
    seen = await sight(work, reader, [official])
    way = await way_to(work, seen, official, links)
    known = seen.seen.get(official)
    if known is None:
        raise Withheld("erased")
    return Attachment(
        name=file_name(known.name),
        media_type="text/vcard",
        content=card(known.name, known.organisation, known.role, way),
    )


def card(name: str, organisation: str, role: str, way: Way) -> bytes:
    """The card as bytes with CRLF line ends; whatever the words hold, they stay inside their own property."""
    made = vobject.vCard()
    whole = _line(name)
    given, _, family = whole.partition(" ")
    made.add("n").value = vobject.vcard.Name(family=family, given=given)
    made.add("fn").value = whole
    made.add("org").value = [_line(organisation)]
    if role:
        made.add("title").value = _line(role)
    match way.kind:
        case "email":
            entry = made.add("email")
            entry.type_param = ["INTERNET", "WORK"]
        case "phone":
            entry = made.add("tel")
            entry.type_param = ["WORK", "VOICE"]
        case _:
            entry = made.add("url" if _LINK.match(way.value) else "note")
    entry.value = _line(way.value)
    if not entry.value:
        made.remove(entry)
    return made.serialize().encode()


def file_name(name: str) -> str:
    """A name for the file that every platform takes."""
    slug = _NO_FILE_NAME.sub("", normalise(name).replace(" ", "-"))[:_LONGEST_NAME].strip("-")
    return f"{slug or 'koffie'}.vcf"


def _line(words: str) -> str:
    """User text on one line, without control characters."""
    return _SPACE.sub(" ", clean(words)).strip()
