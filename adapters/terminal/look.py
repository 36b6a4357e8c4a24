"""How a message looks on a screen. Words are put in as they are, never as markup."""

from collections.abc import Callable, Iterator, Sequence

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.panel import Panel
from rich.segment import Segment
from rich.style import Style
from rich.styled import Styled as StyledWhole
from rich.table import Table
from rich.text import Text as Styled

from adapters.terminal.render import inert, options
from bot.chat import Text, text
from bot.chat.message import (
    Attachment,
    Block,
    Card,
    Fields,
    Heading,
    Items,
    Link,
    Message,
    Paragraph,
    Span,
)  # fmt: skip
from bot.chat.plain import plain_block, plain_span, plain_spans

WIDEST = 80
_COFFEE = Style(color="color(137)")
_STRONG = Style(bold=True)
_NUMBER = Style(color="color(231)", bgcolor="color(94)", bold=True)
_QUIET = Style(dim=True)
_LINK = Style(underline=True)
_ASIDE = 34
"""Options that together are longer than this stand under each other."""


def bubble(message: Message, when: str, file_hint: str) -> RenderableType:
    """A message to who sits at the screen."""
    return Panel(
        Group(*_Blocks(file_hint, _COFFEE, _NUMBER).shown(message)),
        box=box.ROUNDED,
        border_style=_COFFEE,
        title=Styled("koffie", style=_STRONG),
        title_align="left",
        subtitle=Styled(when, style=_QUIET),
        subtitle_align="right",
        expand=False,
        padding=(0, 1),
    )


def overheard(message: Message, name: str, file_hint: str) -> RenderableType:
    """A message to somebody else in the demo, aside and dimmed."""
    title = Styled(f"koffie → {inert(name)}", style=_STRONG)
    content = Group(title, *_Blocks(file_hint, _QUIET, _QUIET).shown(message))
    return StyledWhole(Padding(_Beside("┊ ", _QUIET, content), (0, 0, 0, 2)), _QUIET)


def welcome(worded: Callable[[Text | str], str], name: str) -> RenderableType:
    """What is on the screen at first: where one is, and three things to try."""
    table = Table.grid(padding=(0, 2))
    for try_this, why in (
        (text("welcome-try-join"), text("welcome-try-join-why")),
        (text("welcome-try-ask"), text("welcome-try-ask-why")),
        (text("welcome-try-as"), text("welcome-try-as-why")),
    ):
        table.add_row(Styled(f"  {worded(try_this)}", style=_STRONG), Styled(worded(why), style=_QUIET))
    return Group(
        Styled.assemble("\n ", (" ☕ ", _NUMBER), (f" {worded(text('welcome-title'))}\n", _STRONG)),
        Padding(
            Group(
                Styled(worded(text("welcome-intro"))),
                Styled(worded(text("welcome-who", name=name))),
                Styled(""),
                Styled(worded(text("welcome-try"))),
                table,
                Styled(""),
                Styled(worded(text("welcome-clock")), style=_QUIET),
                Styled(""),
            ),
            (0, 0, 0, 1),
        ),
    )


def aside(lines: Sequence[str]) -> RenderableType:
    """What the terminal itself has to say."""
    return Padding(Group(*(Styled(line, style=_QUIET) for line in lines)), (0, 0, 0, 2))


class _Blocks:
    """One message; options are numbered through it, and found again on their lines."""

    def __init__(self, file_hint: str, mark: Style, number: Style) -> None:
        self._next = 1
        self._file_hint = file_hint
        self._mark = mark
        self._number = number

    def shown(self, message: Message) -> Iterator[RenderableType]:
        for number, block in enumerate(message.blocks):
            if number and not isinstance(block, Items):
                yield Styled("")
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[RenderableType]:
        match block:
            case Heading():
                yield Styled(inert(plain_span(block.span)), style=_STRONG)
            case Paragraph():
                yield from self._line(block.spans)
            case Items():
                yield _list([_words(item) for item in block.items], self._mark)
            case Fields():
                table = Table.grid(padding=(0, 2))
                for fact in block.facts:
                    table.add_row(Styled(inert(plain_span(fact.label)), style=_QUIET), _words(fact.value))
                yield table
            case Card():
                title = Styled(inert(plain_span(block.title)), style=_STRONG)
                lines = [part for spans in block.lines for part in self._line(spans)]
                yield _Beside("▌ ", self._mark, Group(title, *lines))
            case Attachment():
                yield Styled.assemble(
                    ("▤ ", self._mark), (block.name, _STRONG), (f"  {self._file_hint}", _QUIET)
                )
            case _:
                yield from (Styled(inert(line)) for line in plain_block(block))

    def _line(self, spans: Sequence[Span]) -> Iterator[RenderableType]:
        """A line of words, or of options: those get their numbers in colour."""
        found = options(plain_spans(spans), self._next)
        if not found:
            yield _words(spans)
            return
        self._next += len(found)
        chips = [Styled.assemble((f" {n} ", self._number), f" {inert(label)}") for n, label in found]
        if sum(len(chip) for chip in chips) > _ASIDE:
            yield from chips
        else:
            yield Styled("   ").join(chips)


class _Beside:
    """Content beside a mark that stands on each of its lines."""

    def __init__(self, mark: str, style: Style, content: RenderableType) -> None:
        self._mark = Segment(mark, style)
        self._content = content

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        narrower = options.update(width=options.max_width - self._mark.cell_length)
        for line in console.render_lines(self._content, narrower, pad=False):
            yield self._mark
            yield from line
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        inner = Measurement.get(console, options, self._content)
        return Measurement(inner.minimum + self._mark.cell_length, inner.maximum + self._mark.cell_length)


def _list(items: Sequence[Styled], mark: Style) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    for item in items:
        table.add_row(Styled("•", style=mark), item)
    return table


def _words(spans: Sequence[Span]) -> Styled:
    whole = Styled(overflow="fold")
    for span in spans:
        whole.append(inert(plain_span(span)), style=_LINK if isinstance(span, Link) else None)
    return whole
