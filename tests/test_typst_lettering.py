"""Find the words of figures drawn as shapes, and lay them where they are read."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from retold_typst.lettering import Lettering, find_lettering, lettering

WORDS = ["Two boats", "a < b & c", "well--known", "Ґєї ≤ 4 %", "first\nsecond"]


@pytest.fixture
def svg(tmp_path: Path) -> Path:
    figure = Figure(figsize=(4, 2))
    for number, words in enumerate(WORDS):
        figure.text(0.25, 0.9 - number / 6, words, fontsize=9)
    with mpl.rc_context({"svg.fonttype": "path"}):
        figure.savefig(tmp_path / "drawn.svg")
    return tmp_path / "drawn.svg"


@pytest.mark.parametrize("words", ["Two boats", "a < b & c", "well--known", "Ґєї ≤ 4 %", "first", "second"])
def test_every_line_of_a_figure_is_found(svg: Path, words: str) -> None:
    assert words in [each.words for each in find_lettering(svg)]


def test_words_lie_where_they_are_drawn(svg: Path) -> None:
    found = {each.words: each for each in find_lettering(svg)}
    first = found["Two boats"]
    assert (first.x, first.y, first.size) == pytest.approx((0.25, 0.1 * 2 / 4, 9 / (4 * 72)), abs=1e-3)
    assert found["well--known"].y > first.y


@pytest.mark.parametrize("text", ["", "<svg><!-- a --></svg>", '<svg viewBox="0 0 9 9"><!-- a --><path/>'])
def test_other_pictures_have_no_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "other.svg").write_text(text, encoding="utf-8")
    assert find_lettering(tmp_path / "other.svg") == []


def test_words_are_inert_in_typst() -> None:
    assert lettering([Lettering('#x "', 0.1, 0.25, 0.02)]) == '(("#x \\"", 0.1000, 0.2500, 0.0200),)'
