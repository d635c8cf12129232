"""List what an edition for publication should show of the articles, the most important first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from retold.corpus import Corpus, Passage
from retold.model import Span
from retold_run.told import Told

from retold_excerpt.allowance import WordIndex

_QUOTE = re.compile(r"\{quote\}`([^`]+)`")
_ROLE = re.compile(r"\{[a-z:]+\}`([^`<]*)(?:<[^`]*>)?`")
_DRAWN = re.compile(r"<!--(.*?)-->", re.DOTALL)
_SEVERE = 3

Stretches = Iterator[tuple[str, Span]]


def resolve_quotation(corpus: Corpus, request: str) -> tuple[Passage, tuple[Span, ...]]:
    """Return the passage that a quotation asks for, and the spans of it or of its part.

    Raises:
        KeyError: no passage has the id, or it has no such part.
    """
    identifier, _, part = request.partition(".")
    if identifier.endswith(("/claim", "/step")):
        identifier, part = request, ""
    passage = corpus.passages.get(identifier)
    if passage is None:
        raise KeyError(f"no annotation or reading is called {identifier!r}")
    name = {"": passage.main, "source": "source_text"}.get(part, part)
    if not passage.parts.get(name):
        named = {"source_text": "source"}
        offered = sorted(named.get(each, each) for each in passage.parts if passage.parts[each])
        raise KeyError(f"{passage.id!r} has no part {part!r}; it has {offered}")
    return passage, passage.parts[name]


def wanted(
    corpus: Corpus, told: Told, index: WordIndex, texts: Sequence[str], pictures: Iterable[str]
) -> Stretches:
    """Yield article and span of what to show, the most important first.

    What cannot be cut comes first: words drawn in pictures, addresses and ids; then words that our own
    names, statements and prose share with an article; then what prose quotes, what outside facts share,
    readings of severe variants, evidence of told values, quantities, and every other passage.

    Args:
        corpus: the story.
        told: what the notebooks tell.
        index: the articles' words.
        texts: the sources of the chapters.
        pictures: the figures as SVG, each text drawn in them repeated in a comment.
    """
    yield from index.find(" ".join(words for picture in pictures for words in _DRAWN.findall(picture)))
    variants = (variant.id for claim in corpus.claims.values() for variant in claim.variants)
    addresses = (fact.url for fact in corpus.facts.values())
    yield from _found(index, [*addresses, *corpus.passages, *corpus.claims, *variants])
    yield from _found(index, (source.name for source in corpus.sources.values()))
    yield from _found(index, (claim.statement for claim in corpus.claims.values()))
    yield from _found(index, (_ROLE.sub(r"\1", text) for text in texts))
    for request in (each for text in texts for each in _QUOTE.findall(text)):
        passage, spans = resolve_quotation(corpus, request)
        yield from ((passage.article, span) for span in spans)
    yield from _found(index, (fact.statement for fact in corpus.facts.values()))
    yield from _severe(corpus)
    evidence = (each for key in told.values for each in told.rests_on(key))
    quantities = (passage.id for passage in corpus.find_passages("quantity"))
    for identifier in dict.fromkeys([*evidence, *quantities, *corpus.passages]):
        if identifier in corpus.passages:
            passage = corpus.passages[identifier]
            yield from ((passage.article, span) for span in passage.spans)


def _found(index: WordIndex, texts: Iterable[str]) -> Stretches:
    return (stretch for text in texts for stretch in index.find(text))


def _severe(corpus: Corpus) -> Stretches:
    for claim in corpus.claims.values():
        for variant in claim.variants:
            for article in variant.readings if variant.severity == _SEVERE else ():
                if passage := corpus.passages.get(f"{article}/claim.{claim.id}"):
                    yield from ((article, span) for span in passage.spans)
