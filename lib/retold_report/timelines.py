"""Draw timelines after Joseph Priestley's chart (1765): a row for each event, a lane for each telling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from matplotlib.axes import Axes

from retold_report.drawing import BLUE, HALO, INK, PALE, RUST, WIDTH, Figure, Words, drawing
from retold_report.lettering import SMALL, extent, wrapped
from retold_report.spans import Days, Scale, Span, fitted, ticks

_LEFT, _SIZE, _UNDATED, _LANE = 2.2, 9, 0.6, 0.165
_WHOLE = WIDTH - _LEFT - 0.25
_MARKS: dict[str, dict[str, Any]] = {
    "actual": {"marker": "o"},
    "planned": {"marker": "o", "markerfacecolor": "white"},
    "hypothetical": {"marker": "o", "fillstyle": "left", "markerfacecoloralt": "white"},
    "negated": {"marker": "x"},
}


@dataclass(frozen=True)
class Bar:
    """Hold one article's dating of an event; ``None`` is an open end, and twice ``None`` is undated.

    ``stated`` is whether the article states the date itself; ``status`` is actual, planned, hypothetical or
    negated.
    """

    article: str
    first: date | None
    last: date | None
    stated: bool
    status: str

    @property
    def days(self) -> Days:
        """Return first and last day."""
        return self.first, self.last

    @property
    def dated(self) -> bool:
        """Return whether a first or a last day is known."""
        return self.days != (None, None)

    def words(self, start: date, end: date) -> str:
        """Return the article's id, and what its mark and line show besides a date of its own on an axis."""
        said = [self.status] * (self.status != "actual")
        if self.dated:
            said += ["inferred"] * (not self.stated)
            said += ["or earlier"] * (self.first is None or self.first < start)
            said += ["or later"] * (self.last is None or self.last > end)
        return f"{self.article}: {', '.join(said)}" if said else self.article


@dataclass(frozen=True)
class EventRow:
    """Hold an event's row: its bars from top to bottom, and first and last days known from outside."""

    label: str
    bars: tuple[Bar, ...]
    outside: tuple[Days, ...] = ()
    conflict: bool = False

    @property
    def words(self) -> str:
        """Return the label in lines, with a last one where dates conflict, or come from outside."""
        label = wrapped(self.label, width=_LEFT - 0.25, size=_SIZE, bold=self.conflict)
        notes = ["(dates conflict)"] * self.conflict + ["(diamond: from outside)"] * bool(self.outside)
        return "\n".join([label, *notes])

    @property
    def height(self) -> float:
        """Return the height of the row in inches."""
        lanes = len(self.bars) + bool(self.outside)
        return max(_LANE * lanes, extent(self.words, _SIZE)[1]) + 0.1


def plot_timeline(
    rows: Sequence[EventRow],
    *,
    title: str,
    subtitle: str,
    foot: str,
    start: date,
    end: date,
) -> Figure:
    """Draw when each article has each event; the words beside a bar say what its marks and line mean.

    A mark's fill shows the status; a line from the first to the last day is dashed where the date is not the
    article's own. An arrow is an open end, or one beyond the axis. Bars without any date stand in a column
    of their own. Rows whose dates conflict are rust, with bold labels.

    Args:
        rows: from top to bottom; a row's bars in the order of the articles.
        title: the finding, ten words at most.
        subtitle: what is measured, over what.
        foot: the source.
        start: the day at which the axis begins.
        end: the day at which the axis ends.

    Raises:
        ValueError: there is no row, a row has no bar, a status is unknown, the axis or days are out of
            order, days are all outside the axis, or ids are too long to stand beside their bars.
    """
    _refuse(rows, start, end)
    scale = _scale([bar for row in rows for bar in row.bars], start, end)
    tall = sum(row.height for row in rows)
    with drawing(Words(title, subtitle, foot), height=tall, left=_LEFT, top=0.16) as (axes, made):
        axes.set(xlim=(0, _WHOLE), ylim=(tall, 0))
        _draw_axis(axes, scale, tall)
        y = 0.0
        for row in rows:
            _draw_row(axes, row, y, scale)
            y += row.height
    return made[0]


