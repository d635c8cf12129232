"""Make the tables of registers: the articles with their outlets, and everyone whom they cite."""

from __future__ import annotations

from collections.abc import Sequence

from retold.corpus import Corpus
from retold.provenance import HUMAN_KINDS, Interval, carriers, citations, told_alone
from retold.registers import Source
from retold.text import tokens

from retold_report.tables import NOT_SAID, Cell, Content, Table, date_words, table, where


def article_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return the articles, each with its outlet, if that is sure, its publication and its length in words."""
    rows: list[Sequence[Content]] = []
    for article in corpus.articles.values():
        head = article.record.article
        sure = head.outlet_certainty == "high"
        outlet = corpus.sources[head.outlet].name if sure else "only probable, so named in the data alone"
        rows.append([article.id, outlet, date_words(head.published), len(tokens(article.text))])
    return table(name, caption, ["Article", "Outlet", "Published", "Words"], rows)


def outlet_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return articles with outlet and publication date, how each is known, and what one alone carries."""
    rows: list[Sequence[Content]] = [
        [
            article.id,
            corpus.sources[head.outlet].name,
            f"{head.outlet_certainty}: {head.outlet_evidence}",
            f"{date_words(head.published)}: {head.published_evidence}",
            _carried_alone(corpus, article.id),
        ]
        for article in corpus.articles.values()
        for head in [article.record.article]
    ]
    return table(name, caption, ["Article", "Outlet", "How known", "Published", "Carries alone"], rows)


def _carried_alone(corpus: Corpus, article: str) -> Content:
    alone = [claim for claim in corpus.claims.values() if carriers(corpus, claim.id) == [article]]
    return tuple(Cell(each.statement, (f"{article}/claim.{each.id}",)) for each in alone) or "–"


def source_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return the source register: who is cited, of what kind and side, how many people that is, and where.

    What is no person or group, such as a newsroom, has no count of people.
    """
    rows: list[Sequence[Content]] = []
    for source in corpus.sources.values():
        cited = [each.id for article in corpus.articles for each in citations(corpus, source.id, article)]
        human = source.kind in HUMAN_KINDS
        size = str(Interval(source.size.low, source.size.high)) if human else "–"
        described = "named" if source.named else "unnamed"
        if cited:
            side = _side(corpus, source)
            rows.append([source.name, source.kind, side, described, size, where(corpus, cited)])
    return table(name, caption, ["Source", "Kind", "Side", "Named", "People", "Where"], rows)


def _side(corpus: Corpus, source: Source) -> str:
    """Return the side of a source, by the name of its actor if it has a single one."""
    labels = [actor.label for actor in corpus.actors.values() if actor.side == source.side]
    return labels[0] if len(labels) == 1 else source.side.replace("-", " ")


def register_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return the register of sources: how each is described and knows, and what each alone says."""
    alone = told_alone(corpus)
    rows: list[Sequence[Content]] = []
    for source in corpus.sources.values():
        cited = [each for each in corpus.find_passages("attribution") if each.record.source == source.id]
        if not cited:
            continue
        printed = [corpus.words(each.id, "source_text") for each in cited]
        described = {words.lower(): words for words in printed if words}
        access = dict.fromkeys(each.record.descriptor.access for each in cited if each.record.descriptor)
        claims: dict[str, list[str]] = {}
        for reading in alone.get(source.id, ()):
            statement = corpus.passages[reading].record.statement.removesuffix(".")
            claims.setdefault(statement, []).append(reading)
        own = tuple(Cell(statement, tuple(readings)) for statement, readings in claims.items())
        side = f"{source.kind}, {_side(corpus, source)}"
        same = [f"{corpus.sources[each.source].name} ({each.certainty})" for each in source.identity]
        known = ", ".join(each for each in access if each != "unstated") or NOT_SAID
        places = where(corpus, [each.id for each in cited])
        words = "; ".join(described.values()) or "–"
        rows.append([source.name, words, side, known, "; ".join(same) or "–", own or "–", places])
    columns = ["Source", "In articles' words", "Kind, side", "Access class", "May be", "Says alone", "Where"]
    return table(name, caption, columns, rows)
