"""Set what the fonts of the wheel have, and the numbers of all other characters."""

from __future__ import annotations

import pytest
from retold_typst.builder import STANDARDS
from retold_typst.glyphs import replace_lost

HAD = "ʼ “ ” — × ≤ km² é ü Привіт Ґєї № ا ש →"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param('#"plain";', '#"plain";', id="ASCII"),
        pytest.param(HAD, HAD, id="all had"),
        pytest.param("🛥 boats, 漢 and 漢", "[U+1F6E5] boats, [U+6F22] and [U+6F22]", id="no glyph"),
        pytest.param("a\ufeffb\ue000", "a[U+FEFF]b[U+E000]", id="not allowed in an archive"),
        pytest.param("é 漢 ʼ", "é [U+6F22] ʼ", id="others stay"),
    ],
)
def test_replace_lost(text: str, printed: str) -> None:
    assert replace_lost(text, STANDARDS) == printed


def test_without_a_standard_nothing_is_lost() -> None:
    assert replace_lost("🛥", []) == "🛥"
