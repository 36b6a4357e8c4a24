"""A curve of seconds by people as an SVG picture, both on logarithmic axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log10
from typing import Any

_WIDE, _HIGH, _LEFT, _TOP = 560, 320, 70, 30
_COLOURS = ("#154273", "#a90061", "#e17000", "#39870c", "#777777")
_FROM, _LEAST = 2, -2
"""The lowest decades: 100 people, 0.01 s."""
_FONT = 'font-family="sans-serif" font-size="13"'


def curve(rows: Sequence[Mapping[str, Any]]) -> str:
    """CPU seconds by people, a line a way; the dashes are n log n through the engine's time at 10,000."""
    most = max(_FROM + 1, *(_decades(row["people"]) for row in rows))
    high = max(_LEAST + 1, *(_decades(row["cpu_s"]) for row in rows))

    def point(people: float, seconds: float) -> str:
        x = _LEFT + _WIDE * (log10(people) - _FROM) / (most - _FROM)
        y = _TOP + _HIGH * (1 - (log10(max(seconds, 10**_LEAST)) - _LEAST) / (high - _LEAST))
        return f"{x:.1f},{y:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE + 200} {_HIGH + 90}">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for decade in range(_FROM, most + 1):
        x, y = point(10**decade, 10**_LEAST).split(",")
        parts.append(f'<line x1="{x}" y1="{_TOP}" x2="{x}" y2="{y}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{x}" y="{_TOP + _HIGH + 20}" text-anchor="middle" {_FONT}>{10**decade:,}</text>'
        )
    for decade in range(_LEAST, high + 1):
        x, y = point(10**_FROM, 10.0**decade).split(",")
        parts.append(f'<line x1="{x}" y1="{y}" x2="{_LEFT + _WIDE}" y2="{y}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{_LEFT - 8}" y="{float(y) + 4}" text-anchor="end" {_FONT}>{10.0**decade:g} s</text>'
        )
    parts.append(
        f'<text x="{_LEFT + _WIDE / 2}" y="{_TOP + _HIGH + 45}" text-anchor="middle" {_FONT}>people</text>'
    )
    for number, way in enumerate(dict.fromkeys(row["way"] for row in rows)):
        points = [point(row["people"], row["cpu_s"]) for row in rows if row["way"] == way]
        colour, below = _COLOURS[number], _TOP + 20 * number + 10
        parts.append(
            f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        parts += [
            f'<circle cx="{at.split(",")[0]}" cy="{at.split(",")[1]}" r="3.5" fill="{colour}"/>'
            for at in points
        ]
        parts.append(f'<text x="{_LEFT + _WIDE + 15}" y="{below}" fill="{colour}" {_FONT}>{way}</text>')
    base = next((row for row in rows if row["way"] == "engine" and row["people"] == 10_000), None)
    if base is not None:
        sizes = [10**decade for decade in range(_decades(10_000), most + 1)]
        growth = [base["cpu_s"] * size * log10(size) / (10_000 * log10(10_000)) for size in sizes]
        dashes = " ".join(map(point, sizes, growth))
        parts.append(f'<polyline points="{dashes}" fill="none" stroke="black" stroke-dasharray="4 4"/>')
        parts.append(f'<text x="{_LEFT + _WIDE + 15}" y="{_TOP + 115}" {_FONT}>- - n log n</text>')
    return "\n".join([*parts, "</svg>\n"])


def _decades(value: float) -> int:
    """Whole decades, rounded up."""
    return -int(-log10(value) // 1) if value > 0 else _LEAST