def _refuse(rows: Sequence[EventRow], start: date, end: date) -> None:
    if not rows or not all(row.bars for row in rows):
        raise ValueError("a timeline needs at least one row, and each row at least one bar")
    if not start < end:
        raise ValueError(f"the axis ends on {end}, not after it begins on {start}")
    if strange := {bar.status for row in rows for bar in row.bars} - set(_MARKS):
        raise ValueError(f"a status is one of {', '.join(_MARKS)}, not {', '.join(sorted(strange))}")
    spans = [(bar.first, bar.last, row.label) for row in rows for bar in row.bars]
    spans += [(first, last, row.label) for row in rows for first, last in row.outside]
    for first, last, label in spans:
        if first and last and first > last:
            raise ValueError(f"the last day comes before the first: {label}")
        early = last is not None and last < start + timedelta(days=first is None)
        late = first is not None and first > end - timedelta(days=last is None)
        if early or late:
            raise ValueError(f"outside the axis from {start} to {end}: {label}")


def _scale(bars: Sequence[Bar], start: date, end: date) -> Scale:
    """Return the scale, with room for the words beside each bar and for those of undated bars."""
    wide = {bar: extent(bar.words(start, end), _SIZE)[0] for bar in bars}
    undated = [max(_UNDATED, wide[bar] + 0.25) for bar in bars if not bar.dated]
    limit = _WHOLE - max(undated, default=0.0)
    dated = [(bar.days, wide[bar]) for bar in bars if bar.dated]
    return fitted(dated, start=start, end=end, limit=limit)


def _draw_axis(axes: Axes, scale: Scale, tall: float) -> None:
    days = ticks(scale)
    places = [scale.at(day) for day in days]
    axes.vlines(places, 0, tall, color=PALE, linewidth=0.4, zorder=0)
    form = "%Y" if len(days) > 1 and all(day.timetuple().tm_yday == 1 for day in days) else "%b %Y"
    words = [f"{day:{form}}" if day.day == 1 else f"{day.day} {day:%b %Y}" for day in days]
    if scale.limit < _WHOLE:
        places, words = [*places, (scale.limit + _WHOLE) / 2], [*words, "undated"]
        axes.vlines(scale.limit, 0, tall, color=PALE, linewidth=1.2, zorder=0)
    axes.set_xticks(places, words, size=SMALL)
    axes.xaxis.tick_top()
    axes.set_yticks([])
    axes.spines[:].set_visible(False)


def _draw_row(axes: Axes, row: EventRow, top: float, scale: Scale) -> None:
    colour = RUST if row.conflict else BLUE
    middle = top + row.height / 2
    axes.plot([0.1 - _LEFT, _WHOLE], [top, top], color=PALE, linewidth=0.6, zorder=0, clip_on=False)
    axes.text(
        -0.1, middle, row.words, size=_SIZE, color=RUST if row.conflict else INK, ha="right", va="center",
        multialignment="right", linespacing=1.15, weight="bold" if row.conflict else "normal",
    )  # fmt: skip
    lanes = len(row.bars) + bool(row.outside)
    y = middle - _LANE * (lanes - 1) / 2
    for days in row.outside:
        _draw_span(axes, scale.span(days), y, INK, {"marker": "D", "markersize": 3.6})
    y += _LANE * bool(row.outside)
    for bar in row.bars:
        _draw_span(axes, scale.span(bar.days), y, colour, _MARKS[bar.status], dashed=not bar.stated)
        words = bar.words(scale.start, scale.end)
        x = scale.beside(bar.days, extent(words, _SIZE)[0])
        axes.text(x, y, words, size=_SIZE, va="center_baseline", zorder=2, bbox=HALO)
        y += _LANE


def _draw_span(
    axes: Axes, span: Span, y: float, colour: str, mark: dict[str, Any], *, dashed: bool = False
) -> None:
    line = (0, (2.2, 1.4)) if dashed else "-"
    axes.plot([span.left, span.right], [y, y], color=colour, linewidth=1.3, linestyle=line, zorder=2)
    for tip in span.tips:
        inwards = 0.06 if tip == span.left else -0.06
        arrow = {"arrowstyle": "->", "color": colour, "linewidth": 1.1, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (tip, y), (tip + inwards, y), arrowprops=arrow | {"mutation_scale": 7})
    style: dict[str, Any] = {"markersize": 5, "markeredgewidth": 1.1, "linestyle": "none"} | mark
    axes.plot(span.marked, [y] * len(span.marked), color=colour, zorder=3, clip_on=False, **style)
