"""Turn a corpus into plain rows: the columns of the export contract."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from retold.comparison import admits, step
from retold.corpus import Corpus, Passage
from retold.model import Span
from retold.provenance import chain, roots
from retold.text import tokens

Row = Mapping[str, Any]


def join_offsets(spans: tuple[Span, ...], side: int) -> str:
    """Return the starts (``side`` 0) or ends (1) of spans, joined by semicolons."""
    return ";".join(str(span[side]) for span in spans)


def _at(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "article": passage.article,
        "start": join_offsets(passage.spans, 0),
        "end": join_offsets(passage.spans, 1),
    }


def _chain(corpus: Corpus, passage: Passage) -> str:
    return " > ".join(chain(corpus, passage))


def articles(corpus: Corpus) -> Iterator[Row]:
    """Yield a row an article."""
    for article in corpus.articles.values():
        head = article.record.article
        title = article.zones["title"]
        yield {
            "article": article.id,
            "file": article.file,
            "sha256": article.sha256,
            "title": article.words(title),
            "outlet": corpus.sources[head.outlet].name,
            "outlet_certainty": head.outlet_certainty,
            "published": head.published,
            "words": len(tokens(article.text)),
        }


def sources(corpus: Corpus) -> Iterator[Row]:
    """Yield a row a source."""
    for source in corpus.sources.values():
        yield {
            "source": source.id,
            "name": source.name,
            "kind": source.kind,
            "side": source.side,
            "named": source.named,
        }


def attributions(corpus: Corpus) -> Iterator[Row]:
    """Yield a row an attribution; ``chain`` runs from the outlet to the source."""
    for passage in corpus.find_passages("attribution"):
        record = passage.record
        yield {
            **_at(passage),
            "content": corpus.words(passage.id),
            "source": record.source,
            "source_text": corpus.words(passage.id, "source_text"),
            "cue_text": corpus.words(passage.id, "cue"),
            "chain": _chain(corpus, passage),
            "named": corpus.sources[record.source].named,
            "form": record.form,
            "within": record.within or "",
            "certainty": record.certainty,
            "polarity": record.polarity,
        }


def _number(value: float) -> float | int | str:
    if not math.isfinite(value):
        return ""
    return int(value) if value == int(value) else value


_OPEN_BELOW = ("almost", "at-most", "less-than", "vague")


def quantities(corpus: Corpus) -> Iterator[Row]:
    """Yield a row a quantity; ``low`` and ``high`` bound what the words admit, as comparisons read them.

    An end that the words do not set is empty: the upper one after ``at least``, the lower one after
    ``almost`` or ``at most``, both of a vague amount.
    """
    for passage in corpus.find_passages("quantity"):
        record = passage.record
        read = admits(record, to=step(record))
        yield {
            **_at(passage),
            "surface": corpus.words(passage.id),
            "low": "" if record.hedge in _OPEN_BELOW else _number(read.low),
            "high": _number(read.high),
            "unit": record.unit,
            "hedge": record.hedge,
            "base": record.base,
            "kind": record.kind,
            "claim": record.claim or "",
            "chain": _chain(corpus, passage),
            "state": record.state,
            "period": record.period,
        }


def positions(corpus: Corpus) -> Iterator[Row]:
    """Yield a row a position; ``condition`` reads ``act, by actor, for object``."""
    for passage in corpus.find_passages("position"):
        record = passage.record
        needs = record.condition
        yield {
            **_at(passage),
            "quote": corpus.words(passage.id),
            "actor": record.actor,
            "issue": record.issue,
            "stance": record.stance,
            "move": record.move,
            "condition": f"{needs.act}, by {needs.by}, for {needs.object}" if needs else "",
            "chain": _chain(corpus, passage),
        }


def events(corpus: Corpus) -> Iterator[Row]:
    """Yield a row an article's account of an event."""
    for passage in corpus.find_passages("event"):
        record = passage.record
        yield {
            **_at(passage),
            "surface": corpus.words(passage.id),
            "event": record.event,
            "edtf_stated": record.stated or "",
            "edtf_reconciled": record.reconciled,
            "chain": _chain(corpus, passage),
            "status": record.status,
            "time": corpus.words(passage.id, "time"),
        }


def claims(corpus: Corpus) -> Iterator[Row]:
    """Yield a row a claim, with its roots as minimum and maximum; an empty maximum is open."""
    for identifier, (newsrooms, people) in roots(corpus).items():
        claim = corpus.claims[identifier]
        yield {
            "claim": claim.id,
            "statement": claim.statement,
            "kind": claim.kind,
            "articles": ";".join(article for article, words in claim.readings.items() if words),
            "newsroom_roots_min": newsrooms.low,
            "newsroom_roots_max": newsrooms.high,
            "human_sources_min": people.low,
            "human_sources_max": "" if people.high is None else people.high,
        }


def variants(corpus: Corpus) -> Iterator[Row]:
    """Yield a row a variant."""
    for claim in corpus.claims.values():
        for variant in claim.variants:
            yield {
                "variant": variant.id,
                "claim": claim.id,
                "kind": variant.kind,
                "severity": variant.severity,
                "explanation": variant.explanation,
            }


def readings(corpus: Corpus) -> Iterator[Row]:
    """Yield a row a variant and article that has it, and one a reading of a claim without variants.

    Articles that a register sums up as ``others`` have no row.
    """
    for claim in corpus.claims.values():
        for article in filter(corpus.articles.__contains__, claim.readings):
            passage = corpus.passages.get(f"{article}/claim.{claim.id}")
            place = {"claim": claim.id, "article": article, **_reading(corpus, passage)}
            own = [variant for variant in claim.variants if article in variant.readings]
            for variant in own:
                yield {
                    **place,
                    "kind": variant.kind,
                    "severity": variant.severity,
                    "explanation": variant.explanation,
                    "variant": variant.id,
                    "has": variant.readings[article],
                }
            if not own:
                blank = dict.fromkeys(("kind", "severity", "explanation", "variant", "has"), "")
                yield {**place, **blank}


def _reading(corpus: Corpus, passage: Passage | None) -> Row:
    if passage is None:
        return {"start": "", "end": "", "reading": ""}
    return {
        "start": join_offsets(passage.spans, 0),
        "end": join_offsets(passage.spans, 1),
        "reading": corpus.words(passage.id),
    }


TABLES: Mapping[str, Callable[[Corpus], Iterator[Row]]] = {
    "articles": articles,
    "sources": sources,
    "attributions": attributions,
    "quantities": quantities,
    "positions": positions,
    "events": events,
    "claims": claims,
    "variants": variants,
    "readings": readings,
}
"""The exported tables, each a function from corpus to rows."""

_PLACE = "id article start end"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    table: tuple(columns.split())
    for table, columns in {
        "articles": "article file sha256 title outlet outlet_certainty published words",
        "sources": "source name kind side named",
        "attributions": f"{_PLACE} content source source_text cue_text chain named form within certainty"
        " polarity",
        "quantities": f"{_PLACE} surface low high unit hedge base kind claim chain state period",
        "positions": f"{_PLACE} quote actor issue stance move condition chain",
        "events": f"{_PLACE} surface event edtf_stated edtf_reconciled chain status time",
        "claims": "claim statement kind articles newsroom_roots_min newsroom_roots_max human_sources_min"
        " human_sources_max",
        "variants": "variant claim kind severity explanation",
        "readings": "claim article start end reading kind severity explanation variant has",
    }.items()
}
"""The columns of every table, in their order; a table without rows has them too."""
