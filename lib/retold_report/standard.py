"""Make the tables that every story gets: citations, quantities, positions, claims, variants and sources.

An id that the story does not have raises ``KeyError``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from retold.corpus import Corpus, Passage
from retold.positions import Account, accounts, by_cell
from retold.provenance import (
    HUMAN_KINDS,
    chain,
    citations,
    find_readings,
    human_sources,
    is_worded,
    newsroom_roots,
)

from retold_report.tables import (
    NONE_PRINTED,
    NOT_SAID,
    Cell,
    Content,
    Table,
    chain_words,
    fact_words,
    held,
    table,
    where,
)

_ADDRESS = re.compile(r"(?:Also )?https?://\S+(?: \.)?")


def citation_table(corpus: Corpus, name: str, caption: str, sources: Sequence[str]) -> Table:
    """Return sources by articles: how often each is cited in so many words, or ``implied``."""
    rows: list[Sequence[Content]] = []
    for source in sources:
        cells = [_citation(citations(corpus, source, article)) for article in corpus.articles]
        rows.append([corpus.sources[source].name, *cells])
    return table(name, caption, ["Source", *corpus.articles], rows)


def _citation(found: list[Passage]) -> Cell:
    worded = [passage for passage in found if is_worded(passage)]
    evidence = tuple(passage.id for passage in worded or found)
    return Cell("implied" if found and not worded else str(len(worded)), evidence)


def quantity_table(corpus: Corpus, name: str, caption: str, passages: Iterable[str]) -> Table:
    """Return quantities as printed, each with hedge, base, state, period, who says it, and where.

    Of hedge, base, state and period, what none of them has is left out.
    """
    rows: list[Sequence[Content]] = []
    for identifier in passages:
        passage = corpus.passages[identifier]
        record = passage.record
        parts = (record.base, record.state, record.period)
        rows.append(
            [
                Cell(corpus.words(identifier), (identifier,)),
                NONE_PRINTED if record.hedge == "exact" else record.hedge.replace("-", " "),
                *(part or NOT_SAID for part in parts),
                chain_words(corpus, passage),
                where(corpus, [identifier]),
            ]
        )
    columns = ["As printed", "Hedge class", "Of what", "State", "Period", "Who says so", "Where"]
    return table(name, caption, *held(columns, rows))


def position_table(corpus: Corpus, name: str, caption: str, *, actor: str) -> Table:
    """Return every distinct stance and move of an actor, never merged, with who attributes it."""
    wanted = corpus.actors[actor].id
    rows: list[Sequence[Content]] = [
        [
            corpus.issues[each.issue].label,
            each.stance,
            each.move,
            each.attributor,
            f"{each.relation}, {each.tier}",
            where(corpus, each.passages),
        ]
        for each in accounts(corpus)
        if each.actor == wanted
    ]
    return table(name, caption, ["Issue", "Stance", "Move", "According to", "Speaks from", "Where"], rows)


def roots_table(corpus: Corpus, name: str, caption: str, claims: Iterable[str]) -> Table:
    """Return claims with the articles that carry them, newsroom roots and human sources."""
    rows: list[Sequence[Content]] = []
    for claim in claims:
        carried = [reading.id for reading in find_readings(corpus, claim)]
        rows.append(
            [
                corpus.claims[claim].statement,
                str(len(carried)),
                str(newsroom_roots(corpus, claim)),
                str(human_sources(corpus, claim)),
                where(corpus, carried),
            ]
        )
    columns = ["Claim", "Articles", "Separate newsrooms", "People", "Where"]
    return table(name, caption, columns, rows)


def variant_table(corpus: Corpus, name: str, caption: str, *, severity: int) -> Table:
    """Return the variants of one severity: what differs, what each article has, and where."""
    rows: list[Sequence[Content]] = []
    for claim in corpus.claims.values():
        for variant in claim.variants:
            if variant.severity == severity:
                has = "; ".join(f"{article}: {words}" for article, words in variant.readings.items())
                places = where(corpus, [f"{article}/claim.{claim.id}" for article in variant.readings])
                rows.append([variant.kind, variant.explanation, has, places])
    return table(name, caption, ["Kind", "What differs", "What each article has", "Where"], rows)


def fact_table(corpus: Corpus, name: str, caption: str, facts: Iterable[str]) -> Table:
    """Return outside facts: what is said, of what base, and by whom; each opens to its entry.

    Addresses in a note stand in the entry alone.
    """
    rows: list[Sequence[Content]] = []
    for key in facts:
        fact = corpus.facts[key]
        published = Cell(fact_words(fact), (f"fact/{key}",))
        note = _ADDRESS.sub("", fact.note).strip()
        rows.append([fact.statement, fact.base or NOT_SAID, note or "–", published])
    return table(name, caption, ["What is said", "Base", "Note", "Published by"], rows)


def speech_table(corpus: Corpus, name: str, caption: str, attributions: Iterable[str]) -> Table:
    """Return attributions side by side: who is said to speak, in the article's words, and what is said."""
    rows: list[Sequence[Content]] = []
    for identifier in attributions:
        passage = corpus.passages[identifier]
        words = corpus.articles[passage.article].words
        who = words(passage.parts["source_text"]) or "not named"
        cue = words(passage.parts["cue"]) or "none"
        rows.append([who, cue, words(passage.spans), where(corpus, [identifier])])
    return table(name, caption, ["Speaker as printed", "Cue", "Words", "Where"], rows)


