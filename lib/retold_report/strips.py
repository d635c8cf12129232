"""Draw articles as strips that show who speaks, with the shares for which their words name no source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from retold.voices import Stretch, Voice

from retold_report.drawing import BLUE, GREY, INK, PALE, RUST, WIDTH, Figure, Words, drawing
from retold_report.lettering import SMALL, extent


class _Look(NamedTuple):
    """Hold the words of the key, and how a bar is drawn; without a fill it is a thin line."""

    words: str
    fill: str = ""
    hatch: str = ""
    line: str = GREY


_UNNAMED, _GAP = _Look("unnamed people", RUST), _Look("heading, paratext")
_NAMED = _Look("named people and institutions", BLUE, "---", "white")
_LOOKS: Mapping[Voice, _Look] = {
    "own voice": _Look("own voice", "white"),
    "probably relayed": _Look("probably relayed", "white", "//////", INK),
    "newsroom": _Look("newsroom", PALE),
    "unnamed, via a newsroom": _UNNAMED,
    "unnamed, no newsroom": _UNNAMED,
    "named person": _NAMED,
    "institution": _NAMED,
    "heading": _GAP,
    "paratext": _GAP,
}
_SHARES: tuple[Voice, ...] = ("own voice", "probably relayed")
_BAR, _STEP, _KEY, _KEY_BAR, _COLUMNS, _HEAD, _SHARE = 0.26, 0.38, 0.24, 0.16, 3, 0.42, 0.66


def plot_strips(strips: Mapping[str, Sequence[Stretch]], *, title: str, subtitle: str, foot: str) -> Figure:
    """Draw articles as strips as long as their texts, and what share of each no words give to a source.

    The shares, on the left, are of the characters outside headings and paratext, in per cent.

    Args:
        strips: for each article's label, its stretches from beginning to end.
        title: the finding, ten words at most.
        subtitle: what is measured, over what.
        foot: the source.

    Raises:
        ValueError: there is no article, or one without any stretch.
    """
    if not strips or not all(strips.values()):
        raise ValueError("strips need articles, and every article at least one stretch")
    key = _key(strips.values())
    top = _KEY * -(-len(key) // _COLUMNS) + _HEAD
    name = 0.1 + max(extent(label, 9, bold=True)[0] for label in strips)
    ends = [name + _SHARE * at for at in range(1, len(_SHARES) + 1)]
    left = ends[-1] + 0.2
    scale = (WIDTH - left - 0.25) / max(stretches[-1].end for stretches in strips.values())
    height = top + _STEP * len(strips)
    with drawing(Words(title, subtitle, foot), height=height, left=left) as (axes, made):
        axes.set(xlim=(0, WIDTH - left - 0.25), ylim=(height, 0))
        axes.axis("off")
        _draw_key(axes, key, 0.1 - left)
        for voice, end in zip(_SHARES, ends, strict=True):
            words = voice.capitalize().replace(" ", "\n")
            axes.text(end - left, top - 0.08, words, size=SMALL, color=GREY, ha="right", va="bottom")
        for at, (label, stretches) in enumerate(strips.items()):
            y = top + at * _STEP
            axes.text(0.1 - left, y + _BAR / 2, label, weight="bold", va="center")
            for start, stop, voice in stretches:
                _draw_bar(axes, (start * scale, y), (stop - start) * scale, _BAR, _LOOKS[voice])
            for voice, end in zip(_SHARES, ends, strict=True):
                share = f"{_share(stretches, voice):.0f} %"
                axes.text(end - left, y + _BAR / 2, share, ha="right", va="center")
    return made[0]


def _key(strips: Iterable[Sequence[Stretch]]) -> list[_Look]:
    shown = {stretch.voice for stretches in strips for stretch in stretches}
    return list(dict.fromkeys(look for voice, look in _LOOKS.items() if voice in shown))


def _share(stretches: Sequence[Stretch], voice: Voice) -> float:
    counted = [each for each in stretches if _LOOKS[each.voice] != _GAP]
    whole = sum(each.end - each.start for each in counted)
    return 100 * sum(each.end - each.start for each in counted if each.voice == voice) / max(1, whole)


def _draw_key(axes: Axes, key: Sequence[_Look], left: float) -> None:
    for at, look in enumerate(key):
        row, column = divmod(at, _COLUMNS)
        x, y = left + column * (WIDTH - 0.2) / _COLUMNS, row * _KEY
        _draw_bar(axes, (x, y), 0.3, _KEY_BAR, look)
        axes.text(x + 0.4, y + _KEY_BAR / 2, look.words, size=SMALL, va="center")


def _draw_bar(axes: Axes, corner: tuple[float, float], width: float, height: float, look: _Look) -> None:
    """Draw a bar with its corner in inches from the upper left of the axes."""
    x, y = corner
    if look.fill:
        axes.bar(
            x, height, width, y, align="edge", color=look.fill, edgecolor=look.line, hatch=look.hatch,
            hatch_linewidth=0.7, linewidth=0.6 if look.fill == "white" else 0, clip_on=False,
        )  # fmt: skip
    else:
        axes.plot([x, x + width], [y + height / 2] * 2, color=GREY, linewidth=0.8, clip_on=False)
