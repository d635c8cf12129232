"""Write evidence as HTML: links that work without a script, and the cards a script shows beside them."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from retold.corpus import Article, Corpus, Passage
from retold.model import Span
from retold.provenance import find_readings, is_worded, layers
from retold.text import sentence_at
from retold_report.tables import UNWORDED, fact_words, short_locator
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from retold_book.book import Book, open_book
from retold_book.nodes import evidence, heard, judgement, passage, pdf_link, unsearched
from retold_book.terms import term_cards

_CITING = '<span aria-hidden="true"> &gt; </span><span class="visually-hidden">, citing </span>'


def visit_evidence(self: HTML5Translator, node: evidence) -> None:
    """Open a link from told words to the first passage they rest on."""
    book = open_book(Path(self.builder.app.srcdir))
    page, at = book.href(node["passages"][0])
    uri = self.builder.get_relative_uri(self.builder.current_docname, page)
    data = escape(" ".join(node["passages"]), quote=True)
    href = escape(f"{uri}#{at}", quote=True)
    self.body.append(f'<a class="evidence" href="{href}" data-evidence="{data}">')


def depart_evidence(self: HTML5Translator, node: evidence) -> None:
    """Close the link."""
    self.body.append("</a>")


def visit_passage(self: HTML5Translator, node: passage) -> None:
    """Open a marked stretch of an article, anchored for every annotation that begins here."""
    anchors: list[str] = node["ids"] or [""]
    first, *others = anchors
    classes = " ".join(["passage", *(f"layer-{layer}" for layer in node["layers"])])
    own = f' id="{escape(first, quote=True)}"' if first else ""
    data = escape(" ".join(node["passages"]), quote=True)
    self.body += [f'<span id="{escape(other, quote=True)}"></span>' for other in others]
    self.body.append(f'<span class="{classes}"{own} data-evidence="{data}">')


def depart_passage(self: HTML5Translator, node: passage) -> None:
    """Close the stretch."""
    self.body.append("</span>")


def visit_judgement(self: HTML5Translator, node: judgement) -> None:
    """Open a key judgement, before the first of them their list; its proof says aloud what it proves."""
    siblings, at = node.parent.children, node.parent.index(node)
    if at == 0 or not isinstance(siblings[at - 1], judgement):
        self.body.append('<ol class="judgements">\n')
    _, _, title = self.builder.env.domaindata["std"]["labels"].get(node["proof"], ("", "", ""))
    for link in list(node[-1].findall(nodes.reference))[-1:]:
        link += heard(f": {title}")
    self.body.append(self.starttag(node, "li", CLASS="judgement"))


def depart_judgement(self: HTML5Translator, node: judgement) -> None:
    """Close the judgement, after the last of them their list."""
    is_last = not isinstance(node.next_node(descend=False, siblings=True), judgement)
    self.body.append("</li>\n" + "</ol>\n" * is_last)


def visit_unsearched(self: HTML5Translator, node: unsearched) -> None:
    """Write HTML as it is."""
    self.body.append(node["html"])


def depart_unsearched(self: HTML5Translator, node: unsearched) -> None:
    """Leave it."""


def visit_pdf_link(self: HTML5Translator, node: pdf_link) -> None:
    """Open a link to the PDF if it has been built, else mere words."""
    pdf = built_pdf(self.builder.app)
    up = "../" * self.builder.current_docname.count("/")
    self.body.append(f'<a href="{up}{pdf.name}">' if pdf.exists() else "<span>")


def depart_pdf_link(self: HTML5Translator, node: pdf_link) -> None:
    """Close the link."""
    self.body.append("</a>" if built_pdf(self.builder.app).exists() else "</span>")


def built_pdf(app: Sphinx) -> Path:
    """Return where the PDF is built, beside the pages."""
    return Path(app.outdir).with_name("typst") / f"{app.config.typst_filename}.pdf"


def add_cards(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put a card for every passage and fact that a page rests on at the end of its body, hidden."""
    if doctree is None:
        return
    book = open_book(Path(app.srcdir))
    wanted: dict[str, None] = {}
    for node in (*doctree.findall(evidence), *doctree.findall(passage)):
        wanted |= dict.fromkeys(node["passages"])
    uri = {each: context["pathto"](book.page(each)) for each in wanted}
    cards = "".join(card(book, each, uri[each]) for each in wanted) + term_cards(app.env, doctree)
    if cards:
        context["body"] += f'<div id="evidence-cards" hidden>{cards}</div>'


