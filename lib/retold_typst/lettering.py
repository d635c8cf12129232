"""Find the words of a figure, whose letters are drawn as shapes that no search finds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import NamedTuple

from retold_typst.text import string

_NUMBER = r"(-?[\d.]+)"
_SIZE = re.compile(rf'<svg\b[^>]*?\bviewBox="0 0 {_NUMBER} {_NUMBER}"')
_WORDS = re.compile(
    rf"<!-- (?P<words>[^\n]+?) -->\s*<g\b[^>]*?translate\({_NUMBER} {_NUMBER}\) scale\({_NUMBER} ", re.DOTALL
)
_EM = 100.0  # units of a glyph that Matplotlib draws to the em


class Lettering(NamedTuple):
    """Hold words, where their base line begins and their size, as parts of the picture's width."""

    words: str
    x: float
    y: float
    size: float


def find_lettering(path: Path) -> list[Lettering]:
    """Return the words of an SVG of Matplotlib, which names in a comment what each group of shapes spells."""
    svg = path.read_text(encoding="utf-8")
    size = _SIZE.search(svg)
    if not size:
        return []
    width = float(size[1])
    return [
        Lettering(_spelled(words), *(float(each) / width for each in (x, y, str(float(scale) * _EM))))
        for words, x, y, scale in _WORDS.findall(svg)
    ]


def lettering(found: Iterable[Lettering]) -> str:
    """Return the words of a picture as an array in Typst: ``(("Anna", 0.1, 0.2, 0.015),)``."""
    parts = (f"({string(each.words)}, {each.x:.4f}, {each.y:.4f}, {each.size:.4f})," for each in found)
    return f"({''.join(parts)})"


def _spelled(comment: str) -> str:
    """Return the words of a comment, in which two hyphens may not touch."""
    return re.sub(r"(?<=-) (?=-)", "", unescape(comment)).strip()
