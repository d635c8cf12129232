"""Make the tables that set articles side by side: quotations, shared text, brevity and variants."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import get_args

import pandas as pd
from retold.collation import (
    Utterance,
    carried,
    compare_quotations,
    differing,
    find_common_words,
    find_utterances,
    shared_readings,
)
from retold.corpus import Corpus
from retold.model import Span
from retold.provenance import find_attributions
from retold.registers import Claim, Variant
from retold.reuse import Place, Quoted, Reuse, Shared, find_reuse, longest_shared, percentile
from retold.text import merge, overlap, paragraph_number
from retold.vocabulary import Severity, VariantKind

from retold_report.figures import Range
from retold_report.tables import Cell, Content, Table, table


def quotation_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return what articles quote, claims by articles, with the words marked that not all quotations have.

    Every claim for which two or more articles quote words has a row. A quotation that is a stretch of another
    is set aside when words are marked, since shortness is no difference in wording.
    """
    rows: list[Sequence[Content]] = []
    for utterance in find_utterances(corpus):
        cells = _quotations(corpus, utterance)
        found = (cells.get(article, Cell("not carried")) for article in corpus.articles)
        rows.append([corpus.claims[utterance.claim].statement, *found])
    return table(name, caption, ["Claim", *corpus.articles], rows)


def _quotations(corpus: Corpus, utterance: Utterance) -> Mapping[str, Cell]:
    """Return the words that each article that carries a claim quotes; the reading is their evidence."""
    words = _words(corpus, utterance)
    whole = {article: quoted for article, quoted in words.items() if quoted and not _is_part(quoted, words)}
    marks = dict(zip(whole, differing(list(whole.values())), strict=True))
    return {
        article: Cell(
            quoted or "not quoted",
            (_reading(article, utterance.claim),),
            tuple(marks.get(article, ())),
        )
        for article, quoted in words.items()
    }


def _words(corpus: Corpus, utterance: Utterance) -> Mapping[str, str]:
    return {article: corpus.articles[article].words(spans) for article, spans in utterance.quoted.items()}


def _is_part(quoted: str, words: Mapping[str, str]) -> bool:
    return any(compare_quotations(quoted, other).relation == "shorter" for other in words.values())


def _reading(article: str, claim: str) -> str:
    return f"{article}/claim.{claim}"


def pair_table(corpus: Corpus, name: str, caption: str, claim: str) -> Table:
    """Return how the words that two articles quote for a claim relate, for each pair that carries it.

    Raises:
        ValueError: fewer than two articles quote words for the claim.
    """
    utterance = next((each for each in find_utterances(corpus) if each.claim == claim), None)
    if utterance is None:
        raise ValueError(f"fewer than two articles quote words for {claim!r}")
    words = _words(corpus, utterance)
    rows: list[Sequence[Content]] = []
    for first, second in combinations(words, 2):
        found = compare_quotations(words[first], words[second])
        evidence = (_reading(first, claim), _reading(second, claim))
        rows.append([first, second, Cell(found.relation, evidence), found.reason])
    return table(name, caption, ["First", "Second", "First beside second", "How"], rows)


def reuse_table(corpus: Corpus, name: str, caption: str, null: pd.DataFrame, *, quoted: Quoted) -> Table:
    """Return containment of 3- and 5-grams with its percentile of the null, and shared 7-grams as a count.

    Every ordered pair of articles has a row; a percentile, rounded down, says of how many null pairs it is.
    """
    found = [find_reuse(corpus, n=n, quoted=quoted, least=0) for n in (3, 5, 7)]
    rows: list[Sequence[Content]] = [
        [three.first, three.second, *_measured(null, three), *_measured(null, five), seven.shared]
        for three, five, seven in zip(*found, strict=True)
    ]
    measures = ["3-grams, %", "3-gram percentile", "5-grams, %", "5-gram percentile", "Shared 7-grams"]
    return table(name, caption, ["First", "Second", *measures], rows)


def reuse_ranges(corpus: Corpus, null: pd.DataFrame, *, n: int, quoted: Quoted) -> list[Range]:
    """Return the n-grams in common of every two articles in either direction, in per cent, the most first.

    Each is held against comparable null pairs, from the median to the highest of either direction, if there
    are any.
    """
    found = {(each.first, each.second): each for each in find_reuse(corpus, n=n, quoted=quoted, least=0)}
    rows = []
    for first, second in combinations(corpus.articles, 2):
        both = found[first, second], found[second, first]
        shares = [100 * each.containment for each in both]
        nulls = [percentile(null, each) for each in both]
        middles = [100 * each.middle for each in nulls if each.middle is not None]
        tops = [100 * each.highest for each in nulls if each.highest is not None]
        note = " and ".join(f"{share:.1f}" for share in shares) + " %"
        beside = (min(middles), max(tops)) if middles and tops else None
        rows.append(Range(f"{first} and {second}", min(shares), max(shares), note, beside=beside))
    return sorted(rows, key=lambda row: -row.high)


def _measured(null: pd.DataFrame, reuse: Reuse) -> tuple[str, str]:
    percent, compared, *_ = percentile(null, reuse)
    among = "–" if percent is None else f"{math.floor(percent)} (of {compared})"
    return f"{100 * reuse.containment:.1f}", among


