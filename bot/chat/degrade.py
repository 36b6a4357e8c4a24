"""Fit a resolved message to what a platform can show, and report what was lost on the way. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from bot.chat.capabilities import Capabilities
from bot.chat.message import Attachment, Block, Card, Choices, Items, Message, Option, Paragraph, Whole
from bot.chat.plain import plain_block, plain_span, plain_spans
from bot.i18n.text import Words


@dataclass(frozen=True)
class Degraded:
    """``parts`` in order, at least one; ``lost`` names the capabilities that were missing."""

    parts: tuple[Message, ...]
    lost: frozenset[str]


def degrade(
    message: Message, capabilities: Capabilities, *, plainly: bool = False, page: bool = False
) -> Degraded:
    """Number the options where there are no buttons (or too many), leave files out, split what is too long.

    ``plainly`` leaves nothing but lines of text: the last resort for a renderer that broke. A ``page`` stays
    one part, whose blocks each fit: a second part would take the place of the first.

    Where the message goes is not decided here: 'only you' becomes a direct message in the delivery.
    """
    lost: set[str] = set()
    pressable: dict[int, str] = {}
    blocks: list[Block] = list(message.blocks)
    # A page has no talk to answer in by a number: there it is each row of buttons that counts.
    rows = [block.options for block in blocks if isinstance(block, Card | Choices)]
    options = max(map(len, rows), default=0) if page else len(message.options)
    too_many = capabilities.most_options is not None and options > capabilities.most_options
    if message.options and (plainly or not capabilities.buttons or too_many):
        lost.add("buttons")
        pressable = _pressable(blocks)
        blocks = list(_numbered(blocks))
    if not capabilities.files and any(isinstance(block, Attachment) for block in blocks):
        lost.add("files")
        blocks = [block for block in blocks if not isinstance(block, Attachment)]
    if plainly:
        lost.add("markup")
        blocks = [line for block in blocks for line in _plain(block)]
    parts = [tuple(blocks)]
    if capabilities.most_characters is not None:
        parts = _split(blocks, capabilities.most_characters)
        if page:
            parts = [tuple(block for part in parts for block in part)]
        if len(parts) > 1:
            lost.add("length")
    *firsts, last = (message.model_copy(update={"blocks": part}) for part in parts)
    last = last.model_copy(update={"pressable": pressable})
    return Degraded((*firsts, last), frozenset(lost))


def _plain(block: Block) -> list[Block]:
    if isinstance(block, Attachment | Whole):
        return [block]
    return [Paragraph(spans=(Words(text=line),)) for line in plain_block(block)]


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    numbers = count(1)
    for block in blocks:
        match block:
            case Card():
                lines = tuple((_number(option, numbers),) for option in block.options)
                yield block.model_copy(update={"lines": (*block.lines, *lines), "options": ()})
            case Choices():
                row = "   ".join(_number(option, numbers).text for option in block.options)
                yield Paragraph(spans=(Words(text=row),), numbered=True)
            case _:
                yield block


def _pressable(blocks: Iterable[Block]) -> dict[int, str]:
    """The tokens of public choices, by number."""
    rows = [block for block in blocks if isinstance(block, Card | Choices)]
    public = [isinstance(row, Choices) and row.public for row in rows for _ in row.options]
    options = [option for row in rows for option in row.options]
    return {
        number: option.token
        for number, (option, shown) in enumerate(zip(options, public, strict=True), start=1)
        if shown and option.token
    }


def _number(choice: Option, numbers: Iterator[int]) -> Words:
    return Words(text=f"{next(numbers)} {plain_span(choice.label)}")


def _length(block: Block) -> int:
    if isinstance(block, Whole):
        return 0  # A form is shown in a window of its own.
    # Slack for the marks that a platform's renderer puts around lines and options.
    return sum(len(line) + 16 for line in plain_block(block))


def _split(blocks: Iterable[Block], limit: int) -> list[tuple[Block, ...]]:
    parts: list[tuple[Block, ...]] = []
    current: list[Block] = []
    size = 0
    for block in (piece for whole in blocks for piece in _pieces(whole, limit)):
        length = _length(block)
        if current and size + length > limit:
            parts.append(tuple(current))
            current, size = [], 0
        current.append(block)
        size += length
    parts.append(tuple(current))
    return parts


def _pieces(block: Block, limit: int) -> Iterator[Block]:
    """A block in pieces that each fit; only running text and lists can be too long by themselves."""
    if isinstance(block, Attachment | Whole) or _length(block) <= limit:
        yield block
    elif isinstance(block, Items):
        for item in block.items:
            yield from _pieces_of_words(f"- {plain_spans(item)}", limit)
    elif isinstance(block, Choices):
        half = len(block.options) // 2
        if half == 0:
            yield block
        else:
            for options in (block.options[:half], block.options[half:]):
                yield from _pieces(block.model_copy(update={"options": options}), limit)
    elif isinstance(block, Card) and block.options:
        yield from _pieces(block.model_copy(update={"options": ()}), limit)
        yield from _pieces(Choices(options=block.options), limit)
    else:
        for line in plain_block(block):
            yield from _pieces_of_words(line, limit)


def _pieces_of_words(words: str, limit: int) -> Iterator[Block]:
    room = max(1, limit - 16)
    while words:
        cut = len(words) if len(words) <= room else max(words.rfind(" ", 1, room), 0) or room
        yield Paragraph(spans=(Words(text=words[:cut]),))
        words = words[cut:].lstrip(" ")
