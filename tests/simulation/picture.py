"""The figures that matter most, beside each other: a bar a planner, its figure at the bar."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

PANELS = {
    "across_layers": ("tables across layers", "{:.0%}"),
    "repeats": ("the same two again", "{:.0f}"),
    "had_koffie": ("had a koffie", "{:.0%}"),
    "small_reach": ("had a koffie, of small\norganisations", "{:.0%}"),
    "ties": ("ties made", "{:.0f}"),
    "alive_3": ("ties alive after\n3 months", "{:.0f}"),
    "alive_12": ("ties alive after\n12 months", "{:.0f}"),
    "layers_known": ("other layers in which\nsomebody is known, of 3", "{:.2f}"),
    "know_every_other_layer": ("know somebody in each\nother layer, on their topic", "{:.0%}"),
    "path": ("steps from anybody\nto anybody", "{:.2f}"),
    "days_to_koffie": ("days from question\nto koffie", "{:.1f}"),
    "messages_a_month": ("messages a person\na month", "{:.1f}"),
}
_COLUMNS = 4
_OURS, _OTHERS = "#00336b", "#b5b5b5"
"""Dark beside light: told apart without any colour too."""


def draw(found: Mapping[str, Mapping[str, Any]], file: Path) -> None:
    """Write the picture; what the years were too short for is left out. The table has the same figures."""
    panels = [key for key in PANELS if all(found[name][key] is not None for name in found)]
    rows = -(-len(panels) // _COLUMNS)
    figure = Figure(figsize=(11, 1.9 * rows), layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12))
    figure.set_facecolor("white")
    grid = list(figure.subplots(rows, _COLUMNS, squeeze=False).flat)
    for axes, key in zip(grid, panels, strict=False):
        _panel(axes, key, found)
    for axes in grid[len(panels) :]:
        axes.set_axis_off()
    figure.savefig(file, dpi=150, metadata={"Software": None})


def _panel(axes: Axes, key: str, found: Mapping[str, Mapping[str, Any]]) -> None:
    title, shown = PANELS[key]
    names = list(found)
    values = [float(found[name][key]) for name in names]
    bars = axes.barh(names, values, color=[_OURS if name == "koffie" else _OTHERS for name in names])
    axes.bar_label(bars, labels=[shown.format(value) for value in values], padding=3, fontsize=9)
    axes.set_title(title, fontsize=10, loc="left")
    axes.set_xlim(0, 1.3 * max(*values, 0.01))
    axes.invert_yaxis()
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.tick_params(bottom=False, labelbottom=False, left=False)
