"""Show when things happened: as printed, as stated and as reconciled, in tables and in rows for a figure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from retold.chronology import Bounds, Conflict, Dated, Ordered, Statement, bounds, find_statements
from retold.corpus import Corpus, Passage
from retold.dating import find_resolutions
from retold.model import Event

from retold_report.tables import (
    NOT_SAID,
    Cell,
    Content,
    Table,
    bounds_words,
    day_words,
    held,
    table,
    time_words,
    where,
)
from retold_report.timelines import Bar, EventRow

_FACTS = re.compile(r"\b[Ff]acts? [\w-]+(?: and [\w-]+)*")


def timeline_rows(corpus: Corpus, *, least: int = 1, conflicting: Collection[str] = ()) -> list[EventRow]:
    """Return a row for every event that an article dates, in the order of the register.

    An article has a bar for each time that it states, for each other one that was reconciled, and one
    without a date where it tells of the event and nothing dates it. Articles alike in all that share a bar.

    Args:
        corpus: the story.
        least: how many articles must tell of the event.
        conflicting: the ids of events whose dates conflict.
    """
    rows = []
    for event in corpus.events.values():
        told = _told(corpus, event.id)
        alike: dict[Bar, list[str]] = {}
        for article in corpus.articles:
            for bar in _bars(told, article):
                alike.setdefault(bar, []).append(article)
        bars = tuple(replace(bar, article=", ".join(articles)) for bar, articles in alike.items())
        outside = tuple(bounds(each.date) for each in event.outside)
        if any(bar.first or bar.last for bar in bars) and len({each.article for each in told}) >= least:
            rows.append(EventRow(event.label, bars, outside, event.id in conflicting))
    return rows


def _told(corpus: Corpus, event: str) -> list[Passage]:
    return [each for each in corpus.find_passages("event") if each.record.event == event]


def _bars(told: Sequence[Passage], article: str) -> Iterator[Bar]:
    records = [each.record for each in told if each.article == article]
    times = [(each.stated, True, each.status) for each in records]
    times += [(each.reconciled, False, each.status) for each in records]
    found: dict[tuple[str, Bounds], Bar] = {}
    for edtf, stated, status in times:
        if edtf not in (None, "unresolved"):
            found.setdefault((status, bounds(edtf)), Bar("", *bounds(edtf), stated, status))
    yield from found.values()
    if records and not found:
        yield Bar("", None, None, False, records[0].status)


def event_table(corpus: Corpus, name: str, caption: str, events: Iterable[str]) -> Table:
    """Return events as articles tell them: status, time as printed, stated and reconciled, and where.

    Places alike in all that share a row. A column that says nothing in any row is left out.

    Raises:
        KeyError: no event has the id.
    """
    published = {key: _enclosed(fact.publisher) for key, fact in corpus.facts.items()}
    alike: dict[tuple[str, ...], list[str]] = {}
    for event in events:
        label = corpus.events[event].label
        for passage in _told(corpus, event):
            record: Event = passage.record
            printed = corpus.words(passage.id, "time")
            stated = time_words(record.stated) if record.stated else NOT_SAID
            told = (label, record.status, printed or NOT_SAID, stated, _reconciled(record, published))
            alike.setdefault(told, []).append(passage.id)
    rows: list[Sequence[Content]] = []
    for (label, status, printed, *dates), passages in alike.items():
        time = printed if printed == NOT_SAID else Cell(printed, tuple(passages))
        rows.append([label, status, time, *dates, where(corpus, passages)])
    columns = ["Event", "Told as", "Time as printed", "As stated", "As reconciled", "Where"]
    return table(name, caption, *held(columns, rows))


def _reconciled(event: Event, published: Mapping[str, str]) -> str:
    """Return the date that an event is reconciled with and why; facts are named by who published them."""
    if event.stated == event.reconciled:
        return "as stated"
    when = "" if event.reconciled == "unresolved" else time_words(event.reconciled)
    reason = _FACTS.sub(lambda found: _named(found[0], published), event.reason)
    return ". ".join(filter(None, (when, reason))) or "not dated"


def _enclosed(publisher: str) -> str:
    """Return a name as it stands within a sentence, where what follows a comma is enclosed."""
    return f"{publisher}," if "," in publisher else publisher


def _named(words: str, published: Mapping[str, str]) -> str:
    """Return ``facts KEY and KEY`` with who published them in place of the keys; other words as they are."""
    keys = words.split()[1:]
    names = [published.get(key, key) for key in keys]
    return words if names == keys else " ".join(names)


def order_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return which event is said to come before which, and where, outside facts and their orders included."""
    rows: list[Sequence[Content]] = [
        [corpus.events[each.before].label, corpus.events[each.after].label, where(corpus, each.evidence)]
        for each in find_statements(corpus, outside=True)
        if isinstance(each, Ordered)
    ]
    return table(name, caption, ["First", "Then", "Where"], rows)


def conflict_table(corpus: Corpus, name: str, caption: str, conflicts: Iterable[Conflict]) -> Table:
    """Return sets of statements that cannot all be true: what each says in plain words, and where."""
    rows: list[Sequence[Content]] = []
    for conflict in conflicts:
        statements = tuple(Cell(_says(corpus, each), each.evidence) for each in conflict)
        evidence = [each for statement in conflict for each in statement.evidence]
        rows.append([statements, where(corpus, evidence)])
    return table(name, caption, ["These cannot all be true", "Where"], rows)


def _says(corpus: Corpus, statement: Statement) -> str:
    by = ", ".join(dict.fromkeys(map(_by, statement.evidence)))
    if isinstance(statement, Dated):
        return f"{corpus.events[statement.event].label}: {bounds_words(statement.bounds)} ({by})"
    before, after = (corpus.events[event].label for event in (statement.before, statement.after))
    return f"First: {before}. Then: {after} ({by})"


def _by(evidence: str) -> str:
    article = evidence.partition("/")[0]
    return "outside the articles" if article == "fact" else article


def resolution_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return time words that name no year: the rule, what it gives, and whether it fits what is stated."""
    rows: list[Sequence[Content]] = []
    for each in find_resolutions(corpus):
        found = each.resolution
        stated = corpus.passages[each.passage].record.stated
        rows.append(
            [
                Cell(each.expression, (each.passage,)),
                found.rule if found else "no rule applies",
                time_words(found.edtf) if found else "–",
                _condition(found.holds_before) if found else "–",
                time_words(stated) if stated else NOT_SAID,
                {True: "yes", False: "no", None: "–"}[each.agrees],
                where(corpus, [each.passage]),
            ]
        )
    columns = ["As printed", "Rule", "Gives", "Holds", "As stated", "Agree", "Where"]
    return table(name, caption, columns, rows)


def _condition(holds_before: date | None) -> str:
    if holds_before is None:
        return "for every possible day of publication"
    return f"if published before {day_words(holds_before)}"
