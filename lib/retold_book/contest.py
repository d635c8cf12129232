"""Let a reader switch a contested reading on where it matters: what it changes is shown beside what is told.

Everything is computed when the book is built; what a page would tell stands in it, hidden, and a script does
no more than show it. In print and without a script the tables of suppositions say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from retold.contested import find_effects
from retold.corpus import Corpus
from retold_report.audit import COUNTS
from retold_report.tables import short_locator
from retold_run.acceptance import find_tables
from retold_run.execution import current_notebook, find_notebooks, inputs_hash
from retold_run.stated import Prose
from retold_run.told import Told, ToldError
from sphinx.application import Sphinx

from retold_book.book import Book, open_book
from retold_book.nodes import evidence, judgement, unsearched
from retold_book.supposed import SUPPOSED, supposed_changes, suppositions, together
from retold_book.worded import Worded, choice, worded


@dataclass(frozen=True)
class Outcome:
    """Hold what the book would tell under a contested reading, by place; all of them together rest on none.

    A place is a told key, the label of a finding with ``.holds``, or a claim and the header of a count.
    """

    words: str
    reason: str
    evidence: tuple[str, ...]
    changes: Mapping[str, Worded]


@dataclass(frozen=True)
class Contest:
    """Hold the outcomes of contested readings, those of all together last, and the name of their table."""

    outcomes: tuple[Outcome, ...]
    table: str


def load_contest(root: Path) -> Contest:
    """Return the outcome of every contested reading that changes something, and the name of their table.

    The name is empty if no notebook has a table of suppositions.
    """
    book, tables = open_book(root), _load_tables(root)
    told = _worded_changes(tables, book.prose)
    cut = book.excerpt.cut if book.excerpt else str
    found = []
    for each in suppositions(book.corpus):
        changes = _by_place(told.get((each.words, *each.evidence), []), book, each.corpus)
        words = cut(choice(each.words)), cut(each.reason)
        found.append(Outcome(*words, each.evidence, changes))
    changes = _by_place(told.get((), []), book, together(book.corpus))
    found.append(Outcome("all of them together", "effects need not add up", (), changes))
    table = next((data["name"] for data in tables), "")
    return Contest(tuple(each for each in found if each.changes), table)


def load_changes(root: Path) -> dict[tuple[str, ...], list[Worded]]:
    """Return what the notebooks' table of suppositions says would change, by its words and evidence."""
    return _worded_changes(_load_tables(root), open_book(root).prose)


def _worded_changes(tables: Sequence[Any], prose: Prose) -> dict[tuple[str, ...], list[Worded]]:
    found = (item for data in tables for item in supposed_changes(data).items())
    return {named: [worded(prose, each) for each in changes] for named, changes in found}


def _load_tables(root: Path) -> list[Any]:
    inputs = inputs_hash(root)
    notebooks = (current_notebook(root, path, inputs) for path in find_notebooks(root))
    return [data for each in notebooks for data in find_tables(each) if data["columns"] == SUPPOSED]


def _by_place(changes: Sequence[Worded], book: Book, other: Corpus) -> dict[str, Worded]:
    found = list(changes)
    for effect in find_effects(book.corpus, other):
        claim, head = book.shown.claims[effect.claim], COUNTS[effect.count]
        told = f": {head} {effect.old} → {effect.new}"
        found.append(Worded(f"{claim.id} {head}", effect.new, claim.statement.rstrip("."), told))
    return {each.place: each for each in found}


