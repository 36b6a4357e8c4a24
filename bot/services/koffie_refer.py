"""'Niet ik, wel …': a seat names a colleague in its place."""

from bot.domain.ids import KoffieId
from bot.domain.koffie import Answer
from bot.domain.official import Official
from bot.services import koffie
from bot.store import koffie as store
from bot.store import officials, people
from bot.store.koffie import KeptKoffie
from bot.store.work import Work

_LOOKED_AT = 10


async def refer(work: Work, me: Official, number: KoffieId, name: str) -> KeptKoffie:
    """Note that ``me`` names somebody instead: for this koffie a 'not now' that nobody learns of.

    Who bears the name and is a colleague of ``me``, or is the only one who bears it, is the first to be
    proposed when the other one looks further, which they can after every lapse. Nothing tells ``me`` whether
    there is such a person. Raises :class:`KoffieError` when it cannot be answered any more.
    """
    kept = await koffie.answer(work, me.id, number, Answer.OTHER)
    bearing = [one for one in await people.find(work, name, _LOOKED_AT) if one not in kept.places]
    near = []
    for one in bearing:
        official = await officials.get(work, one)
        if official is not None and official.organisation_id == me.organisation_id:
            near.append(one)
    meant = near or bearing
    await store.name_instead(work, number, me.id, meant[0] if len(meant) == 1 else None)
    return kept
