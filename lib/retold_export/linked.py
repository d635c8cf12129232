"""Write a corpus in shared vocabularies: W3C PROV, W3C Web Annotation and schema.org Claim.

The three name the same things by the same IRIs. Those of a story depend on its texts alone, so that two
stories never share one; terms that no standard has are the column names of the tables. The texts are
the same for the same corpus, byte for byte: sorted, and without times of making.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, TypeAlias
from urllib.parse import quote

from prov.constants import PROV
from prov.model import ProvDocument, ProvEntity
from retold.corpus import Article, Corpus, Passage
from retold.model import Selector, Span
from retold.provenance import chain, find_readings, is_worded, layers, reading_newsrooms
from retold.text import locate

from retold_export.columns import TABLES, Row

TERMS = "urn:x-retold:"
"""What the IRIs of our own terms begin with; an experimental name, since no registry holds them."""

_Facts: TypeAlias = dict[Any, Any]
_CONTEXT_WIDTHS = (32, 128)
_AGENT_TYPES = {
    "person": "Person",
    "official": "Person",
    "outlet": "Organization",
    "newsroom": "Organization",
    "institution": "Organization",
    "government": "Organization",
}


def namespace(corpus: Corpus) -> str:
    """Return what the IRIs of a story's articles, readings, claims and sources begin with."""
    digests = "".join(sorted(article.sha256 for article in corpus.articles.values()))
    return f"{TERMS}{hashlib.sha256(digests.encode()).hexdigest()[:16]}/"


def _article_name(article: str) -> str:
    return f"article/{quote(article, safe='')}"


def _to_json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    # An escaped "<" lets the text stand inside an HTML script element, where JSON-LD often goes.
    return text.replace("<", "\\u003c") + "\n"


def to_prov(corpus: Corpus) -> str:
    """Return a corpus as PROV-JSON (W3C PROV-DM 2013): who stands behind each article and reading.

    A reading is a quotation of its article. Where a newsroom's layer lies around it, it is also derived
    from that newsroom's story, as a primary source unless the layer is only inferred. Each attribution and
    derivation says how certain its layer is and whether it is implied, that is, without words of its own.
    """
    document = ProvDocument()
    document.add_namespace("retold", TERMS)
    document.add_namespace("corpus", namespace(corpus))
    for source in corpus.sources.values():
        facts: _Facts = {"prov:label": source.name, "retold:kind": source.kind, "retold:side": source.side}
        if source.kind in _AGENT_TYPES:
            facts["prov:type"] = PROV[_AGENT_TYPES[source.kind]]
        document.agent(f"corpus:source/{source.id}", {**facts, "retold:named": source.named})
    for article in corpus.articles.values():
        _add_article(document, corpus, article)
    return _to_json(json.loads(document.serialize(format="json") or ""))


def _add_article(document: ProvDocument, corpus: Corpus, article: Article) -> None:
    head, name = article.record.article, _article_name(article.id)
    facts: _Facts = {"retold:file": article.file, "retold:sha256": article.sha256}
    if title := article.words(article.zones["title"]):
        facts["prov:label"] = title
    entity = document.entity(f"corpus:{name}", facts)
    certainty: _Facts = {"retold:outlet_certainty": head.outlet_certainty}
    document.wasAttributedTo(entity, f"corpus:source/{head.outlet}", other_attributes=certainty)
    for passage in corpus.find_passages("claim", article=article.id):
        claim = passage.record.id
        facts = {"prov:value": corpus.words(passage.id)}
        facts["retold:claim"] = document.valid_qualified_name(f"corpus:claim/{claim}")
        reading = document.entity(f"corpus:reading/{quote(article.id, safe='')}/{claim}", facts)
        document.wasDerivedFrom(reading, entity, other_attributes={"prov:type": PROV["Quotation"]})
        for depth, layer in enumerate(layers(corpus, passage), start=1):
            _add_layer(document, corpus, reading, layer, depth)


def _add_layer(
    document: ProvDocument, corpus: Corpus, reading: ProvEntity, layer: Passage, depth: int
) -> None:
    record = layer.record
    agent = f"corpus:source/{record.source}"
    how: _Facts = {"retold:certainty": record.certainty, "retold:implied": not is_worded(layer)}
    said: _Facts = {**how, "retold:polarity": record.polarity, "retold:depth": depth}
    document.wasAttributedTo(reading, agent, other_attributes=said)
    if corpus.sources[record.source].kind != "newsroom":
        return
    story = f"corpus:story/{record.source}"
    if not document.get_record(story):
        document.wasAttributedTo(document.entity(story), agent)
    if record.certainty != "inferred":
        how["prov:type"] = PROV["PrimarySource"]
    document.wasDerivedFrom(reading, story, other_attributes=how)