def add_switches(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put into a web page, hidden, what would change on it, and at its end the switches that show it.

    The page with the table of suppositions has the switches of all that change anything in the book.
    """
    if app.builder.format != "html":
        return
    book, contest = open_book(Path(app.srcdir)), app.env.retold_contest  # type: ignore[attr-defined]
    home = [each for each in doctree.findall(nodes.table) if _headers(each) == SUPPOSED]
    places, switches = list(_places(doctree)), []
    for number, outcome in enumerate(contest.outcomes):
        here = _mark(book.told, number, outcome, places)
        if here or home:
            switches.append((number, outcome, here))
    if switches:
        elsewhere = "" if home else _table_link(app, page, contest.table)
        page_text = next(iter(doctree.findall(nodes.section)))
        page_text.extend(_panel(book, sorted(switches, key=lambda each: bool(each[1].evidence)), elsewhere))


def _places(doctree: nodes.document) -> Iterator[tuple[str, Any]]:
    """Yield each place of a page that could change, with the node beside or in which the change is shown."""
    for told in doctree.findall(evidence):
        if told["key"]:
            yield told["key"], told
    for title in doctree.findall(nodes.title):
        yield from ((f"{label}.holds", title) for label in title.parent["ids"])
    for stated in doctree.findall(judgement):
        yield f"{stated['ids'][0].removeprefix('judgement-')}.holds", stated[-1]
    for table in doctree.findall(nodes.table):
        if "evidence-table" not in table["classes"]:
            continue
        heads = _headers(table)
        for row in table.findall(nodes.row):
            passages = [each for told in row.findall(evidence) for each in told["passages"]]
            claims = {each.partition("/claim.")[2] for each in passages}
            for head, entry in zip(heads, row.findall(nodes.entry), strict=True):
                yield f"{' '.join(claims)} {head}", entry[-1]


def _headers(table: nodes.table) -> list[str]:
    return [entry.astext() for head in table.findall(nodes.thead) for entry in head.findall(nodes.entry)]


def _mark(told: Told, number: int, outcome: Outcome, places: Sequence[tuple[str, Any]]) -> set[str]:
    """Put what changes under an outcome beside what is told, hidden; return the places that are found."""
    found: set[str] = set()
    for place, node in places:
        if change := outcome.changes.get(place):
            anchor = "" if place in found else f' id="{_anchor(number, place)}"'
            then = _then(_shown(told, node, change.new))
            mark = f'<ins class="supposed" data-reading="{number}"{anchor} hidden>{then}</ins>'
            home, at = (node.parent, node.parent.index(node) + 1) if "key" in node else (node, len(node))
            home.insert(at, _html(mark))
            found.add(place)
    return found


def _then(words: str) -> str:
    """Return a new value after an arrow for the eye, and in words for the ear."""
    heard = escape(re.sub(r"(?<=\d)–(?=\d)", " to ", words))
    seen = f'<span aria-hidden="true"> → {escape(words)}</span>'
    return f'{seen}<span class="visually-hidden"> (would be: {heard})</span>'


def _anchor(number: int, place: str) -> str:
    return nodes.make_id(f"contest {number} {place}")


def _shown(told: Told, node: nodes.Element, new: str) -> str:
    """Return a new value in the form in which the node shows the old one."""
    if "request" not in node:
        return new
    try:
        value = type(told.values[node["key"]])(new)
        return Told({node["key"]: value}).show(node["request"])
    except (ToldError, ValueError):
        return new


def _panel(book: Book, switches: Sequence[tuple[int, Outcome, set[str]]], elsewhere: str) -> list[nodes.Node]:
    """Return the switches, each with its reason, its passage and what changes.

    ``elsewhere`` is a link to the table of all that changes; without one all is listed here.
    """
    single = sum(bool(outcome.evidence) for _, outcome, _ in switches)
    places, where = f"{single} place{'s' * (single != 1)}", "on this page" if elsewhere else "in this book"
    lines: list[nodes.Node] = [_line("", "as annotated", "")]
    for number, outcome, _ in switches:
        line = _line(str(number), outcome.words, outcome.reason)
        if outcome.evidence:
            line += book.evidence(short_locator(book.corpus, outcome.evidence[0]), outcome.evidence)
        lines.append(line)
    status = '<p class="contest-count" role="status"></p>'
    changes = "".join(_changes(book, *switch, elsewhere) for switch in switches)
    return [
        _html(
            '<details class="contest d-print-none" hidden="">'
            f"<summary>{places} where a second reader could code otherwise, and what {where} would change"
            '</summary><form autocomplete="off"><fieldset><legend>Suppose instead</legend>'
        ),
        *lines,
        _html(f'</fieldset><div class="contest-changes">{status}{changes}</div></form></details>'),
    ]


def _line(value: str, words: str, reason: str) -> nodes.paragraph:
    """Return a switch with its reason, which describes it."""
    marks = f'value="{value}" aria-describedby="contest-reason-{value}"' if value else 'value="" checked'
    label = f'<label><input type="radio" name="contest" {marks} /> {escape(words)}</label>'
    told = f' <span id="contest-reason-{value}">{escape(reason)}</span> ' if value else ""
    return nodes.paragraph("", "", _html(label + told), classes=["contest-line"])


def _changes(book: Book, number: int, outcome: Outcome, here: set[str], elsewhere: str) -> str:
    """Return the changes under an outcome as a list: those on the page, each a link, or all in the book.

    ``elsewhere`` is a link to the table of all; without one every change is listed.
    """
    lines, cut = [], book.excerpt.cut if book.excerpt else str
    for place, *words in outcome.changes.values():
        new, heading, told = map(cut, words)
        before, arrow, after = told.partition(f" → {new}")
        line = escape(heading + before) + (_then(new) + escape(after) if arrow else "")
        line = f'<a href="#{_anchor(number, place)}">{line}</a>' if place in here else line
        if place in here or not elsewhere:
            lines.append(f"<li>{line}</li>")
    others = len(outcome.changes) - len(lines)
    count = f"{len(lines)} here, {others} elsewhere" if elsewhere else f"{len(lines)} in the book"
    more = f"<p>On other pages: {others}, see {elsewhere}.</p>" if others else ""
    opening = f'<div data-reading="{number}" data-count="Would change: {count}." hidden>'
    return f"{opening}<ul>{''.join(lines)}</ul>{more}</div>"


def _table_link(app: Sphinx, page: str, name: str) -> str:
    """Return a link from a page to a table by its number, if it has one, or nothing if no page has it."""
    labels = app.env.domaindata["std"]["anonlabels"]
    if f"tab-{name}" not in labels:
        return ""
    home, anchor = labels[f"tab-{name}"]
    number = app.env.toc_fignumbers.get(home, {}).get("table", {}).get(anchor)
    words = f"Table {'.'.join(map(str, number))}" if number else "the table of all"
    uri = app.builder.get_relative_uri(page, home)
    return f'<a href="{escape(uri, quote=True)}#{anchor}">{words}</a>'


def _html(text: str) -> unsearched:
    return unsearched(html=text)
