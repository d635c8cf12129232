"""Cut a text into units of speech, and tell headings and paratext from what an article says."""

from __future__ import annotations

import re

from retold.coverage import find_quoted
from retold.model import Span
from retold.text import sentences

from retold_draft.lexicon import any_of

BLANK = "\u25ae"
"""The sign that stands for every character between quotation marks in a masked text."""

_PARATEXT = re.compile(any_of("paratext"), re.IGNORECASE)
_LONGEST_HEADING = 20


def is_paratext(line: str) -> bool:
    """Return whether a line is a photo credit, a notice of the outlet, or the like."""
    return bool(_PARATEXT.search(line))


def is_heading(line: str) -> bool:
    """Return whether a line stands alone without a full stop and is short enough to announce something.

    >>> is_heading("Boats may stop"), is_heading("Boats stopped."), is_heading("- No boat, a pilot said")
    (True, False, False)
    """
    ends = line.rstrip().rstrip("\"”»’'")[-1:] in tuple(".!…:;")
    return not ends and line[:1] not in tuple("-–—•*") and len(line.split()) <= _LONGEST_HEADING


def masked(text: str) -> str:
    """Return the text with every character between double quotation marks blanked, offsets kept.

    >>> masked('She said: "No."') == f'She said: "{BLANK * 3}"'
    True
    """
    at, parts = 0, ""
    for span in find_quoted(text):
        parts += text[at : span.start] + BLANK * (span.end - span.start)
        at = span.end
    return parts + text[at:]


def units(text: str) -> list[list[Span]]:
    """Return each paragraph's sentences, joined where one ends between quotation marks that go on."""
    inside = masked(text)
    found: list[list[Span]] = []
    for each in sentences(text):
        if not found or "\n" in text[found[-1][-1].end : each.start]:
            found.append([each])
        elif BLANK in inside[each.start - 1 : each.start + 1]:
            found[-1][-1] = Span(found[-1][-1].start, each.end)
        else:
            found[-1].append(each)
    return found


def with_marks(span: Span) -> Span:
    """Return the stretch between quotation marks with its marks."""
    return Span(span.start - 1, span.end + 1)
