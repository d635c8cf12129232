"""Check a whole corpus and return every problem at once: where, what is wrong, what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from retold.chronology import bounds
from retold.corpus import Article, Corpus, Passage
from retold.coverage import find_uncovered, find_unexplained_quotes, find_unfitting_forms, find_unread_numbers
from retold.dating import misdated
from retold.document import find_drafts
from retold.loading import LAYER_OF, Files, read_corpus
from retold.model import Event, Span
from retold.problems import Lines, Path_, Problem, unknown
from retold.quantities import agrees_with_words, in_unit
from retold.references import CHECKS, bad_date, misnamed
from retold.registers import REGISTERS
from retold.seeds import article_id
from retold.text import overlap, paragraph_number

MARKUP = re.compile(r"</?[A-Za-z][^<>\n]*>|<!--|javascript:", re.IGNORECASE)
_MEASURED = {"area": "metre**2", "distance": "metre", "duration": "second"}
HEDGE_WORDS = {
    "at-least": r"at least|no fewer than|minimum",
    "at-most": r"at most|up to|no more than",
    "about": r"about|around|approximately|some|roughly|nearly",
    "almost": r"almost|nearly|close to",
    "more-than": r"more than|over|above",
    "less-than": r"less than|under|below|fewer than",
}


def find_problems(root: str | Path) -> list[Problem]:
    """Return every problem of the corpus under ``root``, in the order of files and lines; never raise.

    What depends on an entry that could not be loaded is not checked.
    """
    return check_corpus(root)[1]


def check_corpus(root: str | Path) -> tuple[Corpus | None, list[Problem]]:
    """Return the corpus under ``root``, read once, and its problems, as `find_problems` does; never raise.

    The corpus is None unless all of it could be loaded; once it can be, more problems may show.
    """
    corpus, unread, files = read_corpus(Path(root).resolve())
    found = [*unread, *(draft for file in files.values() for draft in find_drafts(*file))]
    if corpus is not None:
        found += _Checking(corpus, unread, files).find()
    found.sort(key=lambda problem: (problem.file, problem.line))
    return None if unread else corpus, found


class _Checking:
    """Check what was loaded: articles, passages (by the method named after the layer) and registers."""

    def __init__(self, corpus: Corpus, problems: list[Problem], files: Files) -> None:
        self.corpus = corpus
        self.files = files
        self.units = {each.record.unit for each in corpus.find_passages("quantity")}
        self.partial = {article_id(problem.file) for problem in problems} - REGISTERS.keys()

    def find(self) -> Iterator[Problem]:
        for article in self.corpus.articles.values():
            yield from self.article(article)
        for register, check in CHECKS.items():
            if read := self.files.get(f"annotations/{register}.yaml"):
                yield from check(self.corpus, *read, self.partial)

    def article(self, article: Article) -> Iterator[Problem]:
        lines, head = article.lines, article.record.article
        yield from unknown(lines, ("article", "outlet"), head.outlet, self.corpus.sources)
        yield from bad_date(lines, ("article", "published"), head.published)
        if markup := MARKUP.search(article.text):
            line = article.text.count("\n", 0, markup.start()) + 1
            yield Problem(article.file, line, "", f"holds markup: {markup.group()!r}", "store plain text")
        for name, layer in LAYER_OF.items():
            for at, record in enumerate(getattr(article.record, name)):
                passage = self.corpus.passages.get(f"{article.id}/{record.id}")
                if passage and passage.record is record:
                    yield from getattr(self, layer)(passage, lines, (name, at))
                yield from misnamed(lines, (name, at), record)
        if article.id not in self.partial:
            yield from self.gaps(article)

    def gaps(self, article: Article) -> Iterator[Problem]:
        lines = article.lines
        places: list[tuple[Callable[[Corpus, Article], list[Span]], str, str]] = [
            (find_uncovered, "is covered by nothing", "attribute it, or list it under own_voice"),
            (find_unread_numbers, "is a number nobody reads", "read it as quantity, time or not_quantities"),
            (find_unexplained_quotes, "is quoted by nobody", "make it direct or mixed, or not_speech"),
        ]
        for find, what, right in places:
            for span in find(self.corpus, article):
                words = article.text[span.start : span.end]
                where = f"¶{paragraph_number(article.text, span.start)}"
                yield lines.problem((), f"{where}: {words!r} {what}", right)
        names = [f"{article.id}/{each.id}" for each in article.record.attributions]
        for identifier in find_unfitting_forms(self.corpus, article):
            what = f"{identifier!r} has a form that the text's quotation marks do not bear out"
            yield lines.problem(("attributions", names.index(identifier)), what, "correct form or quote_mark")

    def attribution(self, passage: Passage, lines: Lines, path: Path_) -> Iterator[Problem]:
        record, article = passage.record, self.corpus.articles[passage.article]
        yield from unknown(lines, (*path, "source"), record.source, self.corpus.sources)
        if record.source == article.record.article.outlet:
            right = "remove this layer and each within that names it; its own words are own_voice"
            yield lines.problem((*path, "source"), f"{record.source!r} is the article's own outlet", right)
        source = self.corpus.sources.get(record.source)
        if record.descriptor and source and source.named:
            right = "a descriptor is for who has no name: remove it, or cite another entry"
            yield lines.problem((*path, "descriptor"), f"describes {source.id!r}, who is named", right)
        if record.within is None:
            return
        known = [each.id for each in article.record.attributions]
        yield from unknown(lines, (*path, "within"), record.within, known)
        outer = self.corpus.passages.get(f"{article.id}/{record.within}")
        if outer is None or outer.layer != "attribution":
            return
        if _circular(self.corpus, passage):
            yield lines.problem((*path, "within"), "the attributions contain each other", "break the cycle")
        elif not overlap(outer.spans, passage.spans):
            right = "name the attribution around it, or widen that one's content"
            yield lines.problem((*path, "within"), f"lies outside {record.within!r}", right)

    def quantity(self, passage: Passage, lines: Lines, path: Path_) -> Iterator[Problem]:
        record, surface = passage.record, self.corpus.words(passage.id)
        if not agrees_with_words(record, surface):
            right = f"record the number that {surface!r} prints, or null if it prints none"
            yield lines.problem((*path, "value"), f"the value {record.value} is not in the words", right)
        if isinstance(record.value, tuple) and record.value[0] > record.value[1]:
            yield lines.problem((*path, "value"), f"{record.value} runs down", "put the lower first")
        words = HEDGE_WORDS.get(record.hedge)
        if words and not re.search(rf"\b(?:{words})\b", surface, re.IGNORECASE):
            right = "take the hedge into the surface, or record what it says"
            yield lines.problem((*path, "hedge"), f"{surface!r} does not say {record.hedge!r}", right)
        if record.unit.endswith("s") and (one := record.unit[:-1]) in self.units:
            yield lines.problem((*path, "unit"), f"{record.unit!r} is {one!r} elsewhere", f"write {one!r}")
        try:
            in_unit(1, record.unit, _MEASURED.get(record.kind, record.unit))
        except ValueError:
            right = "write one such as kilometre, mile**2 or hour"
            yield lines.problem((*path, "unit"), f"{record.unit!r} is no unit of {record.kind}", right)
        if record.claim:
            yield from unknown(lines, (*path, "claim"), record.claim, self.corpus.claims)

    def position(self, passage: Passage, lines: Lines, path: Path_) -> Iterator[Problem]:
        record, corpus = passage.record, self.corpus
        yield from unknown(lines, (*path, "actor"), record.actor, corpus.actors)
        yield from unknown(lines, (*path, "issue"), record.issue, corpus.issues)
        if record.condition:
            yield from unknown(lines, (*path, "condition", "by"), record.condition.by, corpus.actors)
            yield from unknown(lines, (*path, "condition", "object"), record.condition.object, corpus.objects)

    def event(self, passage: Passage, lines: Lines, path: Path_) -> Iterator[Problem]:
        record, events = passage.record, self.corpus.events
        published = self.corpus.articles[passage.article].record.article.published
        yield from unknown(lines, (*path, "event"), record.event, events)
        names = ("stated", "reconciled")
        bad = [fault for each in names for fault in bad_date(lines, (*path, each), getattr(record, each))]
        yield from bad or _unexplained(record, lines, path)
        words = self.corpus.words(passage.id, "time")
        if not bad and record.stated and (printed := misdated(words, record.stated)):
            right = "state what the words say; another date goes into reconciled, with a reason"
            yield lines.problem((*path, "stated"), f"{record.stated!r} has no day of {printed!r}", right)
        unread = bad or [*bad_date(lines, (), published)]
        if not unread and record.status == "actual" and bounds(record.reconciled).is_after(bounds(published)):
            yield lines.problem((*path, "status"), "is actual after the article", "give its status or date")
        for at, order in enumerate(record.order):
            where = (*path, "order", at)
            yield from unknown(lines, (*where, "event"), order.event, events)
            known = ["text", *self.corpus.articles, *sorted(self.partial), *self.corpus.facts]
            yield from unknown(lines, (*where, "source"), order.source, known)


def _unexplained(record: Event, lines: Lines, path: Path_) -> Iterator[Problem]:
    if record.stated and "reconciled" not in record.model_fields_set:
        yield lines.problem((*path, "reconciled"), "is missing", "repeat what is stated, or say why not")
    elif not record.reason and record.reconciled == "unresolved":
        yield lines.problem((*path, "reason"), "is unresolved without a reason", "say why, or date it")
    elif not record.reason and record.stated not in (None, record.reconciled):
        yield lines.problem((*path, "reason"), "departs from the stated date", "give the reason")


def _circular(corpus: Corpus, passage: Passage) -> bool:
    seen, at = set[str](), corpus.passages.get(passage.id)
    while at and at.id not in seen:
        seen.add(at.id)
        at = corpus.passages.get(f"{at.article}/{getattr(at.record, 'within', None)}")
    return at is not None
