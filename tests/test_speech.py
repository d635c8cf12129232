"""Cut a text into units of speech, and tell headings and paratext apart."""

from __future__ import annotations

import pytest
from retold.model import Span
from retold_draft.speech import BLANK, is_heading, is_paratext, masked, units, with_marks


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Boats may stop", True),
        ("“Boats may stop”", True),
        ("Boats may stop.", False),
        ("“Boats may stop.”", False),
        ("Why do boats stop?", True),
        ("- Boats may stop", False),
        ("boats " * 21, False),
    ],
)
def test_is_heading(line: str, heading: bool) -> None:
    assert is_heading(line) is heading


@pytest.mark.parametrize(
    ("line", "paratext"),
    [
        ("Photo: Harbour Post", True),
        ("A boat at the pier. Photo: Harbour Post", True),
        ("For more news please follow us on X.", True),
        ("Read more", True),
        ("The photos show a boat.", False),
        ("Boats follow the coast.", False),
    ],
)
def test_is_paratext(line: str, paratext: bool) -> None:
    assert is_paratext(line) is paratext


@pytest.mark.parametrize("text", ["", "a “b” c", 'a "b c" d "e"', "“a\nb” c", "“”", "«a» „b“"])
def test_masking_keeps_offsets(text: str) -> None:
    hidden = masked(text)
    assert len(hidden) == len(text)
    assert all(new in (old, BLANK) for old, new in zip(text, hidden, strict=True))
    assert masked(hidden) == hidden


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two.\nThree.", [["One.", "Two."], ["Three."]]),
        ("“One. Two,” he said. Three.", [["“One. Two,” he said.", "Three."]]),
        ("“One.” Two.", [["“One.”", "Two."]]),
        ("\n\nOne", [["One"]]),
        ("", []),
    ],
)
def test_units(text: str, found: list[list[str]]) -> None:
    assert [[text[slice(*unit)] for unit in paragraph] for paragraph in units(text)] == found


def test_with_marks() -> None:
    assert "a “b” c"[slice(*with_marks(Span(3, 4)))] == "“b”"
