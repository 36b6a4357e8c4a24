"""Files that are made when a message is sent, from what is then known and allowed."""

from bot.chat.message import Attachment, FileOf
from bot.domain.ids import OfficialId
from bot.services.reveal import Withheld
from bot.store.work import Work


async def make(work: Work, reader: OfficialId | None, wanted: FileOf) -> Attachment:
    """The file's bytes. Raises :class:`Withheld` where the reader may not have it."""
    raise Withheld(f"no file of kind {wanted.kind}")
