"""Pictures of the overview: the same table as beside it, drawn so that colours are never all there is.

Matplotlib draws: the oldest and best kept of its kind, without a browser, to PNG and SVG alike. It takes a
second to load, so it is loaded when the first picture is made, and it works in a thread of its own. The
colours are *cividis* (Nuñez, Anderton & Renslow 2018), which reads the same to the colour-blind; each
figure stands in its box or at its bar too.
"""

from __future__ import annotations

import asyncio
import textwrap
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from bot.services.overview_report import Label, Shape, Subject, Words, worded

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH = 4.0
"""Inches: a phone's width, on which the letters keep their size."""
_PIXELS_AN_INCH = 260
_INK, _BLUE, _GOLD, _QUIET = "#1b1b1b", "#00336b", "#8a6d00", "#6b6b6b"
_DARK_FROM = 0.55
_DRAWING = Lock()
"""Matplotlib's fonts and settings are one a process."""
_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "svg.fonttype": "none",
    "svg.hashsalt": "koffie",
    # What people wrote is never a formula.
    "text.parse_math": False,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "hatch.color": "#c9c9c9",
    "hatch.linewidth": 0.6,
}

Format = Literal["png", "svg"]


async def draw(subject: Subject, kind: Format, words: Words) -> bytes:
    """The picture of a subject; ``words`` speaks the reader's language."""
    return await asyncio.to_thread(_draw, subject, kind, words)


def _draw(subject: Subject, kind: Format, words: Words) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415 - takes a second
    from matplotlib.figure import Figure  # noqa: PLC0415

    with _DRAWING, mpl.rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, _height(subject)), layout="constrained", facecolor="white")
        axes = figure.add_subplot()
        match subject.shape:
            case Shape.HEAT:
                _heat(axes, subject, words)
            case Shape.LINES:
                _lines(axes, subject, words)
            case Shape.BARS | Shape.PERCENT:
                _bars(axes, subject, words)
        file = BytesIO()
        figure.savefig(file, format=kind, dpi=_PIXELS_AN_INCH, metadata=_METADATA[kind])
        return file.getvalue().replace(b"'DejaVu Sans'", b"'DejaVu Sans', Verdana, sans-serif")


_METADATA: dict[Format, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
}
"""No moment and no version: the same figures make the same bytes."""


def _height(subject: Subject) -> float:
    match subject.shape:
        case Shape.HEAT:
            return 0.7 + 0.4 * len(subject.rows)
        case Shape.LINES:
            return 2.8
        case Shape.BARS | Shape.PERCENT:
            return 0.35 + 0.36 * len(subject.rows)


def _heat(axes: Axes, subject: Subject, words: Words) -> None:
    """Boxes; a hole is hatched."""
    from matplotlib import colormaps  # noqa: PLC0415
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    most = max((value or 0 for row in subject.rows for value in row.values), default=0) or 1
    for y, row in enumerate(subject.rows):
        for x, value in enumerate(row.values):
            if value is None:
                axes.add_patch(Rectangle((x, y), 1, 1, facecolor="white", edgecolor="#c9c9c9", hatch="////"))
                continue
            depth = value / most
            color = colormaps["cividis_r"](depth)
            axes.add_patch(Rectangle((x, y), 1, 1, facecolor=color, edgecolor="white", linewidth=1.5))
            ink = "white" if depth > _DARK_FROM else _INK
            axes.text(x + 0.5, y + 0.5, str(value), ha="center", va="center", color=ink, fontweight="bold")
    axes.set(xlim=(0, len(subject.columns)), ylim=(len(subject.rows), 0))
    axes.set_xticks(
        [x + 0.5 for x in range(len(subject.columns))], [_wrap(one, words, 11) for one in subject.columns]
    )
    axes.set_yticks(
        [y + 0.5 for y in range(len(subject.rows))], [_wrap(row.label, words, 22) for row in subject.rows]
    )
    axes.xaxis.tick_top()
    _bare(axes)
    axes.tick_params(axis="x", labelsize=7.2)


def _bars(axes: Axes, subject: Subject, words: Words) -> None:
    percent, hidden = subject.shape is Shape.PERCENT, worded(subject.told(None), words)
    values = [row.values[0] for row in subject.rows]
    most = 100 if percent else max((value or 0 for value in values), default=0) or 1
    for y, value in enumerate(values):
        if value is None:
            _beside(axes, 0, y, hidden, color=_QUIET)
            continue
        axes.barh(y, value, color=_BLUE, height=0.62)
        _beside(axes, value, y, f"{value} %" if percent else str(value), fontweight="bold")
    axes.set(xlim=(0, most * 1.18), ylim=(len(values) - 0.5, -0.5))
    axes.set_xticks([])
    axes.set_yticks(range(len(values)), [_wrap(row.label, words, 24) for row in subject.rows])
    _bare(axes)


def _beside(axes: Axes, x: float, y: float, words: str, **look: Any) -> None:
    """Words just right of a bar's end."""
    axes.annotate(words, (x, y), xytext=(4, 0), textcoords="offset points", va="center", **look)


def _lines(axes: Axes, subject: Subject, words: Words) -> None:
    """Each line has a mark of its own, and its newest figure beside its name."""
    for place, (column, color, mark) in enumerate(zip(subject.columns, (_BLUE, _GOLD), "os", strict=False)):
        points = [(x, row.values[place]) for x, row in enumerate(subject.rows)]
        known = [(x, value) for x, value in points if value is not None]
        if known:
            xs, ys = zip(*known, strict=True)
            label = f"{worded(column, words)}: {ys[-1]}"
            # A mark on the edge of the picture shows whole.
            axes.plot(
                xs, ys, color=color, marker=mark, markersize=4.5, linewidth=2, label=label, clip_on=False
            )
    axes.legend(loc="upper left", frameon=False, labelcolor="linecolor", prop={"weight": "bold"})
    step = max(1, len(subject.rows) // 4)
    places = range(len(subject.rows) - 1, -1, -step)
    axes.set_xticks(list(places), [worded(subject.rows[x].label, words) for x in places])
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", color="#e3e3e3")
    axes.set_axisbelow(True)
    _bare(axes)


def _bare(axes: Axes) -> None:
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _wrap(label: Label, words: Words, width: int) -> str:
    return "\n".join(textwrap.wrap(worded(label, words), width))
