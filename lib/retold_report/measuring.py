"""Measure what drafts find: precision, recall and F1 against adjudicated annotations, by category."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from retold.agreement import SpanAgreement, compare_spans
from retold.corpus import Corpus
from retold.loading import load_corpus
from retold.vocabulary import Layer
from retold_draft.adding import add_article
from retold_draft.skeleton import write_skeleton

CATEGORIES: Mapping[str, tuple[Layer, str, str]] = {
    "content": ("attribution", "content", "content"),
    "content with a cue": ("attribution", "content", "cue"),
    "content without a cue": ("attribution", "content", "no cue"),
    "source": ("attribution", "source_text", "source_text"),
    "cue": ("attribution", "cue", "cue"),
    "direct speech": ("attribution", "content", "quote_mark"),
    "quantity": ("quantity", "surface", "surface"),
    "time expression": ("event", "time", "time"),
}
"""What is measured: a layer, the part of its annotations that is compared, and what those counted have, or
have ``no`` such thing."""


def drafted_corpus(corpus: Corpus) -> Corpus:
    """Return the corpus that drafts alone would make of a story's articles, added one by one.

    Only texts and publication dates are taken over. The files that it was loaded from are gone.

    Raises:
        DocumentError: an article's text cannot be added; it carries the problems.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "story"
        write_skeleton(root)
        for article in corpus.articles.values():
            add_article(corpus.root / article.file, root, published=article.record.article.published)
        return load_corpus(root)


def draft_scores(adjudicated: Corpus, drafted: Corpus) -> dict[str, SpanAgreement]:
    """Return for each of the ``CATEGORIES`` how many spans each has, and which match.

    Spans are matched as those of two passes are (``retold.agreement.compare_spans``), so that the figures
    compare: precision is the matched share of what is drafted, recall that of what is adjudicated.
    """
    return {
        name: compare_spans(_seen(adjudicated, *category), _seen(drafted, *category), category[0])
        for name, category in CATEGORIES.items()
    }


def _seen(corpus: Corpus, layer: Layer, part: str, needed: str) -> Corpus:
    """Return a corpus whose annotations of a layer stand for one of their parts."""
    field = needed.removeprefix("no ")
    counted = (p for p in corpus.find_passages(layer) if bool(getattr(p.record, field)) == (field == needed))
    return replace(corpus, passages={each.id: replace(each, main=part) for each in counted})
