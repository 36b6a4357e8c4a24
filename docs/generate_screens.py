"""Write docs/screens/*.svg: the program in a real pseudo-terminal, as it then looks.

``python -m docs.generate_screens``; not part of ``make docs``, since whom the demo lists is left to chance.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from pyte.screens import Char
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.support.sitting import COLUMNS, Sitting

FOLDER = Path(__file__).parent / "screens"
_DARK = "1e1b18 cc6666 98b068 dea558 7aa0be b28cb0 78b4ac e5ded6".split()
_BRIGHT = "827a72 dc7878 aac378 f0be6e 8cb4d2 c3a0c3 8cc8be faf6f0".split()
_HEX = 6
CLEAR = "\x0c"


def _shades(colours: Sequence[str]) -> list[tuple[int, int, int]]:
    """Colours written as six hexadecimal digits."""
    return [(red, green, blue) for red, green, blue in map(bytes.fromhex, colours)]


_BACKGROUND, _FOREGROUND = _shades(("1e1b18", "e5ded6"))
_THEME = TerminalTheme(_BACKGROUND, _FOREGROUND, _shades(_DARK), _shades(_BRIGHT))
# Rich's own form fetches a font from elsewhere; this one takes what the reader has.
_FORM = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; \
font-size: 20.26px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-family: sans-serif; font-size: 18px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">\
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def picture(sitting: Sitting, title: str) -> str:
    """What stands on the screen, as an SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    rows = [sitting.screen.buffer[row] for row in range(sitting.screen.lines)]
    lines = [[row[column] for column in range(COLUMNS)] for row in rows]
    while lines and not _words(lines[0]).strip():
        lines.pop(0)
    for line in lines:
        console.print(_styled(line), soft_wrap=True)
    return console.export_svg(title=title, theme=_THEME, code_format=_FORM, unique_id="koffie")


def _words(line: list[Char]) -> str:
    return "".join(char.data for char in line)


def _styled(line: list[Char]) -> Text:
    whole = Text()
    for style, chars in groupby(line, key=_style):
        whole.append(_words(list(chars)), style)
    return whole


def _style(char: Char) -> Style:
    return Style(
        color=_colour(char.fg),
        bgcolor=_colour(char.bg),
        bold=char.bold,
        italic=char.italics,
        underline=char.underscore,
        reverse=char.reverse,
    )


def _colour(name: str) -> str | None:
    if name == "default":
        return None
    known = {"brightblack": "bright_black", "brown": "yellow"}
    return known.get(name, f"#{name}" if len(name) == _HEX else name)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        sitting = Sitting(Path(folder), rows=40)
        _draw(sitting, "welkom")
        for line, answer in (
            ("aanmelden", "Waar werk je?"),
            ("waterschap vallei en veluwe", "Waaraan werk je?"),
            ("leid stikstof, volg KRW", "Doe je mee?"),
            ("1", "Fijn dat je meedoet"),
        ):
            sitting.types(line)
            sitting.shows(answer)
        sitting.child.send(CLEAR)
        sitting.types("wie gaat er over stikstof bij een gemeente?")
        sitting.shows("Vraag om koffie")
        _draw(sitting, "wie-ken-ik")
        sitting.child.send(CLEAR)
        sitting.types("2")
        sitting.shows("Zin in koffie?", "koffie →", "Graag")
        _draw(sitting, "koffie")
        for line, answer in (
            (":as Margriet Wolters", "Je bent nu Margriet Wolters"),
            ("koffie Youssef Benali", "Vraag om koffie"),
            ("1", "Zin in koffie?"),
            ("graag", "Na vrijdag"),
            (":as Youssef Benali", "Je bent nu Youssef Benali"),
        ):
            sitting.types(line)
            sitting.shows(answer)
        sitting.child.send(CLEAR)
        sitting.types("graag")
        sitting.shows("Welke passen jou?", "Zelf regelen")
        _draw(sitting, "moment")
        sitting.types(":quit")
        sitting.ends()


def _draw(sitting: Sitting, name: str) -> None:
    sitting.shows("Ctrl-D stopt")
    (FOLDER / f"{name}.svg").write_text(picture(sitting, "koffie run"), "utf-8")


if __name__ == "__main__":
    main()
