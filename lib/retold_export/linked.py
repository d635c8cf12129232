"""Write a corpus in shared vocabularies as JSON-LD: W3C Web Annotation and schema.org Claim."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain as chained
from urllib.parse import quote

from retold.corpus import Article, Corpus, Passage
from retold.loading import LAYER_OF
from retold.model import Selector, Span
from retold.provenance import chain, find_readings, reading_newsrooms
from retold.text import find_selector

from retold_export.columns import TABLES, Row
from retold_export.naming import TERMS, Facts, article_name, namespace, with_items

_CONTEXT_WIDTHS = (32, 128)


def to_annotations(corpus: Corpus) -> Iterator[str]:
    """Yield every passage as W3C Web Annotations (2017), in one collection of one page, as JSON-LD.

    A body holds the passage's row of the tables. A target is a span, found both by its words with what
    stands around them and by its position, half-open and in code points; a passage whose words do not
    stand together has one target a span.
    """
    base = namespace(corpus)
    items = (
        {
            "id": f"{base}annotation/{quote(passage.id)}",
            "type": "Annotation",
            "motivation": "classifying",
            "body": {"type": "Dataset", **_body(corpus, passage, row)},
            "target": [_target(corpus.articles[passage.article], span, base) for span in passage.spans],
        }
        for passage, row in _with_rows(corpus)
    )
    page = {"id": f"{base}annotations/1", "type": "AnnotationPage", "startIndex": 0, "items": []}
    collection = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"retold": TERMS}],
        "id": f"{base}annotations",
        "type": "AnnotationCollection",
        "label": f"Annotations of {len(corpus.articles)} articles",
        "total": len(corpus.passages),
        "first": page,
    }
    return with_items(collection, "items", items)


def _with_rows(corpus: Corpus) -> Iterator[tuple[Passage, Row]]:
    """Yield every passage with its row, if a table has one: rows stand in the order of the passages."""
    tables = {layer: TABLES[name](corpus) for name, layer in LAYER_OF.items()}
    for passage in corpus.passages.values():
        row = next(tables[passage.layer]) if passage.layer in tables else {}
        places = {"id", "article", "start", "end", passage.main}
        yield passage, {name: row[name] for name in row if name not in places}


def _body(corpus: Corpus, passage: Passage, row: Row) -> Facts:
    """Return an annotation's content under compact IRIs: the bare names have other meanings there."""
    record = passage.record
    if passage.layer == "claim":
        row = {"claim": record.id, "statement": record.statement, "kind": record.kind}
    else:
        contested = [f"{each.field}: {each.reading}" for each in record.contested]
        row = {**row, "certainty": record.certainty, "note": record.note, "contested": contested}
    values = {"layer": passage.layer, **row, "chain": " > ".join(chain(corpus, passage))}
    return {f"retold:{name}": value for name, value in values.items() if value not in ("", [])}


def _target(article: Article, span: Span, base: str) -> Facts:
    selector = _selector(article.text, span)
    before = Span(span.start - len(selector.prefix), span.start)
    after = Span(span.end, span.end + len(selector.suffix))
    around = {"prefix": article.words((before,)), "suffix": article.words((after,))}
    return {
        "type": "SpecificResource",
        "source": {
            "id": base + article_name(article.id),
            "type": "Text",
            "format": "text/plain",
            "retold:file": article.file,
            "retold:sha256": article.sha256,
        },
        "selector": [
            {"type": "TextQuoteSelector", "exact": article.words((span,)), **around},
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def _selector(text: str, span: Span) -> Selector:
    """Return the words at a span with as much around them as tells them from every other place."""
    for width in (*_CONTEXT_WIDTHS, len(text)):
        prefix = text[max(0, span.start - width) : span.start]
        suffix = text[span.end : span.end + width]
        selector = Selector(exact=text[span.start : span.end], prefix=prefix, suffix=suffix)
        if len(find_selector(text, selector)) == 1:
            break
    return selector


def to_claims(corpus: Corpus) -> Iterator[str]:
    """Yield every claim as a schema.org Claim, as JSON-LD that needs no other file, and without a rating.

    A claim appears in each article that carries it. It has a first appearance, the newsroom's story, only
    where its readings name exactly one newsroom. An outlet that is only probable goes unnamed.
    """
    base = namespace(corpus)
    claims: list[Facts] = []
    stories: set[str] = set()
    for claim in corpus.claims.values():
        readings = find_readings(corpus, claim.id)
        roots: set[str] = set().union(*(reading_newsrooms(corpus, reading) for reading in readings))
        found: Facts = {
            "@id": f"{base}claim/{claim.id}",
            "@type": "Claim",
            "identifier": claim.id,
            "text": claim.statement,
            "appearance": [{"@id": base + article_name(each.article)} for each in readings],
        }
        if len(roots) == 1:
            stories |= roots
            found["firstAppearance"] = {"@id": f"{base}story/{min(roots)}"}
        claims.append(found)
    articles = (_article_node(corpus, article, base) for article in corpus.articles.values())
    nodes = chained(articles, (_story_node(corpus, each, base) for each in sorted(stories)), claims)
    return with_items({"@context": {"@vocab": "https://schema.org/"}, "@graph": []}, "@graph", nodes)


def _article_node(corpus: Corpus, article: Article, base: str) -> Facts:
    head, title = article.record.article, article.words(article.zones["title"])
    file = {"@type": "MediaObject", "name": article.file, "sha256": article.sha256}
    node: Facts = {
        "@id": base + article_name(article.id),
        "@type": "NewsArticle",
        "identifier": article.id,
        "encoding": {**file, "encodingFormat": "text/plain"},
    }
    if title:
        node["headline"] = title
    if head.outlet_certainty == "high":
        node["publisher"] = {"@type": "Organization", "name": corpus.sources[head.outlet].name}
    return node


def _story_node(corpus: Corpus, source: str, base: str) -> Facts:
    return {
        "@id": f"{base}story/{source}",
        "@type": "CreativeWork",
        "description": "Known only as the articles tell of it.",
        "publisher": {"@type": "Organization", "name": corpus.sources[source].name},
    }