def reading_table(corpus: Corpus, name: str, caption: str, claim: str) -> Table:
    """Return a claim's reading in every article, with who says it; a blank is not carried."""
    rows: list[Sequence[Content]] = []
    found = {reading.article: reading for reading in find_readings(corpus, claim)}
    for article in corpus.articles:
        passage = found.get(article)
        if passage is None:
            rows.append([article, "not carried", "–", "–"])
        else:
            place = where(corpus, [passage.id])
            rows.append([article, corpus.words(passage.id), chain_words(corpus, passage), place])
    return table(name, caption, ["Article", "Reading", "Who says so", "Where"], rows)


def position_matrix(corpus: Corpus, name: str, caption: str, *, issues: Iterable[str] = ()) -> Table:
    """Return issues by actors; a cell lists every distinct stance and move, and opens to its passages.

    Args:
        corpus: the story.
        name: what the table is called.
        caption: its caption.
        issues: ids of the issues to show, in this order, for the actors of whom something is told on them;
            without any, all issues and actors.
    """
    cells, shown = by_cell(corpus), tuple(issues)
    actors = [each for each in corpus.actors if not shown or any((each, issue) in cells for issue in shown)]
    rows: list[Sequence[Content]] = []
    for issue in shown or corpus.issues:
        found = [cells.get((actor, issue), []) for actor in actors]
        rows.append([corpus.issues[issue].label, *map(_position_cell, found)])
    return table(name, caption, ["Issue", *(corpus.actors[actor].label for actor in actors)], rows)


def _position_cell(found: list[Account]) -> Content:
    pairs: dict[str, list[Account]] = {}
    for account in found:
        pairs.setdefault(f"{account.stance} ({account.move})", []).append(account)
    return tuple(_pair(words, alike) for words, alike in pairs.items()) or "–"


def _pair(words: str, alike: list[Account]) -> Cell:
    tellers = "; ".join(dict.fromkeys(map(_teller, alike)))
    return Cell(f"{words}: {tellers}", tuple(each for account in alike for each in account.passages))


def _teller(account: Account) -> str:
    """Return how openly the teller speaks and, for people, from which side."""
    if account.tier in ("own voice", "newsroom"):
        return {"own voice": "the outlet itself", "newsroom": "the newsroom cited"}[account.tier]
    side = {"third": "third party", "unknown": "side not said"}.get(account.relation, account.relation)
    return f"{account.tier}, {side}"


def chain_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return how articles attribute: steps from outlet to the deepest speaker, named or not, direct or not.

    Every attribution to a person, official or group counts; a count opens to its attributions.
    """
    rows: list[Sequence[Content]] = []
    for article in corpus.articles:
        found = corpus.find_passages("attribution", article=article)
        heard = [each for each in found if corpus.sources[each.record.source].kind in HUMAN_KINDS]
        named = [each for each in heard if corpus.sources[each.record.source].named]
        direct = [each for each in heard if each.record.form in ("direct", "mixed")]
        deepest = max((len(chain(corpus, each)) for each in heard), default=1) - 1
        deep = [each for each in heard if len(chain(corpus, each)) == deepest + 1]
        unnamed, indirect = ([each for each in heard if each not in part] for part in (named, direct))
        parts = [deep, named, unnamed, direct, indirect]
        counts = [Cell(str(len(part)), tuple(each.id for each in part)) for part in parts]
        rows.append([article, deepest, *counts])
    heads = ["Article", "Longest chain, steps", "At that length", "Named", "Unnamed", "Quoted", "Not quoted"]
    return table(name, caption, heads, rows)


def account_table(corpus: Corpus, name: str, caption: str, claims: Iterable[str]) -> Table:
    """Return several claims' readings below each other, carried ones alone, with who says each."""
    rows: list[Sequence[Content]] = []
    for claim in claims:
        for passage in find_readings(corpus, claim):
            words, who = corpus.words(passage.id), chain_words(corpus, passage)
            rows.append([corpus.claims[claim].statement, words, who, where(corpus, [passage.id])])
    return table(name, caption, ["Claim", "Words", "Who says so", "Where"], rows)


def editor_table(corpus: Corpus, name: str, caption: str, claims: Iterable[str]) -> Table:
    """Return, for those of the claims with a line for editors, how to print it, with what, what to avoid."""
    rows: list[Sequence[Content]] = []
    for claim in (corpus.claims[each] for each in claims):
        if claim.editor:
            line = claim.editor
            roots = str(newsroom_roots(corpus, claim.id))
            places = where(corpus, [reading.id for reading in find_readings(corpus, claim.id)])
            rows.append([line.wording, line.accompany, line.avoid, roots, places])
    columns = ["Safest wording", "What must go with it", "What not to write", "Separate newsrooms", "Where"]
    return table(name, caption, columns, rows)
