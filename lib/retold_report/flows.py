"""Draw who is heard through which newsroom: a bar for each speaker, as long as its attributions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from retold_report.drawing import BLUE, NARROW, PALE, RUST, Figure, Words, drawing
from retold_report.lettering import extent, wrapped

_SIZE, _LABEL, _NOTE, _BAR, _ROW, _LONGEST = 9, 1.55, 0.35, 0.14, 0.21, 0.5


class _Row(NamedTuple):
    """Hold a line of the figure: a newsroom with its count, or a speaker with counts worded and implied."""

    words: str
    named: bool | None
    counts: tuple[int, int]

    @property
    def height(self) -> float:
        """Return the height in inches."""
        return max(_ROW, extent(self.words, _SIZE)[1] + 0.05) + 0.08 * (self.named is None)


def plot_flow(links: pd.DataFrame, *, title: str, subtitle: str, foot: str) -> Figure:
    """Draw who is cited through each newsroom: unnamed speakers in rust, then named ones in blue.

    Newsrooms stand by their attributions, the most first, and so do the speakers of each. Attributions of
    which some layer is only implied end a bar, white with a dashed edge.

    Args:
        links: columns ``group``, ``named``, ``newsroom``, ``implied`` and ``passages``, as
            ``retold.voices.links`` returns them.
        title: the finding, ten words at most.
        subtitle: what is measured, over what.
        foot: the source.

    Raises:
        ValueError: there is no link, or names leave no room for the bars.
    """
    if links.empty:
        raise ValueError("a flow needs at least one link")
    rows = list(_rows(links.assign(count=links["passages"].map(len))))
    left = 0.2 + max(extent(row.words, _SIZE)[0] for row in rows if row.named is not None)
    room = NARROW - 0.25 - left
    newsrooms = [extent(row.words, _SIZE, bold=True)[0] for row in rows if row.named is None]
    if room - _NOTE < _LONGEST or max(newsrooms) > NARROW - 0.2:
        raise ValueError("names too long to leave room for the bars")
    unit = (room - _NOTE) / max(sum(row.counts) for row in rows if row.named is not None)
    height = sum(row.height for row in rows)
    with drawing(Words(title, subtitle, foot), height=height, left=left, width=NARROW) as (axes, made):
        axes.set(xlim=(0, room), ylim=(height, 0))
        axes.axis("off")
        y = 0.0
        for row in rows:
            if row.named is None:
                axes.plot([0.1 - left, room], [y, y], color=PALE, linewidth=0.6, clip_on=False)
                axes.text(0.1 - left, y + row.height / 2, row.words, size=_SIZE, weight="bold", va="center")
            else:
                _draw_bar(axes, row, y + row.height / 2, unit)
            y += row.height
    return made[0]


def _rows(links: pd.DataFrame) -> Iterator[_Row]:
    """Yield each newsroom, and below it whoever is heard through it."""
    whole = links.groupby("newsroom", sort=False)["count"].sum().sort_values(ascending=False, kind="stable")
    for newsroom, total in whole.items():
        words = wrapped(f"{newsroom}: {total}", width=NARROW - 0.2, size=_SIZE, bold=True)
        yield _Row(words, None, (total, 0))
        counts = links[links["newsroom"] == newsroom].pivot_table(
            index=["named", "group"], columns="implied", values="count", aggfunc="sum", fill_value=0
        )
        counts = counts.reindex(columns=[False, True], fill_value=0).assign(all=lambda each: each.sum(axis=1))
        counts = counts.sort_values(["named", "all"], ascending=[True, False], kind="stable")
        for (named, group), worded, implied, _ in counts.itertuples():
            yield _Row(wrapped(group, width=_LABEL, size=_SIZE), bool(named), (int(worded), int(implied)))


def _draw_bar(axes: Axes, row: _Row, y: float, unit: float) -> None:
    """Draw a speaker's bar, with the name before it and the count behind."""
    colour, (worded, implied) = BLUE if row.named else RUST, row.counts
    axes.text(-0.1, y, row.words, size=_SIZE, ha="right", va="center", multialignment="right")
    if worded:
        axes.barh(y, worded * unit, _BAR, color=colour)
    if implied:
        axes.barh(
            y, implied * unit, _BAR, left=worded * unit, color="white", edgecolor=colour, linewidth=1.2,
            linestyle=(0, (2.2, 1.4)),
        )  # fmt: skip
    axes.text((worded + implied) * unit + 0.07, y, f"{worded + implied}", size=_SIZE, va="center")
