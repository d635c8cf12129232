"""Set the readings of every claim that articles tell differently side by side, differing words marked."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, pairwise
from pathlib import Path

from docutils import nodes
from retold.collation import differing
from retold.corpus import Passage
from retold.provenance import find_readings
from retold.registers import Claim, Variant
from retold_report.tables import short_locator
from sphinx.util.docutils import SphinxDirective

from retold_book.book import Book, open_book
from retold_book.nodes import heard

Differences = dict[str, dict[int, set[str]]]
SEVERITIES = {
    1: "the same thing in other words",
    2: "the same event, but another source, precision, cause or strength",
    3: "something the other reading contradicts, or another side, number, year or speaker",
}
"""What the severity of a variant means, in the words of the codebook."""


class CompareDirective(SphinxDirective):
    """Compare the readings of every claim that two or more articles carry, or that one tells in two ways."""

    def run(self) -> list[nodes.Node]:
        """Return what severities and marks mean, and for each claim its statement, readings and variants."""
        book = open_book(Path(self.env.app.srcdir))
        found = ((claim, find_readings(book.corpus, claim)) for claim in book.corpus.claims)
        blocks = [
            _comparison(book, book.shown.claims[claim], {each.article: each for each in readings})
            for claim, readings in found
            if len(readings) > 1 or book.corpus.claims[claim].variants
        ]
        return [_severities(), _marks(), *blocks]


def _severities() -> nodes.paragraph:
    """Return what severities mean; the web page's script makes a choice of them."""
    paragraph = nodes.paragraph("", "Severity", classes=["severities"])
    for severity, words in SEVERITIES.items():
        paragraph += [nodes.Text(" "), nodes.inline("", f"{severity}: {words}.", classes=["severity"])]
    return paragraph


def _marks() -> nodes.paragraph:
    """Return what the mark of a web page means, written as it says."""
    own = nodes.strong("", "Shaded", classes=["differs", "own"])
    means = nodes.Text(": no other article shown has these words at this point")
    said = heard(" (said after each reading)")
    return nodes.paragraph("", "", own, means, said, nodes.Text("."), classes=["compare-key", "html-only"])


def _comparison(book: Book, claim: Claim, readings: Mapping[str, Passage]) -> nodes.container:
    words = {article: book.corpus.words(passage.id) for article, passage in readings.items()}
    lacking = lacking_words(words)
    side_by_side = nodes.container(classes=["readings"])
    for article in book.corpus.articles:
        column = nodes.container(classes=["reading", f"article-{article}"])
        if article in readings:
            here = marked(words[article], lacking[article], others=len(readings) - 1)
            place = book.evidence(short_locator(book.corpus, readings[article].id), [readings[article].id])
            column += nodes.paragraph("", "", place, nodes.Text(": "), *here)
        else:
            column += nodes.paragraph("", f"{article}: not carried.", classes=["not-carried"])
        side_by_side += column
    heading = nodes.rubric("", claim.statement, level=2)
    block = nodes.container("", heading, side_by_side, classes=["comparison"], ids=[f"compare-{claim.id}"])
    if claim.variants:
        gravest_first = sorted(claim.variants, key=lambda variant: -variant.severity)
        block += nodes.bullet_list("", *map(_variant, gravest_first), classes=["variants"])
    return block


def _variant(variant: Variant) -> nodes.list_item:
    """Return a difference with what each article has, apart, so that a web page can set it in columns."""
    name = nodes.strong("", f"{variant.kind}, severity {variant.severity}")
    what = nodes.inline("", "", name, nodes.Text(f": {variant.explanation}"), classes=["what"])
    has = nodes.inline("", "", nodes.inline("", " (", classes=["and"]), classes=["has"])
    for at, (article, words) in enumerate(variant.readings.items()):
        joined = nodes.inline("", "; " if at else "", classes=["and"])
        which = nodes.inline("", f"{article}: ", classes=["which"])
        has += nodes.inline("", "", joined, which, nodes.Text(words), classes=[f"has-{article}"])
    has += nodes.inline("", ")", classes=["and"])
    body = nodes.paragraph("", "", what, has)
    return nodes.list_item("", body, classes=[f"kind-{variant.kind}", f"severity-{variant.severity}"])


def lacking_words(readings: Mapping[str, str]) -> Differences:
    """Return, by article and by the offset of each differing character, which other articles lack it.

    Readings are compared in pairs, see ``retold.collation.differing``; what differs between several is what
    differs between any two of them, so that marks hold for whichever articles are shown.
    """
    found: Differences = {article: {} for article in readings}
    for one, other in combinations(readings, 2):
        for article, against, spans in zip(
            (one, other), (other, one), differing([readings[one], readings[other]]), strict=True
        ):
            for offset in (at for span in spans for at in range(*span)):
                found[article].setdefault(offset, set()).add(against)
    return found


def marked(words: str, lacking: Mapping[int, set[str]], *, others: int) -> list[nodes.Node]:
    """Return words as nodes, those that articles lack with these as classes, and strong where all do.

    ``others`` is the number of other articles that have a reading.
    """
    changes = [at for at in range(1, len(words)) if lacking.get(at) != lacking.get(at - 1)]
    found: list[nodes.Node] = []
    for start, end in pairwise([0, *changes, len(words)]):
        piece, articles = words[start:end], sorted(lacking.get(start, ()))
        classes = ["differs", *(f"not-in-{article}" for article in articles)]
        if not articles:
            found.append(nodes.Text(piece))
        elif len(articles) == others:
            found.append(nodes.strong("", piece, classes=[*classes, "own"]))
        else:
            found.append(nodes.inline("", piece, classes=classes))
    return found
