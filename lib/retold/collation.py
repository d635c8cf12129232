"""Collate readings: the words in which they differ, and what each article sets between quotation marks.

Words are aligned by their longest common subsequence, the usual alignment of witnesses. A difference is a
difference between articles, never a fault: none of them is the original.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations, product
from typing import Literal, NamedTuple

import pandas as pd
from rapidfuzz.distance import LCSseq

from retold.corpus import Article, Corpus, Passage
from retold.coverage import find_quoted
from retold.model import Span
from retold.text import Word, find_words, merge, overlap, tokens

QuotationRelation = Literal["same words", "shorter", "longer", "different words", "not quoted"]

_INSERTED = re.compile(r"\[[^\]]*\]")
_MARKS = ' \n"“”„«»'


class QuotationComparison(NamedTuple):
    """Say how the first of two quotations relates to the second, and why."""

    relation: QuotationRelation
    reason: str


class Utterance(NamedTuple):
    """Hold what articles quote for a claim: by each article that carries it, the spans of quoted words.

    No spans mean that the article carries the claim in words of its own.
    """

    claim: str
    quoted: Mapping[str, tuple[Span, ...]]


def differing(readings: Sequence[str]) -> list[list[Span]]:
    """Return, for each reading, the spans of the words that do not stand in every other reading in order.

    Two readings are aligned by a longest common subsequence of their tokens, so that letter case,
    punctuation and the shape of apostrophes make no difference; neighbouring words join to one span.

    >>> differing(["No boat sails at dusk", "no boat sails after dark"])
    [[Span(start=14, end=21)], [Span(start=14, end=24)]]
    """
    words = [find_words(reading) for reading in readings]
    texts = [[word.token for word in each] for each in words]
    marked: list[set[int]] = [set() for _ in readings]
    for left, right in combinations(range(len(readings)), 2):
        for step in LCSseq.opcodes(texts[left], texts[right]):
            if step.tag != "equal":
                marked[left].update(range(step.src_start, step.src_end))
                marked[right].update(range(step.dest_start, step.dest_end))
    return [_runs(each, sorted(at)) for each, at in zip(words, marked, strict=True)]


def _runs(words: Sequence[Word], marked: Iterable[int]) -> list[Span]:
    runs: list[Span] = []
    last = -2
    for at in marked:
        start = runs.pop().start if at == last + 1 else words[at].span.start
        runs.append(Span(start, words[at].span.end))
        last = at
    return runs


def find_common_words(text: str, words: str) -> list[Span]:
    """Return the spans of the stretches of ``words`` that stand in ``text``: of two words or more, or all.

    Stretches are matched longest first (Ratcliff and Obershelp), so that lone small words do not count.

    >>> find_common_words("a boat that sails at dusk", "it sails at night")
    [Span(start=12, end=20)]
    """
    found, wanted = find_words(text), tokens(words)
    matcher = SequenceMatcher(None, [word.token for word in found], wanted, autojunk=False)
    return [
        Span(found[at].span.start, found[at + size - 1].span.end)
        for at, _, size in matcher.get_matching_blocks()
        if size >= min(2, len(wanted)) > 0
    ]


def find_speech(corpus: Corpus, article: Article) -> list[Span]:
    """Return the words that an article gives as someone's own: between marks, or annotated as direct speech.

    The latter takes in speech after a dash. Words between marks that nobody speaks, such as titles, are
    left out.
    """
    silent = article.zones["not_speech"]
    spoken = [span for span in find_quoted(article.text) if not overlap([span], silent)]
    for passage in corpus.find_passages("attribution", article=article.id):
        spoken += passage.spans if passage.record.form == "direct" else ()
    return merge(spoken)


def quoted(corpus: Corpus, reading: Passage) -> tuple[Span, ...]:
    """Return the spans of a reading's words that its article quotes, without the marks around them."""
    article = corpus.articles[reading.article]
    return _inside(article, reading, find_speech(corpus, article))