def to_annotations(corpus: Corpus) -> str:
    """Return every passage as W3C Web Annotations (2017), in one collection of one page, as JSON-LD.

    A body holds the passage's row of the tables. A target is a span, found both by its words with what
    stands around them and by its position, half-open and in code points; a passage whose words do not
    stand together has one target a span.
    """
    base, rows = namespace(corpus), dict(_rows(corpus))
    items = [
        {
            "id": f"{base}annotation/{quote(passage.id)}",
            "type": "Annotation",
            "motivation": "classifying",
            "body": {"type": "Dataset", **_body(corpus, passage, rows.get(passage.id, {}))},
            "target": [_target(corpus.articles[passage.article], span, base) for span in passage.spans],
        }
        for passage in corpus.passages.values()
    ]
    page = {"id": f"{base}annotations/1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"retold": TERMS}],
        "id": f"{base}annotations",
        "type": "AnnotationCollection",
        "label": f"Annotations of {len(corpus.articles)} articles",
        "total": len(items),
        "first": page,
    }
    return _to_json(collection)


def _rows(corpus: Corpus) -> Iterator[tuple[str, Row]]:
    place = {"id", "article", "start", "end"}
    for table in ("attributions", "quantities", "positions", "events"):
        for row in TABLES[table](corpus):
            main = corpus.passages[row["id"]].main
            yield row["id"], {name: row[name] for name in row if name not in {*place, main}}


def _body(corpus: Corpus, passage: Passage, row: Row) -> _Facts:
    """Return an annotation's content under compact IRIs: the bare names have other meanings there."""
    record = passage.record
    if passage.layer == "claim":
        row = {"claim": record.id, "statement": record.statement, "kind": record.kind}
    else:
        contested = [f"{each.field}: {each.reading}" for each in record.contested]
        row = {**row, "certainty": record.certainty, "note": record.note, "contested": contested}
    values = {"layer": passage.layer, **row, "chain": " > ".join(chain(corpus, passage))}
    return {f"retold:{name}": value for name, value in values.items() if value not in ("", [])}


def _target(article: Article, span: Span, base: str) -> _Facts:
    selector = _selector(article.text, span)
    before = Span(span.start - len(selector.prefix), span.start)
    after = Span(span.end, span.end + len(selector.suffix))
    around = {"prefix": article.words((before,)), "suffix": article.words((after,))}
    return {
        "type": "SpecificResource",
        "source": {
            "id": base + _article_name(article.id),
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
        if locate(text, selector):
            break
    return selector


def to_claims(corpus: Corpus) -> str:
    """Return every claim as a schema.org Claim, as JSON-LD that needs no other file, and without a rating.

    A claim appears in each article that carries it. It has a first appearance, the newsroom's story, only
    where its readings name exactly one newsroom. An outlet that is only probable goes unnamed.
    """
    base = namespace(corpus)
    claims: list[_Facts] = []
    stories: set[str] = set()
    for claim in corpus.claims.values():
        readings = find_readings(corpus, claim.id)
        roots: set[str] = set().union(*(reading_newsrooms(corpus, reading) for reading in readings))
        found: _Facts = {
            "@id": f"{base}claim/{claim.id}",
            "@type": "Claim",
            "identifier": claim.id,
            "text": claim.statement,
            "appearance": [{"@id": base + _article_name(each.article)} for each in readings],
        }
        if len(roots) == 1:
            stories |= roots
            found["firstAppearance"] = {"@id": f"{base}story/{min(roots)}"}
        claims.append(found)
    articles = [_article_node(corpus, article, base) for article in corpus.articles.values()]
    nodes = articles + [_story_node(corpus, source, base) for source in sorted(stories)] + claims
    return _to_json({"@context": {"@vocab": "https://schema.org/"}, "@graph": nodes})


def _article_node(corpus: Corpus, article: Article, base: str) -> _Facts:
    head, title = article.record.article, article.words(article.zones["title"])
    file = {"@type": "MediaObject", "name": article.file, "sha256": article.sha256}
    node: _Facts = {
        "@id": base + _article_name(article.id),
        "@type": "NewsArticle",
        "identifier": article.id,
        "encoding": {**file, "encodingFormat": "text/plain"},
    }
    if title:
        node["headline"] = title
    if head.outlet_certainty == "high":
        node["publisher"] = {"@type": "Organization", "name": corpus.sources[head.outlet].name}
    return node


def _story_node(corpus: Corpus, source: str, base: str) -> _Facts:
    return {
        "@id": f"{base}story/{source}",
        "@type": "CreativeWork",
        "description": "Known only as the articles tell of it.",
        "publisher": {"@type": "Organization", "name": corpus.sources[source].name},
    }
