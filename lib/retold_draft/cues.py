"""Find who is said to say what: the attributions that the cues of a sentence make.

The rules are a table in ``lexicon.yaml``, each with an example: ``according to``, a verb before, after or
around what it reports, a noun such as ``warnings from``, and who is cited inside a report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from retold.model import Span
from retold.text import overlap
from retold.vocabulary import Polarity

from retold_draft.lexicon import LEXICON, filled

RULES = [{**rule, "pattern": re.compile(filled(rule["rule"]))} for rule in LEXICON["cues"]]
_DENIAL = re.compile("den(?:y|ie)|disput")
_LONGEST = 2000


class Said(NamedTuple):
    """Hold an attribution as drafted: ``outer`` heard the source, ``host`` is the cue of who cites it."""

    source: Span
    cue: tuple[Span, ...]
    content: Span
    polarity: Polarity = "asserts"
    outer: Span | None = None
    host: Span | None = None


def find_said(masked: str, sentence: Span, before: Span | None) -> list[Said]:
    """Return the attributions of a sentence, hosts first; none if it is longer than anyone writes.

    Args:
        masked: the article, its quotations blanked, since whoever speaks in them is not introduced there.
        sentence: where to look.
        before: the sentence before, to which ``This was reported by`` refers; None if there is none.
    """
    found: list[Said] = []
    for rule in RULES if sentence.end - sentence.start <= _LONGEST else ():
        for match in rule["pattern"].finditer(masked[slice(*sentence)]):
            said = _said(rule, match, sentence.start, before, found)
            if said and not any(overlap(said.cue, each.cue) for each in found):
                found.append(said)
    clipped = [said._replace(content=_clipped(said.content, found)) for said in found]
    return sorted(clipped, key=lambda said: (said.host is not None, said.cue))


def _said(
    rule: dict[str, Any], match: re.Match[str], start: int, before: Span | None, found: Sequence[Said]
) -> Said | None:
    """Return what a rule has matched, or None if it lacks a source or content."""
    parts = {name: _trimmed(match, name, start) for name, words in match.groupdict().items() if words}
    cue = tuple(parts[name] for name in ("cue", "cue2") if name in parts)
    hosts = [said for said in found if not said.host] if rule.get("content") == "host" else []
    host = min(hosts, key=lambda said: abs(said.cue[0].start - cue[0].start), default=None)
    source = parts.get("source") or (found[-1].source if found else None)
    content = host.content if host else before if rule.get("content") == "before" else parts["content"]
    if not source or not content or any(part.start >= part.end for part in parts.values()):
        return None
    polarity: Polarity = "denies" if _DENIAL.search(match["cue"]) else rule.get("polarity", "asserts")
    return Said(source, cue, content, polarity, parts.get("outer"), host.cue[0] if host else None)


def _trimmed(match: re.Match[str], name: str, start: int) -> Span:
    """Return where a group stands in the article, without the blanks and signs around it."""
    words, (first, last) = match[name], match.span(name)
    signs = " ,;:—–-" if name == "content" else " ,;:.!?"
    before, after = len(words) - len(words.lstrip(" ,;:.—–-")), len(words) - len(words.rstrip(signs))
    return Span(start + first + before, start + last - after)


def _clipped(content: Span, found: Sequence[Said]) -> Span:
    """Return content without a further cue at its end, whose own content stands before that."""
    for each in found:
        inner, start = each.content, each.source.start
        if not each.host and inner.start <= content.start < inner.end <= start < content.end:
            content = Span(content.start, inner.end)
    return content
