"""Check a whole corpus and return every problem at once: where, what is wrong, what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from itertools import chain as joined
from pathlib import Path

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from rapidfuzz import process

from retold import coverage
from retold.corpus import Article, Corpus, Passage
from retold.document import Lines
from retold.loading import read_corpus
from retold.model import Problem, Span
from retold.quantities import agrees_with_words
from retold.text import overlap, paragraph_number

_LISTS = {"attribution": "attributions", "quantity": "quantities", "position": "positions", "event": "events"}
_MARKUP = re.compile(r"</?[A-Za-z][^<>\n]*>|<!--|javascript:", re.IGNORECASE)
_HEDGE_WORDS = {
    "at-least": r"at least|no fewer than|minimum",
    "at-most": r"at most|up to|no more than",
    "about": r"about|around|approximately|some|roughly|nearly",
    "almost": r"almost|nearly|close to",
    "more-than": r"more than|over|above",
    "less-than": r"less than|under|below|fewer than",
}


def find_problems(root: str | Path) -> list[Problem]:
    """Return every problem of the corpus under ``root``, in the order of files and lines; never raise.

    Problems met while loading come first; what depends on an entry that could not be loaded is not
    checked.
    """
    corpus, problems, lines = read_corpus(Path(root).resolve())
    if corpus is None:
        return problems
    found = list(problems)
    for article in corpus.articles.values():
        found += _in_article(corpus, article, article.lines)
    found += _in_sources(corpus, lines["annotations/sources.yaml"], complete=not problems)
    found += _in_claims(corpus, lines["annotations/claims.yaml"])
    return sorted(found, key=lambda problem: (problem.file, problem.line))


def _unknown(
    lines: Lines, path: tuple[str | int, ...], value: str, known: Collection[str]
) -> Iterator[Problem]:
    if value not in known:
        close = process.extractOne(value, list(known), score_cutoff=60)
        right = f"did you mean {close[0]!r}?" if close else "register it first"
        yield lines.problem(path, f"{value!r} is not registered", right)


def _in_article(corpus: Corpus, article: Article, lines: Lines) -> Iterator[Problem]:
    yield from _unknown(lines, ("article", "outlet"), article.record.article.outlet, corpus.sources)
    yield from _edtf(lines, ("article", "published"), article.record.article.published)
    if markup := _MARKUP.search(article.text):
        line = paragraph_number(article.text, markup.start())
        yield Problem(article.file, line, "", f"holds markup: {markup.group()!r}", "store plain text")
    seen: set[str] = set()
    for layer, name in _LISTS.items():
        for at, record in enumerate(getattr(article.record, name)):
            if record.id in seen:
                right = "give each annotation of an article its own id"
                yield lines.problem((name, at, "id"), f"{record.id!r} is used twice", right)
            seen.add(record.id)
            passage = corpus.passages.get(f"{article.id}/{record.id}")
            if passage and passage.layer == layer:
                yield from _CHECKS[layer](corpus, passage, lines, (name, at))
    yield from _gaps(corpus, article, lines)


def _gaps(corpus: Corpus, article: Article, lines: Lines) -> Iterator[Problem]:
    places: list[tuple[Callable[[Corpus, Article], list[Span]], str, str]] = [
        (coverage.find_uncovered, "is covered by nothing", "attribute it, or list it under own_voice"),
        (coverage.find_unread_numbers, "is a number nobody reads", "make it a quantity, or not_quantities"),
        (
            coverage.find_unexplained_quotes,
            "is quoted by nobody",
            "attribute it, or list it under not_speech",
        ),
    ]
    for find, what, right in places:
        for span in find(corpus, article):
            words = article.text[span.start : span.end]
            where = f"¶{paragraph_number(article.text, span.start)}"
            yield lines.problem((), f"{where}: {words!r} {what}", right)
    for identifier in coverage.find_speech_without_marks(corpus, article):
        what = f"{identifier!r} has a form that the text's quotation marks do not bear out"
        yield lines.problem((), what, "correct form or quote_mark")


def _attribution(
    corpus: Corpus, passage: Passage, lines: Lines, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    record = passage.record
    yield from _unknown(lines, (*path, "source"), record.source, corpus.sources)
    if record.within is None:
        return
    outer = corpus.passages.get(f"{passage.article}/{record.within}")
    if outer is None or outer.layer != "attribution":
        known = [p.record.id for p in corpus.find_passages("attribution", article=passage.article)]
        yield from _unknown(lines, (*path, "within"), record.within, known)
    elif _circular(corpus, passage):
        yield lines.problem((*path, "within"), "the attributions contain each other", "break the cycle")
    elif not overlap(outer.spans, passage.spans):
        right = "name the attribution around it, or widen that one's content"
        yield lines.problem((*path, "within"), f"lies outside {record.within!r}", right)


def _circular(corpus: Corpus, passage: Passage) -> bool:
    seen, at = set(), passage
    while at.record.within and at.id not in seen:
        seen.add(at.id)
        following = corpus.passages.get(f"{at.article}/{at.record.within}")
        if following is None or following.layer != "attribution":
            return False
        at = following
    return at.id in seen


def _quantity(
    corpus: Corpus, passage: Passage, lines: Lines, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    record, surface = passage.record, corpus.words(passage.id)
    if not agrees_with_words(record, surface):
        right = f"record the number that {surface!r} prints, or null if it prints none"
        yield lines.problem((*path, "value"), f"the value {record.value} is not in the words", right)
    words = _HEDGE_WORDS.get(record.hedge)
    if words and not re.search(rf"\b(?:{words})\b", surface, re.IGNORECASE):
        right = "take the hedge into the surface, or record what it says"
        yield lines.problem((*path, "hedge"), f"{surface!r} does not say {record.hedge!r}", right)
    if record.claim:
        yield from _unknown(lines, (*path, "claim"), record.claim, corpus.claims)


def _position(
    corpus: Corpus, passage: Passage, lines: Lines, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    record = passage.record
    yield from _unknown(lines, (*path, "actor"), record.actor, corpus.actors)
    yield from _unknown(lines, (*path, "issue"), record.issue, corpus.issues)
    if record.condition:
        yield from _unknown(lines, (*path, "condition", "by"), record.condition.by, corpus.actors)
        yield from _unknown(lines, (*path, "condition", "object"), record.condition.object, corpus.objects)


def _event(corpus: Corpus, passage: Passage, lines: Lines, path: tuple[str | int, ...]) -> Iterator[Problem]:
    record = passage.record
    yield from _unknown(lines, (*path, "event"), record.event, corpus.events)
    for name in ("stated", "reconciled"):
        yield from _edtf(lines, (*path, name), getattr(record, name))
    if not record.reason and record.reconciled == "unresolved":
        yield lines.problem((*path, "reason"), "is unresolved without a reason", "say why")
    if not record.reason and record.stated and record.stated != record.reconciled:
        yield lines.problem((*path, "reason"), "departs from the stated date", "give the reason")
    for at, order in enumerate(record.order):
        where = (*path, "order", at)
        yield from _unknown(lines, (*where, "event"), order.event, corpus.events)
        known = {"text", *corpus.articles, *corpus.facts}
        yield from _unknown(lines, (*where, "source"), order.source, known)


_CHECKS: dict[str, Callable[[Corpus, Passage, Lines, tuple[str | int, ...]], Iterator[Problem]]] = {
    "attribution": _attribution,
    "quantity": _quantity,
    "position": _position,
    "event": _event,
}


def _edtf(lines: Lines, path: tuple[str | int, ...], value: str | None) -> Iterator[Problem]:
    if value is None or value == "unresolved":
        return
    try:
        parse_edtf(value)
    except EDTFParseException:
        yield lines.problem(path, f"{value!r} is not EDTF", "write 2024-10, 2023-12/2024-02 or 2024-10-29/..")


def _in_sources(corpus: Corpus, lines: Lines, *, complete: bool) -> Iterator[Problem]:
    used = {article.record.article.outlet for article in corpus.articles.values()}
    used |= {passage.record.source for passage in corpus.find_passages("attribution")}
    sides = {"third", "unknown", *(actor.side for actor in corpus.actors.values())}
    for at, source in enumerate(corpus.sources.values()):
        yield from _unknown(lines, ("sources", at, "side"), source.side, sides)
        for number, identity in enumerate(source.identity):
            path = ("sources", at, "identity", number, "source")
            yield from _unknown(lines, path, identity.source, corpus.sources)
        if complete and source.id not in used:
            yield lines.problem(("sources", at), f"{source.id!r} is cited nowhere", "remove it, or cite it")


def _in_claims(corpus: Corpus, lines: Lines) -> Iterator[Problem]:
    for at, claim in enumerate(corpus.claims.values()):
        path = ("claims", at, "readings")
        for article in joined(corpus.articles, claim.readings):
            if article not in claim.readings:
                yield lines.problem(path, f"says nothing about {article}", "add its words, or null")
            elif article not in corpus.articles:
                yield from _unknown(lines, (*path, article), article, corpus.articles)
        for number, variant in enumerate(claim.variants):
            carried = {article for article, words in claim.readings.items() if words}
            for article in variant.readings.keys() - carried:
                where = ("claims", at, "variants", number, "readings", article)
                right = "give a variant only readings of articles that carry the claim"
                yield lines.problem(where, f"{article} does not carry the claim", right)
