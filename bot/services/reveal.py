"""What a reader may see of an official, asked at the moment of sending."""

from collections.abc import Iterable, Mapping

from bot.domain.ids import OfficialId
from bot.domain.official import Official
from bot.i18n.text import About, Text, text
from bot.store import officials
from bot.store.work import Work

Shown = Mapping[About, str | Text]


class Withheld(Exception):
    """The message holds something that its reader may not see (any more): it is not sent."""


async def reveal(work: Work, reader: OfficialId | None, facts: Iterable[About]) -> Shown:
    """The facts in words or texts.

    Who was erased is 'a former colleague'. Raises :class:`Withheld` for a contact route without an agreed
    koffie between the two.
    """
    shown: dict[About, str | Text] = {}
    for fact in set(facts):
        official = await officials.get(work, OfficialId(fact.official))
        shown[fact] = text("about-erased") if official is None else _fact(official, fact)
    return shown


def _fact(official: Official, fact: About) -> str | Text:
    match fact.fact:
        case "name":
            return official.name
        case "organisation":
            return official.organisation
        case "card":
            return text("about-card", name=official.name, organisation=official.organisation)
        case "role":
            return official.role
        case "route" | "link":
            raise Withheld("no agreed koffie")