def _inside(article: Article, reading: Passage, speech: Iterable[Span]) -> tuple[Span, ...]:
    found = []
    for spoken, part in product(speech, merge(reading.spans)):
        start = max(part.start, spoken.start)
        words = article.text[start : min(part.end, spoken.end)]
        if bare := words.strip(_MARKS):
            start += words.index(bare)
            found.append(Span(start, start + len(bare)))
    return tuple(found)


def find_utterances(corpus: Corpus) -> list[Utterance]:
    """Return what is quoted for every claim for which two or more articles quote words."""
    speech = {article.id: find_speech(corpus, article) for article in corpus.articles.values()}
    found: dict[str, dict[str, tuple[Span, ...]]] = {}
    for reading in corpus.find_passages("claim"):
        spans = _inside(corpus.articles[reading.article], reading, speech[reading.article])
        found.setdefault(reading.record.id, {})[reading.article] = spans
    return [Utterance(claim, each) for claim, each in found.items() if sum(map(bool, each.values())) > 1]


def compare_quotations(first: str | None, second: str | None) -> QuotationComparison:
    """Compare the words that two articles quote, None or empty where one quotes none.

    ``shorter`` means that the first is an unbroken stretch of the second, ``longer`` the reverse. Letter
    case, punctuation and words in square brackets, which an editor inserts, do not count; the reason says
    whether they differ.

    >>> compare_quotations("No boat sails", "no boat sails after dark").relation
    'shorter'
    """
    bare = [_INSERTED.sub(" ", each or "") for each in (first, second)]
    one, other = map(tokens, bare)
    if not one or not other:
        only = f"only the {'first' if one else 'second'} quotes words"
        return QuotationComparison("not quoted", only if one or other else "neither quotes words")
    if one == other:
        return QuotationComparison("same words", _apart(first or "", second or ""))
    if _stands_in(one, other):
        return QuotationComparison("shorter", "the first is a stretch of the second")
    if _stands_in(other, one):
        return QuotationComparison("longer", "the second is a stretch of the first")
    return QuotationComparison("different words", _contrast(bare))


def _apart(first: str, second: str) -> str:
    if first == second:
        return "alike in every sign"
    inserted = tokens(first) != tokens(second)
    return f"only {'words in square brackets' if inserted else 'punctuation or capitals'} differ"


def _stands_in(short: list[str], long: list[str]) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _contrast(texts: Sequence[str]) -> str:
    only = [
        ", ".join(text[span.start : span.end] for span in spans) or "nothing"
        for text, spans in zip(texts, differing(texts), strict=True)
    ]
    return f"only the first has: {only[0]}; only the second has: {only[1]}"


def shared_readings(corpus: Corpus) -> Mapping[str, list[Passage]]:
    """Return, by article, its readings of the claims that two or more other articles carry."""
    readings = corpus.find_passages("claim")
    carriers = Counter(reading.record.id for reading in readings)
    found: dict[str, list[Passage]] = {article: [] for article in corpus.articles}
    for reading in readings:
        if carriers[reading.record.id] > 2:
            found[reading.article].append(reading)
    return found


def carried(corpus: Corpus) -> pd.DataFrame:
    """Return how many claims each article carries for its length, of those that two or more others carry.

    Brevity is no fault: a blank means that a claim is not carried, nothing else (Ribeiro, Gligorić and West
    2019 compare texts of like length for that reason).

    Returns:
        A frame, a row an article: ``words``, ``claims``, ``claims_per_100_words``.
    """
    words = [len(tokens(article.text)) for article in corpus.articles.values()]
    claims = [len(readings) for readings in shared_readings(corpus).values()]
    frame = pd.DataFrame({"words": words, "claims": claims}, index=pd.Index(corpus.articles, name="article"))
    return frame.assign(claims_per_100_words=100 * frame["claims"] / frame["words"])
