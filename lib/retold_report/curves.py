"""Draw curves that a relation between quantities allows, in panels side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib.axes import Axes

from retold_report.drawing import BLUE, GREY, HALO, PALE, RUST, WIDTH, Figure, Words, drawing
from retold_report.lettering import SMALL, extent, spaced

_HIGH, _BELOW, _ABOVE, _LEFT, _BETWEEN, _GAP = 2.3, 0.4, 0.4, 0.45, 0.4, 0.15


@dataclass(frozen=True)
class Curve:
    """Hold a curve by its points, from left to right; ``accent`` draws it in rust and thicker."""

    label: str
    x: Sequence[float]
    y: Sequence[float]
    accent: bool = False


@dataclass(frozen=True)
class Panel:
    """Hold what stands in one panel; ``label`` says what is held fixed in it."""

    label: str
    curves: Sequence[Curve]


@dataclass(frozen=True)
class Axis:
    """Hold an axis: what it measures, with its unit, where it begins and ends, and its ticks."""

    label: str
    start: float
    end: float
    ticks: Sequence[float]

    def share(self, value: float) -> float:
        """Return how far along the axis a value lies: 0 at its beginning, 1 at its end."""
        return (value - self.start) / (self.end - self.start)


class _Frame(NamedTuple):
    """Hold the axes of a panel and its width in inches."""

    across: Axis
    up: Axis
    wide: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a value stands in the panel, in inches."""
        return self.across.share(x) * self.wide, self.up.share(y) * _HIGH

    def holds(self, x: float, y: float) -> bool:
        """Return whether a value stands inside the panel."""
        return 0 <= self.across.share(x) <= 1 and 0 <= self.up.share(y) <= 1

    def end(self, curve: Curve) -> tuple[float, float]:
        """Return where a curve ends or last leaves the panel, in inches."""
        return [self.place(x, y) for x, y in zip(curve.x, curve.y, strict=True) if self.holds(x, y)][-1]


def plot_curves(
    panels: Sequence[Panel], *, title: str, subtitle: str, foot: str, across: Axis, up: Axis
) -> Figure:
    """Draw curves in panels that share both axes, each labelled where it ends or leaves the panel.

    The axes are named at each panel if their names have room there, else at the first.

    Args:
        panels: from left to right.
        title: the finding, ten words at most.
        subtitle: what is measured, over what.
        foot: the source.
        across: the axis from left to right; what lies beyond is cut off.
        up: the axis from bottom to top, likewise.

    Raises:
        ValueError: there is no panel, a panel has no curve, a curve has unlike numbers of x and y or never
            enters the panel, or panels have no room side by side or labels above each other.
    """
    if not panels or not all(panel.curves for panel in panels):
        raise ValueError("curves need at least one panel, and each panel at least one curve")
    gutter = 0.15 + max(extent(curve.label)[0] for panel in panels for curve in panel.curves)
    frame = _Frame(across, up, (WIDTH - _LEFT - 0.1 - _BETWEEN * (len(panels) - 1)) / len(panels) - gutter)
    _refuse(panels, frame)
    height = _BELOW + _HIGH + _ABOVE
    with drawing(Words(title, subtitle, foot), height=height, left=_LEFT) as (axes, made):
        axes.set(xlim=(0, WIDTH - _LEFT - 0.25), ylim=(0, height))
        axes.axis("off")
        for at, panel in enumerate(panels):
            left = at * (frame.wide + gutter + _BETWEEN)
            axes.text(left, height - 0.05, panel.label, size=9, weight="bold", va="center")
            if at == 0 or max(extent(across.label)[0], extent(up.label)[0]) < frame.wide + gutter:
                axes.text(left, 0.08, across.label, size=SMALL, color=GREY, va="center")
                axes.text(left - 0.35, _BELOW + _HIGH + 0.12, up.label, size=SMALL, color=GREY, va="center")
            part = axes.inset_axes((left, _BELOW, frame.wide, _HIGH), transform=axes.transData)
            _draw_panel(part, panel, frame)
    return made[0]


def _refuse(panels: Sequence[Panel], frame: _Frame) -> None:
    if frame.wide < 1:
        raise ValueError("too many panels, or labels too long, to stand side by side")
    for panel in panels:
        for curve in panel.curves:
            if len(curve.x) != len(curve.y):
                raise ValueError(f"unlike numbers of x and y: {curve.label}")
            if not any(map(frame.holds, curve.x, curve.y)):
                raise ValueError(f"the curve never enters the panel: {curve.label}")


def _draw_panel(axes: Axes, panel: Panel, frame: _Frame) -> None:
    """Draw a panel whose coordinates are inches, so that words can be measured against it."""
    axes.set(xlim=(0, frame.wide), ylim=(0, _HIGH))
    across, up = frame.across.ticks, frame.up.ticks
    axes.set_xticks([frame.place(tick, 0)[0] for tick in across], [f"{tick:g}" for tick in across])
    axes.set_yticks([frame.place(0, tick)[1] for tick in up], [f"{tick:g}" for tick in up])
    axes.tick_params(labelsize=SMALL)
    axes.grid(color=PALE, linewidth=0.4)
    axes.set_axisbelow(True)
    for curve in panel.curves:
        places = list(map(frame.place, curve.x, curve.y))
        axes.plot(*zip(*places, strict=True), color=_colour(curve), linewidth=2.2 if curve.accent else 1.3)
    _draw_labels(axes, panel.curves, frame)


def _colour(curve: Curve) -> str:
    return RUST if curve.accent else BLUE


def _draw_labels(axes: Axes, curves: Sequence[Curve], frame: _Frame) -> None:
    """Write each label beside the end of its curve."""
    ends = [frame.end(curve) for curve in curves]
    heights = spaced([y for _, y in ends], gap=_GAP, low=0.05, high=_HIGH)
    for curve, (x, y), height in zip(curves, ends, heights, strict=True):
        axes.plot([x, x + 0.08], [y, height], color=GREY, linewidth=0.6, clip_on=False)
        axes.text(
            x + 0.11, height, curve.label, size=SMALL, color=_colour(curve), va="center_baseline", bbox=HALO
        )
