"""Draw articles as strips that show who speaks: solid is named, hatched unnamed or unmarked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from matplotlib.axes import Axes
from retold.voices import VOICES, Stretch, Voice

from retold_report.drawing import BLUE, GREY, INK, PALE, RUST, WIDTH, Figure, Words, drawing


class _Ink(NamedTuple):
    fill: str
    hatch: str
    line: str


_INKS: Mapping[Voice, _Ink] = {
    "own voice": _Ink("white", "", GREY),
    "probably relayed": _Ink("white", "/////", GREY),
    "newsroom": _Ink(PALE, "", PALE),
    "unnamed, via a newsroom": _Ink(RUST, "\\\\\\\\", "white"),
    "unnamed, no newsroom": _Ink("white", "xxxxx", RUST),
    "named person": _Ink(BLUE, "", BLUE),
    "institution": _Ink(INK, "", INK),
}
_BAR, _STEP, _BETWEEN = 0.2, 0.24, 0.14
_COLUMNS, _KEY_STEP = 4, 0.24


def plot_strips(
    strips: Mapping[str, Mapping[str, Sequence[Stretch]]], *, title: str, subtitle: str, foot: str
) -> Figure:
    """Draw articles as strips as long as their texts, coloured and hatched by voice.

    Headings and paratext are gaps, with a thin line through them.

    Args:
        strips: for each article's label, its stretches in every version, such as a strict and an inferred
            one, under the version's label.
        title: the finding, ten words at most.
        subtitle: what is measured, over what.
        foot: the source.

    Raises:
        ValueError: there is no article, or one without any stretch.
    """
    found = [stretches for versions in strips.values() for stretches in versions.values()]
    if not found or not all(found):
        raise ValueError("strips need articles, and every article at least one stretch")
    key = _key({stretch.voice for stretches in found for stretch in stretches})
    top = _KEY_STEP * -(-len(key) // _COLUMNS)
    height = top + len(found) * _STEP + len(strips) * _BETWEEN
    versions = {version for row in strips.values() for version in row}
    left = 0.3 + 0.08 * max(map(len, strips)) + 0.062 * max(map(len, versions))
    width = WIDTH - left - 0.25
    scale = width / max(stretches[-1].end for stretches in found)
    with drawing(Words(title, subtitle, foot), height=height, left=left) as (axes, made):
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.axis("off")
        _draw_key(axes, key, 0.1 - left)
        y = top
        for label, row in strips.items():
            y += _BETWEEN
            axes.text(0.1 - left, y + _BAR / 2, label, weight="bold", va="center")
            for version, stretches in row.items():
                axes.text(-0.08, y + _BAR / 2, version, size=7.5, color=GREY, ha="right", va="center")
                for start, end, voice in stretches:
                    _draw_bar(axes, start * scale, y, (end - start) * scale, voice)
                y += _STEP
    return made[0]


def _key(shown: Set[Voice]) -> dict[str, Voice]:
    """Return the voices shown, by the words of the key; gaps have one entry together."""
    gaps = [voice for voice in VOICES if voice in shown - _INKS.keys()]
    return {voice: voice for voice in _INKS if voice in shown} | ({", ".join(gaps): gaps[0]} if gaps else {})


def _draw_key(axes: Axes, key: Mapping[str, Voice], left: float) -> None:
    for at, (words, voice) in enumerate(key.items()):
        row, column = divmod(at, _COLUMNS)
        x, y = left + column * (WIDTH - 0.3) / _COLUMNS, row * _KEY_STEP
        _draw_bar(axes, x, y, 0.28, voice)
        axes.text(x + 0.33, y + _BAR / 2, words, size=7.5, va="center")


def _draw_bar(axes: Axes, x: float, y: float, width: float, voice: Voice) -> None:
    """Draw a bar with its corner at ``x`` and ``y``, in inches from the upper left of the axes."""
    if voice in _INKS:
        fill, hatch, line = _INKS[voice]
        axes.bar(
            x, _BAR, width, y, align="edge", color=fill, edgecolor=line, hatch=hatch, hatch_linewidth=0.7,
            linewidth=0.6 if fill == "white" else 0, clip_on=False,
        )  # fmt: skip
    else:
        axes.plot([x, x + width], [y + _BAR / 2] * 2, color=PALE, linewidth=0.8, clip_on=False)
