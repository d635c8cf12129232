"""Find the characters that no font of the PDF has, which an archival PDF may not hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typst

_EVERYWHERE = 0x17F  # the last of the Latin letters that every font has


def replace_lost(text: str, standards: Sequence[str]) -> str:
    """Return text with the number of every character that cannot be set in its place: ``[U+6F22]``.

    Args:
        text: what is to be set with the fonts of the ``typst`` wheel.
        standards: those that the PDF must meet; a standard for archives allows no character without a glyph.
    """
    rare = sorted({each for each in text if ord(each) > _EVERYWHERE})
    if _can_be_set("".join(rare), standards):
        return text
    lost = (each for each in rare if not _can_be_set(each, standards))
    return text.translate({ord(each): f"[U+{ord(each):04X}]" for each in lost})


def _can_be_set(characters: str, standards: Sequence[str]) -> bool:
    source = f'#set document(title: "x")\n#set text(lang: "en")\n#"a{characters}b"'
    options: dict[str, Any] = {"pdf_standards": list(standards), "ignore_system_fonts": True}
    try:
        typst.compile(source.encode(), format="pdf", **options)
    except typst.TypstError:
        return False
    return True
