"""Files that are made when a message is sent, from what is then known and allowed."""

from bot.chat.message import Attachment, FileOf
from bot.domain.ids import OfficialId
from bot.services import calendar, channel_export, channel_invitation, my_data, overview_chat, vcard
from bot.services.calendar import Words
from bot.services.reveal import Links, Withheld
from bot.store.work import Work

VCARD = "vcard"


async def make(
    work: Work, reader: OfficialId | None, wanted: FileOf, words: Words, links: Links | None = None
) -> Attachment:
    """The file's bytes; ``words`` speaks the reader's language.

    Raises :class:`Withheld` where the reader may not have it.
    """
    match wanted.kind:
        case "vcard":
            return await vcard.of(work, reader, OfficialId(wanted.of), links or {})
        case my_data.FILE if reader is not None and reader == wanted.of:
            return await my_data.attachment(work, reader)
        case calendar.FIXED if reader is not None:
            return await calendar.of(work, reader, wanted.of, words)
        case calendar.OFF:
            return await calendar.of_off(work, wanted.of, words)
        case channel_invitation.PICTURE if reader is not None:
            return await channel_invitation.picture(work, reader, wanted.of)
        case kind if kind in overview_chat.KINDS and reader is not None:
            return await overview_chat.picture(work, reader, kind, wanted.of, words)
        case kind if kind in channel_export.KINDS and reader is not None:
            return await channel_export.attachment(work, reader, kind, wanted.of)
        case _:
            raise Withheld("no such file")
