"""The figures that matter most, beside each other: a bar a planner, its figure at the bar."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

PANELS = {
    "across_layers": ("tables across layers", "{:.0%}"),
    "know_every_other_layer": ("know somebody in each\nother layer, on their topic", "{:.0%}"),
    "layers_known": ("other layers in which\nsomebody is known, of three", "{:.2f}"),
    "repeats": ("the same two again", "{:.0f}"),
}
_OURS, _OTHERS = "#00336b", "#b5b5b5"


def draw(found: Mapping[str, Mapping[str, Any]], file: Path) -> None:
    """Write the picture; the same figures stand in the table."""
    figure = Figure(figsize=(9, 2.6), layout="constrained", facecolor="white")
    names = list(found)
    for axes, (key, (title, shown)) in zip(figure.subplots(1, len(PANELS)), PANELS.items(), strict=True):
        values = [float(found[name][key]) for name in names]
        bars = axes.barh(names, values, color=[_OURS if name == "koffie" else _OTHERS for name in names])
        axes.bar_label(bars, labels=[shown.format(value) for value in values], padding=3)
        axes.set_title(title, fontsize=10)
        axes.set_xlim(0, 1.25 * max(*values, 0.01))
        axes.invert_yaxis()
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        axes.tick_params(bottom=False, labelbottom=False, left=False)
    figure.savefig(file, dpi=150, metadata={"Software": None})
