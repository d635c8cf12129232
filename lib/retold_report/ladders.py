"""Draw ladders: how strongly each article states one thing, from its heading down to a denial."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib.axes import Axes

from retold_report.drawing import BLUE, GREY, INK, PALE, RUST, WIDTH, Figure, Words, drawing
from retold_report.lettering import SMALL, Box, extent, wrapped

_TIERS, _CLEAR, _PAD, _LINE, _RUNG, _OVER = 9, 0.08, 0.03, 0.13, 8, 0.2


@dataclass(frozen=True)
class Step:
    """Hold one place of an article, which is written at its mark, and the rung it stands on."""

    article: str
    place: str
    rung: str


class _Label(NamedTuple):
    """Hold where a label may stand, with heights above or below its rung, and how far that is from best."""

    box: Box
    leader: Box
    cost: int


def plot_ladder(
    steps: Sequence[Step], rungs: Sequence[str], *, title: str, subtitle: str, foot: str
) -> Figure:
    """Draw a ladder: a column for each article, its steps joined from left to right in reading order.

    Args:
        steps: in reading order; columns stand in the order in which articles first occur.
            A step whose place is ``denial`` is drawn as a rust diamond.
        rungs: from the weakest, at the bottom, to the strongest.
        title: the finding, ten words at most.
        subtitle: what is measured, over what.
        foot: the source.

    Raises:
        ValueError: there is no step, a rung is unknown or named twice, or labels cannot be kept apart.
    """
    _refuse(steps, rungs)
    lines = {rung: wrapped(rung, width=1.2, size=_RUNG) for rung in rungs}
    left = 0.2 + max(extent(words, _RUNG)[0] for words in lines.values())
    width = WIDTH - left - 0.25
    across = _across(steps, width)
    labels = _labels(steps, rungs, across, width)
    heights, height = _heights(steps, lines, labels)
    with drawing(Words(title, subtitle, foot), height=height, left=left, top=0.1) as (axes, made):
        axes.set(xlim=(0, width), ylim=(0, height))
        _draw_rungs(axes, lines, heights)
        _draw_columns(axes, _articles(steps), width)
        _draw_paths(axes, steps, across, heights)
        for step, x, label in zip(steps, across, labels, strict=True):
            _draw_step(axes, step, (x, heights[step.rung]), label)
    return made[0]


def _articles(steps: Sequence[Step]) -> list[str]:
    return list(dict.fromkeys(step.article for step in steps))


def _refuse(steps: Sequence[Step], rungs: Sequence[str]) -> None:
    if not steps:
        raise ValueError("a ladder needs at least one step")
    if len(set(rungs)) < len(rungs):
        raise ValueError("a rung is named twice")
    if strange := {step.rung for step in steps} - set(rungs):
        raise ValueError(f"no such rung: {', '.join(sorted(strange))}")


def _across(steps: Sequence[Step], width: float) -> list[float]:
    """Return how far from the left each step stands."""
    articles = _articles(steps)
    column = width / len(articles)
    placed: list[float] = []
    for at, step in enumerate(steps):
        rank = sum(other.article == step.article for other in steps[:at])
        number = sum(other.article == step.article for other in steps)
        placed.append(column * (articles.index(step.article) + (rank + 0.75) / (number + 0.5)))
    return placed


def _labels(
    steps: Sequence[Step], rungs: Sequence[str], across: Sequence[float], width: float
) -> list[_Label]:
    """Return the best place for every label that meets no other on its rung."""
    placed: list[_Label] = []
    taken: dict[str, list[Box]] = {step.rung: [] for step in steps}
    articles = _articles(steps)
    column = width / len(articles)
    for at, step in enumerate(steps):
        left, there = column * articles.index(step.article), taken[step.rung]
        crossed = _quadrants(steps, rungs, at)
        others = [x for other, x in zip(steps, across, strict=True) if other.rung == step.rung]
        free = [
            (
                label.cost
                + 2 * sum(label.box.left < x < label.box.right for x in others)
                + 20 * label.leader.meets(there),
                label,
            )
            for label in _candidates(step.place, across[at], crossed, (left, left + column))
            if label.box.left >= 0 and label.box.right <= width + _OVER and not label.box.meets(there)
        ]
        if not free:
            raise ValueError(f"too many labels on the rung {step.rung!r}: shorten the places")
        placed.append(min(free, key=lambda each: each[0])[1])
        there += [placed[-1].box, placed[-1].leader]
    return placed


def _quadrants(steps: Sequence[Step], rungs: Sequence[str], at: int) -> set[tuple[bool, bool]]:
    """Return the quarters around a step, as above or not and right or not, that its path crosses."""
    height = rungs.index(steps[at].rung)
    crossed = set()
    for other, right in ((at - 1, False), (at + 1, True)):
        if 0 <= other < len(steps) and steps[other].article == steps[at].article:
            rise = rungs.index(steps[other].rung) - height
            crossed |= {(rise > 0, right)} if rise else set()
    return crossed


def _candidates(
    words: str, x: float, crossed: set[tuple[bool, bool]], column: tuple[float, float]
) -> Iterator[_Label]:
    """Yield where a label may stand; being far off, on the path or out of the column costs."""
    wide, high = extent(words)
    shifts = (wide / 2, 0.3 * wide, 0.7 * wide, 0.03, wide - 0.03)
    for tier, up, left in itertools.product(range(_TIERS), (True, False), shifts):
        near = _CLEAR + tier * _LINE
        box = Box(x - left - _PAD, near, x - left + wide + _PAD, near + high)
        leader = Box(x - 0.01, _CLEAR, x + 0.01, near)
        sides = [right for right in (True, False) if (wide - left if right else left) > 0.04]
        outside = box.left < column[0] or box.right > column[1]
        cost = 2 * tier + outside + sum((up, right) in crossed for right in sides)
        yield _Label(box, leader, cost) if up else _Label(_below(box), _below(leader), cost)


def _below(box: Box) -> Box:
    return box._replace(bottom=-box.top, top=-box.bottom)


def _heights(
    steps: Sequence[Step], lines: Mapping[str, str], labels: Sequence[_Label]
) -> tuple[dict[str, float], float]:
    """Return how high each rung stands, clear of the labels of the rungs beside it, and the whole height."""
    heights: dict[str, float] = {}
    ceiling = 0.05
    for rung, words in lines.items():
        boxes = [label.box for step, label in zip(steps, labels, strict=True) if step.rung == rung]
        half = max(0.16, extent(words, _RUNG)[1] / 2)
        heights[rung] = ceiling + max([half, *(-box.bottom for box in boxes)])
        ceiling = heights[rung] + max([half, *(box.top for box in boxes)]) + 0.04
    return heights, ceiling


def _draw_rungs(axes: Axes, lines: Mapping[str, str], heights: Mapping[str, float]) -> None:
    axes.set_yticks(list(heights.values()), list(lines.values()), size=_RUNG, multialignment="right")
    axes.grid(axis="y", color=PALE, linewidth=0.6, zorder=0)
    axes.spines[:].set_visible(False)


def _draw_columns(axes: Axes, articles: Sequence[str], width: float) -> None:
    column = width / len(articles)
    axes.set_xticks([column * (at + 0.5) for at in range(len(articles))], articles)
    axes.xaxis.tick_top()
    for at in range(1, len(articles)):
        axes.axvline(column * at, color=PALE, linewidth=0.6, zorder=0)


def _draw_paths(
    axes: Axes, steps: Sequence[Step], across: Sequence[float], heights: Mapping[str, float]
) -> None:
    for article in _articles(steps):
        ends = [
            (x, heights[step.rung]) for step, x in zip(steps, across, strict=True) if step.article == article
        ]
        axes.plot(*zip(*ends, strict=True), color=GREY, linewidth=0.9, zorder=1)


def _draw_step(axes: Axes, step: Step, at: tuple[float, float], label: _Label) -> None:
    """Draw a mark with its label, and a leader where the label stands off."""
    x, y = at
    colour, marker = (RUST, "D") if step.place == "denial" else (BLUE, "o")
    axes.scatter([x], [y], s=46, zorder=4, marker=marker, color=colour, linewidth=1.4)
    box, leader, _ = label
    axes.plot([x, x], [y + leader.bottom, y + leader.top], color=PALE, linewidth=0.6, zorder=1)
    axes.text(
        (box.left + box.right) / 2, y + (box.bottom + box.top) / 2, step.place, size=SMALL, zorder=3,
        color=RUST if marker == "D" else INK, ha="center", va="center", linespacing=1.1,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    )  # fmt: skip