def shared_table(corpus: Corpus, name: str, caption: str, *, count: int) -> Table:
    """Return the longest strings that articles share: their words, length, places, and where they are quoted.

    The words are as the first place prints them; others may differ in case and punctuation. A place opens
    to the attribution around it, or else to the first passage that has a part of it.
    """
    rows: list[Sequence[Content]] = [
        [
            _first(corpus, shared),
            len(shared.tokens),
            tuple(_place(corpus, each) for each in shared.places),
            ", ".join(_quoted(each) for each in shared.places if each.quoted != "none") or "–",
        ]
        for shared in longest_shared(corpus, count=count)
    ]
    return table(name, caption, ["Words", "Length", "Where", "Quoted in"], rows)


def _quoted(place: Place) -> str:
    return place.article if place.quoted == "all" else f"{place.article} in part"


def _first(corpus: Corpus, shared: Shared) -> str:
    place = shared.places[0]
    return " ".join(corpus.articles[place.article].words((place.span,)).split())


def _place(corpus: Corpus, place: Place) -> Cell:
    number = paragraph_number(corpus.articles[place.article].text, place.span.start)
    around = find_attributions(corpus, place.article, [place.span])[-1:]
    parts = (each for each in corpus.passages.values() if each.article == place.article)
    found = around or [each for each in parts if overlap(each.spans, [place.span])][:1]
    return Cell(f"{place.article}\u00a0¶{number}", tuple(each.id for each in found))


def brevity_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return claims per 100 words, of the claims that two or more other articles carry too."""
    readings = shared_readings(corpus)
    rows: list[Sequence[Content]] = []
    for article, words, claims, rate in carried(corpus).itertuples():
        evidence = tuple(reading.id for reading in readings[article])
        rows.append([article, words, Cell(str(claims), evidence), f"{rate:.1f}"])
    return table(name, caption, ["Article", "Words", "Claims", "Claims per 100 words"], rows)


def grid_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return how many variants there are, kinds by severities, the most frequent kind first, and totals.

    A count opens to the readings that differ.
    """
    variants = [(claim, variant) for claim in corpus.claims.values() for variant in claim.variants]
    kinds: dict[str, list[tuple[Claim, Variant]]] = {kind: [] for kind in get_args(VariantKind)}
    for each in variants:
        kinds[each[1].kind].append(each)
    ordered = sorted(((kind, found) for kind, found in kinds.items() if found), key=lambda row: -len(row[1]))
    rows: list[Sequence[Content]] = []
    severities = get_args(Severity)
    for kind, found in (*ordered, ("all kinds", variants)):
        graded = [[each for each in found if each[1].severity == at] for at in severities]
        rows.append([kind, *(_count(corpus, each) for each in graded), len(found)])
    return table(name, caption, ["Kind", *(f"Severity {at}" for at in severities), "All"], rows)


def _count(corpus: Corpus, found: Sequence[tuple[Claim, Variant]]) -> Cell:
    readings = (_reading(article, claim.id) for claim, variant in found for article in variant.readings)
    evidence = tuple(dict.fromkeys(each for each in readings if each in corpus.passages))
    return Cell(str(len(found)), evidence)


def kind_table(corpus: Corpus, name: str, caption: str, kind: VariantKind) -> Table:
    """Return what each article has of every variant of one kind, in rows headed by the claim's statement."""
    rows: list[Sequence[Content]] = [
        [claim.statement, *(_has(corpus, claim, variant, article) for article in corpus.articles)]
        for claim in corpus.claims.values()
        for variant in claim.variants
        if variant.kind == kind
    ]
    return table(name, caption, ["Claim", *corpus.articles], rows)


def _has(corpus: Corpus, claim: Claim, variant: Variant, article: str) -> Cell:
    reading = _reading(article, claim.id)
    if reading not in corpus.passages:
        return Cell("not carried")
    return Cell(variant.readings.get(article, "no words on it"), (reading,))


def severe_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return the variants of the highest severity, a row for each claim, and the readings that differ once.

    The words that a variant turns on are marked; a variant about the speaker may have none in the reading.
    """
    rows: list[Sequence[Content]] = []
    for claim in corpus.claims.values():
        severe = [each for each in claim.variants if each.severity == max(get_args(Severity))]
        if severe:
            said = tuple(Cell(f"{each.kind}: {each.explanation}") for each in severe)
            rows.append([said, tuple(_marked(corpus, claim, severe))])
    return table(name, caption, ["What it does to the meaning", "What each article has"], rows)


def _marked(corpus: Corpus, claim: Claim, variants: Sequence[Variant]) -> Iterator[Cell]:
    for article in corpus.articles:
        if told := [each.readings[article] for each in variants if article in each.readings]:
            reading = _reading(article, claim.id)
            opening, words = f"{article}: ", corpus.words(reading)
            found = merge(span for has in told for span in find_common_words(words, has))
            marks = tuple(Span(*(len(opening) + at for at in span)) for span in found)
            yield Cell(opening + words, (reading,), marks)
