"""From keys and references to words, in the recipient's language, with consent read again."""

from functools import partial

from pydantic import BaseModel

from bot.chat.message import Attachment, FileOf, Mention, Message
from bot.chat.tree import mapped, nodes
from bot.domain.ids import OfficialId
from bot.i18n.catalogue import Catalogue
from bot.i18n.text import About, Text, Words
from bot.services import files, reveal
from bot.services.reveal import Links, Sight
from bot.store.work import Work


async def sight_of(work: Work, reader: OfficialId | None, message: Message) -> Sight:
    """What a reader sees now of everybody whom a message tells of."""
    told = {OfficialId(node.official) for node in nodes(message) if isinstance(node, About | Mention)}
    return await reveal.sight(work, reader, told)


async def resolve(
    work: Work,
    message: Message,
    seen: Sight,
    platform: str,
    language: str,
    catalogue: Catalogue,
    links: Links | None = None,
) -> Message:
    """The message with words for all texts, names for all mentions and bytes for all files.

    ``seen`` is the reader's sight of whom it tells of (:func:`sight_of`); ``links`` lead to a talk with
    officials, where the platform has such links.

    Raises :class:`bot.services.reveal.Withheld` when it holds what its reader may not see, and
    :class:`bot.i18n.catalogue.TextError` when it cannot be worded.
    """
    found = list(nodes(message))
    mentions = [node for node in found if isinstance(node, Mention)]
    facts = [node for node in found if isinstance(node, About)]
    shown = await reveal.reveal(work, seen, [*facts, *map(_name_of, mentions)], links)

    worded = partial(catalogue.words, language=language, today=work.today)

    def about(fact: About) -> str:
        known = shown[fact]
        return worded(known, about=about) if isinstance(known, Text) else known

    done: dict[BaseModel, BaseModel] = {}
    for mention in mentions:
        user = await reveal.user_of(work, seen, OfficialId(mention.official), platform)
        done[mention] = mention.model_copy(update={"name": about(_name_of(mention)), "user": user})
    for node in found:
        if isinstance(node, FileOf):
            done[node] = await files.make(work, seen.reader, node, partial(worded, about=about), links)

    def words(node: BaseModel) -> BaseModel | None:
        match node:
            case Text():
                return Words(text=worded(node, about=about))
            case About():
                return Words(text=about(node))
            case Mention() | FileOf():
                return done[node]
            case Attachment() | Words():
                return node
            case _:
                return None

    return mapped(message, words)


def _name_of(mention: Mention) -> About:
    return About(official=mention.official, fact="name")
