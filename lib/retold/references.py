"""Check that registers refer only to what is registered, and that dates can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from datetime import MAXYEAR, MINYEAR
from functools import cache
from typing import Any

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from retold.corpus import Corpus
from retold.judgements import JudgementsFile
from retold.model import Annotation
from retold.problems import Lines, Path_, Problem, remedy, unknown
from retold.registers import AdjudicationFile, ClaimsFile, SourcesFile, Variant

Problems = Iterator[Problem]
_DATES = "write a day that exists, 2024-10-29, a month, 2024-10, or 2023-12/2024-02 or 2024-10-29/.."
_JUDGED = {
    "steps": ("article", "rung"), "departures": ("articles", "claims"), "questions": ("claims",),
    "original": ("claim",), "inferences": ("article", "claim"),
}  # fmt: skip
"""What the entries of each list of judgements refer to."""

_SEASON = re.compile(r"\b\d{4}-(?:2[1-9]|3\d|4[01])\b")


def bad_date(lines: Lines, path: Path_, value: str | None) -> Problems:
    """Yield a problem if ``value`` is no EDTF date, or names a season, which libraries narrow to a month."""
    if value is None or value == "unresolved":
        return
    if not _is_edtf(value):
        yield lines.problem(path, f"{value!r} is no EDTF date", _DATES)
    elif _SEASON.search(value):
        yield lines.problem(path, f"{value!r} names a season", "write its months, as in 2023-12/2024-02")


@cache
def _is_edtf(value: str) -> bool:
    try:
        parsed = parse_edtf(value)
        ends = parsed.lower_strict(), parsed.upper_strict()
    except (EDTFParseException, AttributeError, TypeError, ValueError):  # the parser trips over some
        return False
    return all(isinstance(end, float) or MINYEAR <= end.tm_year < MAXYEAR - 1 for end in ends)


def misnamed(lines: Lines, path: Path_, record: Annotation | Variant) -> Problems:
    """Yield a problem for every other reading that is of a field the record has not, or no other one."""
    for number, other in enumerate(record.contested):
        where, closed = (*path, "contested", number), [*map(str, record.closed_values(other.field))]
        if other.field not in (known := (*type(record).model_fields, "source")):
            right = remedy(other.field, known, "choose of {}")
            yield lines.problem((*where, "field"), f"{other.field!r} is no field here", right)
        elif str(getattr(record, other.field, None)) == other.reading:
            yield lines.problem((*where, "reading"), "is the reading above", "give the other, or remove this")
        elif closed and other.reading not in closed:
            right = remedy(other.reading, closed, "use one of {}")
            yield lines.problem((*where, "reading"), f"{other.reading!r} is no {other.field}", right)


def _in_sources(corpus: Corpus, register: SourcesFile, lines: Lines, partial: Set[str]) -> Problems:
    first: dict[str, str] = {}
    outlets = {article.record.article.outlet for article in corpus.articles.values()}
    used = outlets | {passage.record.source for passage in corpus.find_passages("attribution")}
    sides = ["third", "unknown", *dict.fromkeys(actor.side for actor in corpus.actors.values())]
    for at, source in enumerate(register.sources):
        yield from unknown(lines, ("sources", at, "side"), source.side, sides)
        if (same := first.setdefault(" ".join(source.name.casefold().split()), source.id)) != source.id:
            yield lines.problem(("sources", at, "name"), f"has the name of {same!r}", "keep one of them")
        if source.id in outlets and source.kind != "outlet":
            yield lines.problem(("sources", at, "kind"), "is that of an article's outlet", "write outlet")
        if source.named != {"person": True, "official": False}.get(source.kind, source.named):
            right = "a person is named, and an official is not"
            yield lines.problem(("sources", at, "named"), f"does not fit the kind {source.kind}", right)
        if source.size.high is not None and source.size.high < source.size.low:
            yield lines.problem(("sources", at, "size"), "has a high below its low", "correct one of them")
        for number, identity in enumerate(source.identity):
            path = ("sources", at, "identity", number, "source")
            yield from unknown(lines, path, identity.source, corpus.sources)
            if identity.source == source.id:
                yield lines.problem(path, f"{source.id!r} is itself", "name another entry, or remove this")
        if not partial and used <= corpus.sources.keys() and source.id not in used:
            yield lines.problem(("sources", at), f"{source.id!r} is cited nowhere", "remove it, or cite it")


def _in_claims(corpus: Corpus, register: ClaimsFile, lines: Lines, partial: Set[str]) -> Problems:
    known = [*corpus.articles, *sorted(partial)]
    for at, claim in enumerate(register.claims):
        path = ("claims", at, "readings")
        told = {article for article, words in claim.readings.items() if (article, words) != ("others", None)}
        unsaid = corpus.articles.keys() - told if {*known} >= told == claim.readings.keys() else set()
        for article in sorted(unsaid):
            yield lines.problem(path, f"says nothing about {article}", "add its words, or null")
        for article in sorted(told):
            yield from unknown(lines, (*path, article), article, known)
        carried = {article for article, words in claim.readings.items() if words}
        for number, variant in enumerate(claim.variants):
            place = ("claims", at, "variants", number)
            yield from misnamed(lines, place, variant)
            if len(variant.readings) > 1 and len({*variant.readings.values()}) == 1:
                right = "word how they differ, or remove the variant"
                yield lines.problem((*place, "readings"), "are all alike", right)
            for article in sorted(variant.readings.keys() - carried - unsaid):
                right = "give a variant only readings of articles that carry the claim"
                where = (*place, "readings", article)
                yield lines.problem(where, f"{article} does not carry the claim", right)
    for at, event in enumerate(register.events):
        for number, outside in enumerate(event.outside):
            dated = ("events", at, "outside", number)
            yield from unknown(lines, (*dated, "fact"), outside.fact, corpus.facts)
            yield from bad_date(lines, (*dated, "date"), outside.date)


def _in_decisions(corpus: Corpus, register: AdjudicationFile, lines: Lines, partial: Set[str]) -> Problems:
    for at, decision in enumerate(register.decisions):
        path = ("decisions", at, "article")
        yield from unknown(lines, path, decision.article, ["all", *corpus.articles, *sorted(partial)])


def _in_judgements(corpus: Corpus, register: JudgementsFile, lines: Lines, partial: Set[str]) -> Problems:
    rungs = [rung.id for rung in register.rungs]
    known = {"article": [*corpus.articles, *sorted(partial)], "claim": list(corpus.claims), "rung": rungs}
    for name, fields in _JUDGED.items():
        for at, record in enumerate(getattr(register, name)):
            yield from misnamed(lines, (name, at), record) if name == "steps" else ()
            for field in fields:
                given = getattr(record, field)
                for identifier in [given] if isinstance(given, str) else given:
                    yield from unknown(lines, (name, at, field), identifier, known[field.removesuffix("s")])


CHECKS: Mapping[str, Callable[[Corpus, Any, Lines, Set[str]], Problems]] = {
    "sources": _in_sources,
    "claims": _in_claims,
    "adjudication": _in_decisions,
    "judgements": _in_judgements,
}
"""The check of every register that refers to another; it is given the articles that were read in part."""
