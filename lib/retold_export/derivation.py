"""Write a corpus as W3C PROV: which articles, newsrooms and people each reading is derived from."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from prov.constants import PROV
from prov.model import ProvDocument, ProvEntity
from prov.serializers.provjson import encode_json_document
from retold.corpus import Article, Corpus, Passage
from retold.provenance import NEWSROOM_KINDS, is_worded, layers

from retold_export.naming import TERMS, Facts, article_name, namespace, to_json

_RELATIONS = ("wasAttributedTo", "wasDerivedFrom")
_UNNAMED = "_:id"
_AGENT_TYPES = {
    "person": "Person",
    "official": "Person",
    "outlet": "Organization",
    "newsroom": "Organization",
    "institution": "Organization",
    "government": "Organization",
}


def to_prov(corpus: Corpus) -> Iterator[str]:
    """Yield a corpus as PROV-JSON (W3C PROV-DM 2013): who stands behind each article and reading.

    A reading is a quotation of its article. Where a newsroom's layer lies around it, it is also derived
    from that newsroom's story, as a primary source unless the layer is only inferred. Each attribution and
    derivation says how certain its layer is and whether it is implied, that is, without words of its own.
    """
    sections: dict[str, dict[str, str]] = {}
    for document in _documents(corpus):
        earlier = sum(len(sections.get(relation, ())) for relation in _RELATIONS)
        for section, records in encode_json_document(document).items():
            kept = sections.setdefault(section, {})
            for name, record in records.items():
                number = name.removeprefix(_UNNAMED)
                whole = name if number == name else f"{_UNNAMED}{earlier + int(number)}"
                kept[whole] = to_json(record, depth=2)
    begin = "{"
    for section in sorted(sections):
        yield f"{begin}\n {to_json(section)}: {{"
        begin = ""
        for name in sorted(sections[section]):
            yield f"{begin}\n  {to_json(name)}: {sections[section][name]}"
            begin = ","
        yield "\n }"
    yield "\n}\n"


def _documents(corpus: Corpus) -> Iterator[ProvDocument]:
    """Yield a document of all sources, and one of each article: together they would fill the memory."""
    told: set[str] = set()
    document = _document(corpus)
    for source in corpus.sources.values():
        facts: Facts = {"prov:label": source.name, "retold:kind": source.kind, "retold:side": source.side}
        if source.kind in _AGENT_TYPES:
            facts["prov:type"] = PROV[_AGENT_TYPES[source.kind]]
        document.agent(f"corpus:source/{source.id}", {**facts, "retold:named": source.named})
    yield document
    for article in corpus.articles.values():
        document = _document(corpus)
        _add_article(document, corpus, article, told)
        yield document


def _document(corpus: Corpus) -> ProvDocument:
    document = ProvDocument()
    document.add_namespace("retold", TERMS)
    document.add_namespace("corpus", namespace(corpus))
    return document


def _add_article(document: ProvDocument, corpus: Corpus, article: Article, told: set[str]) -> None:
    """Add an article with its readings; newsrooms whose stories are ``told`` already are not told again."""
    head, name = article.record.article, article_name(article.id)
    facts: Facts = {"retold:file": article.file, "retold:sha256": article.sha256}
    if title := article.words(article.zones["title"]):
        facts["prov:label"] = title
    entity = document.entity(f"corpus:{name}", facts)
    certainty: Facts = {"retold:outlet_certainty": head.outlet_certainty}
    document.wasAttributedTo(entity, f"corpus:source/{head.outlet}", other_attributes=certainty)
    for passage in corpus.find_passages("claim", article=article.id):
        claim = passage.record.id
        facts = {"prov:value": corpus.words(passage.id)}
        facts["retold:claim"] = document.valid_qualified_name(f"corpus:claim/{claim}")
        reading = document.entity(f"corpus:reading/{quote(article.id, safe='')}/{claim}", facts)
        document.wasDerivedFrom(reading, entity, other_attributes={"prov:type": PROV["Quotation"]})
        for depth, layer in enumerate(layers(corpus, passage), start=1):
            source = layer.record.source
            said = {**_how(layer), "retold:polarity": layer.record.polarity, "retold:depth": depth}
            document.wasAttributedTo(reading, f"corpus:source/{source}", other_attributes=said)
            if corpus.sources[source].kind in NEWSROOM_KINDS:
                _add_story(document, reading, layer, known=source in told)
                told.add(source)


def _add_story(document: ProvDocument, reading: ProvEntity, layer: Passage, *, known: bool) -> None:
    source, how = layer.record.source, _how(layer)
    story = f"corpus:story/{source}"
    if not known:
        document.wasAttributedTo(document.entity(story), f"corpus:source/{source}")
    if layer.record.certainty != "inferred":
        how["prov:type"] = PROV["PrimarySource"]
    document.wasDerivedFrom(reading, story, other_attributes=how)


def _how(layer: Passage) -> Facts:
    return {"retold:certainty": layer.record.certainty, "retold:implied": not is_worded(layer)}
