"""Tell who speaks throughout: every character of an article by its voice, and every citation by its group.

Two versions of each count are possible. The strict one goes by layers that the article's words name or take
up from an earlier sentence; the other adds those that are only inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Literal, NamedTuple, get_args

import pandas as pd

from retold.corpus import Corpus, Passage
from retold.model import Span
from retold.provenance import HUMAN_KINDS, NEWSROOM_KINDS, is_worded, layers
from retold.registers import Source

Voice = Literal[
    "own voice", "probably relayed", "newsroom", "unnamed, via a newsroom", "unnamed, no newsroom",
    "named person", "institution", "heading", "paratext",
]  # fmt: skip
VOICES: tuple[Voice, ...] = get_args(Voice)
NO_NEWSROOM = "No newsroom named"


class Stretch(NamedTuple):
    """Hold a half-open stretch of an article's text, in code points, and whose voice it is."""

    start: int
    end: int
    voice: Voice


def find_stretches(corpus: Corpus, article: str, *, strict: bool) -> list[Stretch]:
    """Return an article's text as stretches of one voice, in order, without gap or overlap.

    Headings and paratext stand apart, whoever is cited in them. Elsewhere the deepest attribution around a
    character counts, of equally deep ones the first in the file; a state named for its government speaks
    through no one, so the layer around it counts. Characters outside all of them, the words that name a
    source included, are the outlet's own voice, but signs and blanks alone go with the stretch before them.

    Args:
        corpus: the story.
        article: its id.
        strict: whether to leave out inferred layers; otherwise characters that have no others are
            ``probably relayed``.
    """
    text = corpus.articles[article].text
    voices: list[Voice | None] = [None] * len(text)
    for span, voice in _painted(corpus, article, strict):
        voices[span.start : span.end] = [voice] * (span.end - span.start)
    found: list[Stretch] = []
    at = 0
    for given, run in groupby(voices):
        start, at = at, at + len(list(run))
        silent = found and not re.search(r"\w", text[start:at])
        voice = given or (found[-1].voice if silent else "own voice")
        if found and found[-1].voice == voice:
            start = found.pop().start
        found.append(Stretch(start, at, voice))
    return found


def _painted(corpus: Corpus, article: str, strict: bool) -> Iterator[tuple[Span, Voice]]:
    """Yield spans with their voices; where they overlap, the last one counts."""
    found = reversed(corpus.find_passages("attribution", article=article))
    around = [(passage, _speaking(corpus, passage, strict)) for passage in found]
    for passage, counted in sorted(around, key=lambda pair: len(pair[1])):
        if passage in counted:
            yield from ((span, _voice(corpus, counted)) for span in passage.spans)
    zones = corpus.articles[article].zones
    yield from ((span, "heading") for span in zones["headings"])
    yield from ((span, "paratext") for span in zones["paratext"])


def _speaking(corpus: Corpus, passage: Passage, strict: bool) -> list[Passage]:
    around = [each for each in layers(corpus, passage) if not (strict and _is_inferred(each))]
    return [each for each in around if corpus.sources[each.record.source].kind != "state"]


def _is_inferred(layer: Passage) -> bool:
    return bool(layer.record.certainty == "inferred")


def _voice(corpus: Corpus, counted: list[Passage]) -> Voice:
    sources = [corpus.sources[layer.record.source] for layer in counted]
    if all(map(_is_inferred, counted)):
        return "probably relayed"
    if sources[-1].kind in NEWSROOM_KINDS:
        return "newsroom"
    if not sources[-1].named:
        via = any(source.kind in NEWSROOM_KINDS for source in sources)
        return "unnamed, via a newsroom" if via else "unnamed, no newsroom"
    return "named person" if sources[-1].kind in HUMAN_KINDS else "institution"


def shares(corpus: Corpus, *, strict: bool) -> pd.DataFrame:
    """Return a frame of articles by voices: how many characters each voice has, see ``find_stretches``."""
    counts = {article: dict.fromkeys(VOICES, 0) for article in corpus.articles}
    for article, row in counts.items():
        for start, end, voice in find_stretches(corpus, article, strict=strict):
            row[voice] += end - start
    return pd.DataFrame.from_dict(counts, orient="index", columns=list(VOICES))


def source_groups(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """Return the cited sources by label: named ones under their names, the unnamed together by side.

    The group with most worded citations comes first, of equal ones the first in the register.
    """
    cited: dict[str, list[Passage]] = {}
    for passage in corpus.find_passages("attribution"):
        cited.setdefault(passage.record.source, []).append(passage)
    worded: dict[str, int] = {}
    groups: dict[str, tuple[str, ...]] = {}
    for source in corpus.sources.values():
        if found := cited.get(source.id):
            label = _label(source)
            groups[label] = (*groups.get(label, ()), source.id)
            worded[label] = worded.get(label, 0) + sum(map(is_worded, found))
    return {label: groups[label] for label in sorted(groups, key=lambda each: -worded[each])}


def _label(source: Source) -> str:
    side = "side not said" if source.side == "unknown" else source.side.replace("-", " ").title()
    return source.name if source.named else f"Unnamed, {side}"


def links(corpus: Corpus) -> pd.DataFrame:
    """Return who is cited through which newsroom in which article.

    Newsrooms themselves are left out, and so are states, which speak through no one.

    Returns:
        A frame with a row for each different ``group`` (label, see ``source_groups``), ``named`` (bool),
        ``newsroom`` (name of the nearest one around, or ``NO_NEWSROOM``), ``article`` (id) and ``implied``
        (bool: some layer of the chain is only inferred), with the ids of its ``passages`` (a tuple).
    """
    rows: dict[tuple[str, bool, str, str, bool], tuple[str, ...]] = {}
    for passage in corpus.find_passages("attribution"):
        source = corpus.sources[passage.record.source]
        if source.kind not in (*NEWSROOM_KINDS, "state"):
            around = layers(corpus, passage)
            sources = [corpus.sources[layer.record.source] for layer in reversed(around)]
            newsroom = next((each.name for each in sources if each.kind in NEWSROOM_KINDS), NO_NEWSROOM)
            implied = any(map(_is_inferred, around))
            key = (_label(source), source.named, newsroom, passage.article, implied)
            rows[key] = (*rows.get(key, ()), passage.id)
    columns = ["group", "named", "newsroom", "article", "implied", "passages"]
    return pd.DataFrame([(*key, passages) for key, passages in rows.items()], columns=columns)
