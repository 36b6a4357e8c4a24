"""How those who all said yes are brought together: in one talk of their own, or each by a direct message."""

from bot.chat.address import Together
from bot.domain.contact import RouteKind
from bot.domain.ids import KoffieId, OfficialId
from bot.services import after_yes, koffie_limits, meeting
from bot.services import koffie_words as words
from bot.services.koffie_ask import tell
from bot.store import accounts, contact, outbox
from bot.store import koffie as store
from bot.store.koffie import KeptKoffie
from bot.store.outbox import Lane
from bot.store.work import Work


async def introduce(work: Work, kept: KeptKoffie) -> None:
    """Where all chose chat and share one: a talk of their own. Else each gets the others' routes.

    To be called once, when the last seat says yes.
    """
    place = await _shared_chat(work, kept)
    if place is None:
        await _apart(work, kept)
        return
    after = await after_yes.blocks(work, kept.id, *kept.koffie.present)
    message = await words.introduction(work, kept, after)
    await outbox.post(work, place, message, Lane.FOLLOWS, business_key=f"koffie-introduced:{kept.id}")


async def introduced(work: Work, koffie: KoffieId) -> None:
    """They read it in a talk of their own."""
    kept = await store.get(work, koffie)
    if kept is not None:
        await meeting.begin(work, koffie)
        await _offer_to_take_back(work, kept)


async def apart(work: Work, koffie: KoffieId) -> None:
    """The talk of their own cannot be had: each gets the others' routes, once.

    Who is left alone, as the other was erased or blocked them at that very moment, hears nothing of it.
    """
    kept = await store.get(work, koffie)
    if kept is not None and len(kept.koffie.present) > 1:
        await _apart(work, kept)


async def _apart(work: Work, kept: KeptKoffie) -> None:
    for official in kept.koffie.present:
        after = await after_yes.blocks(work, kept.id, official)
        message = await words.agreed(work, kept, official, after)
        await tell(work, official, message, kept, "agreed", Lane.FOLLOWS)
    await meeting.begin(work, kept.id)
    await _offer_to_take_back(work, kept)


async def _offer_to_take_back(work: Work, kept: KeptKoffie) -> None:
    """Behind the good news: may the other requests of who asked go?"""
    requester = kept.koffie.requester
    if requester is None:
        return
    more = await koffie_limits.open_requests(work, requester)
    if more:
        await tell(work, requester, words.take_back(more), kept, "more", Lane.FOLLOWS)


async def _shared_chat(work: Work, kept: KeptKoffie) -> Together | None:
    """Where all seats are reached by chat and have an account; who was erased has none."""
    shared: set[tuple[str, str]] | None = None
    for official in kept.koffie.present:
        if (await contact.route_of(work, official)).kind is not RouteKind.CHAT:
            return None
        theirs = {(one.platform, one.tenant) for one in await accounts.accounts_of(work, official)}
        shared = theirs if shared is None else shared & theirs
    if not shared:
        return None
    platform, tenant = await _seen_last(work, kept.koffie.present, shared)
    return Together(
        platform=platform, tenant=tenant, officials=tuple(kept.koffie.present), koffie=int(kept.id)
    )


async def _seen_last(
    work: Work, officials: tuple[OfficialId, ...], shared: set[tuple[str, str]]
) -> tuple[str, str]:
    """Of several shared chats the one that somebody uses most lately; else any, always the same."""
    for official in officials:
        account = await accounts.preferred_account(work, official)
        if account is not None and (account.platform, account.tenant) in shared:
            return account.platform, account.tenant
    return min(shared)