def card(book: Book, identifier: str, page: str) -> str:
    """Return the card of a passage or outside fact as HTML, every word escaped."""
    _, at = book.href(identifier)
    target = "" if page == "#" else page
    href = escape(f"{target}#{at}", quote=True)
    is_fact = identifier.startswith("fact/")
    inner = _fact(book, identifier) if is_fact else _passage(book.shown, identifier)
    layer = "fact" if is_fact else book.corpus.passages[identifier].layer
    opening = f'<div class="evidence-card" data-card="{escape(identifier, quote=True)}" data-layer="{layer}">'
    return f'{opening}<p class="card-place"><a href="{href}">{inner}</div>'


def _fact(book: Book, identifier: str) -> str:
    fact = book.shown.facts[identifier.removeprefix("fact/")]
    base = f'<p class="card-note">Base: {escape(fact.base)}</p>' if fact.base else ""
    note = f'<p class="card-note">{escape(fact.note)}</p>' if fact.note else ""
    place = escape(fact_words(fact))
    return f"{place}</a> · from outside the five</p><p>{escape(fact.statement)}</p>{base}{note}"


def _passage(corpus: Corpus, identifier: str) -> str:
    found = corpus.passages[identifier]
    article = corpus.articles[found.article]
    place = f"{escape(short_locator(corpus, identifier))}</a>{escape(outlet_words(corpus, article.id))}</p>"
    quotes = "".join(_quotation(article, span) for span in found.spans)
    notes = [getattr(found.record, "note", ""), *_doubts(found.record)]
    lines = "".join(f'<p class="card-note">{escape(line)}</p>' for line in notes if line)
    about = f'<p class="card-about">{escape(about_words(corpus, found))}</p>'
    chain = f'<p class="card-chain">{chain_html(corpus, identifier)}</p>'
    return f"{place}{quotes}{about}{chain}{lines}{_elsewhere(corpus, found)}"


def _elsewhere(corpus: Corpus, found: Passage) -> str:
    """Return what the other articles have for the claim that a passage reads or counts for, if any."""
    if not found.claim:
        return ""
    readings = {each.article: each for each in find_readings(corpus, found.claim)}
    lines = [
        f"{short_locator(corpus, readings[other].id)}: {corpus.words(readings[other].id)}"
        if other in readings
        else f"{other}: not carried"
        for other in corpus.articles
        if other != found.article
    ]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<details><summary>In the other articles</summary><ul>{items}</ul></details>"


def about_words(corpus: Corpus, found: Passage) -> str:
    """Return what an annotation records beside its words, such as the claim it reads or its rung."""
    record = found.record
    match found.layer:
        case "claim":
            return f"Claim: {record.statement}"
        case "event":
            return f"Event: {corpus.events[record.event].label} ({record.status})"
        case "position":
            actor, issue = corpus.actors[record.actor].label, corpus.issues[record.issue].label
            return f"Position of {actor}: {issue}: {record.stance}, {record.move}"
        case "quantity":
            parts = [record.hedge.replace("-", " "), record.base, record.state, record.period]
            return f"Quantity: {'; '.join(filter(None, parts))}"
        case "step":
            [rung] = [each.label for each in corpus.judgements.rungs if each.id == record.rung]
            return f"Step: {rung} (place: {record.place})"
        case _:
            return f"Attribution: {record.form}, {record.polarity}"


def _quotation(article: Article, span: Span) -> str:
    around = sentence_at(article.text, span)
    parts = (Span(around.start, span.start), span, Span(span.end, around.end))
    before, words, after = (article.words((part,)) for part in parts)
    return f"<blockquote>{escape(before)}<mark>{escape(words)}</mark>{escape(after)}</blockquote>"


def _doubts(record: Any) -> list[str]:
    certainty = getattr(record, "certainty", "explicit")
    doubts = [] if certainty == "explicit" else [f"Certainty: {UNWORDED[certainty]}."]
    contested = getattr(record, "contested", ())
    return doubts + [f"Contested: {each.field} may be {each.reading}; {each.reason}" for each in contested]


def outlet_words(corpus: Corpus, article: str) -> str:
    """Return the outlet's name after a dot, or nothing where its identification is only probable."""
    head = corpus.articles[article].record.article
    return f" · {corpus.sources[head.outlet].name}" if head.outlet_certainty == "high" else ""


def chain_html(corpus: Corpus, identifier: str) -> str:
    """Return a passage's chain, outlet first, with anonymous and implied layers marked.

    Between two layers stands a sign for the eye and a word for the ear.
    """
    steps = ["outlet"]
    for layer in layers(corpus, corpus.passages[identifier]):
        source = corpus.sources[layer.record.source]
        marks = [] if source.named else ["unnamed"]
        marks += [] if is_worded(layer) else filter(None, [UNWORDED[layer.record.certainty]])
        steps.append(escape(source.name) + (f" <small>({', '.join(marks)})</small>" if marks else ""))
    return _CITING.join(steps)
