"""Load seeds and annotations into a corpus, every selector resolved to offsets, nothing lost on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from retold.corpus import Article, Corpus, Passage
from retold.document import DocumentError, Lines, load_record, load_text
from retold.model import ArticleFile, Problem, Selector, Span
from retold.registers import Claim, ClaimsFile, ContextFile, IssuesFile, SourcesFile
from retold.text import find_selector, nearest
from retold.vocabulary import Layer

PARTS: Mapping[str, tuple[str, ...]] = {
    "attributions": ("content", "source_text", "cue", "inserted"),
    "quantities": ("surface",),
    "positions": ("quote",),
    "events": ("surface", "time"),
}
"""The selectors of an entry of each list; the first is what the entry is about."""

_LAYERS: Mapping[str, Layer] = {
    "attributions": "attribution",
    "quantities": "quantity",
    "positions": "position",
    "events": "event",
}
_ZONES = ("headings", "own_voice", "paratext")


class CorpusError(DocumentError):
    """Carry every problem found while loading a corpus."""


class _Loading:
    """Collect problems while the files of a corpus are read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.lines: dict[str, Lines] = {}

    def attempt(self, load: Callable[[], Any]) -> Any:
        try:
            return load()
        except DocumentError as error:
            self.problems.extend(error.problems)
            return None

    def register(self, name: str, model: type[Any]) -> Any:
        file = f"annotations/{name}.yaml"
        loaded = self.attempt(lambda: load_record(self.root / file, file, model))
        if loaded:
            self.lines[file] = loaded[1]
        return loaded[0] if loaded else None

    def articles(self) -> Iterator[Article]:
        sums = self.attempt(lambda: load_checksums(self.root)) or {}
        seeds = sorted((self.root / "seeds").glob("*.txt"))
        for missing in sorted(set(sums) - {seed.name for seed in seeds}):
            right = "restore it from the original, or take it off SHA256SUMS"
            self.problems.append(Problem(f"seeds/{missing}", 0, "", "is missing", right))
        if not seeds:
            right = "add a text named ID_anything.txt"
            self.problems.append(Problem("seeds", 0, "", "holds no article", right))
        for seed in seeds:
            article = self.attempt(partial(self._article, seed, sums.get(seed.name)))
            if article:
                yield article

    def _article(self, seed: Path, recorded: str | None) -> Article:
        name, article = f"seeds/{seed.name}", seed.name.split("_")[0].removesuffix(".txt")
        text = load_text(seed, name)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest != recorded:
            right = f"SHA256SUMS has {recorded}" if recorded else "add it to seeds/SHA256SUMS"
            raise DocumentError([Problem(name, 0, "", f"has the SHA-256 {digest}", right)])
        file = f"annotations/{article}.yaml"
        record, lines = load_record(self.root / file, file, ArticleFile)
        self.lines[file] = lines
        zones = {zone: self.locate(text, getattr(record, zone), lines, (zone,)) for zone in _ZONES}
        title = record.article.title
        zones["title"] = self.locate(text, title, lines, ("article", "title"))
        for zone in ("not_speech", "not_quantities"):
            entries = enumerate(getattr(record, zone))
            found = (self.locate(text, entry.words, lines, (zone, at, "words")) for at, entry in entries)
            zones[zone] = tuple(span for spans in found for span in spans)
        return Article(article, name, digest, text, record, zones, lines)

    def locate(
        self, text: str, selectors: tuple[Selector, ...], lines: Lines, path: tuple[str | int, ...]
    ) -> tuple[Span, ...]:
        spans = []
        for at, selector in enumerate(selectors):
            found = find_selector(text, selector)
            if len(found) == 1:
                spans.append(found[0])
                continue
            here = (*path, at) if (*path, at) in lines.of else path
            what = f"{selector.exact!r} stands {len(found)} times in the article"
            right = "add a prefix or suffix that only one has"
            if not found:
                what = f"{selector.exact!r} is not in the article"
                right = f"the nearest words are {nearest(text, selector.exact)!r}"
            self.problems.append(lines.problem(here, what, right))
        return tuple(spans)

    def passages(self, article: Article) -> Iterator[Passage]:
        for name, layer in _LAYERS.items():
            for at, record in enumerate(getattr(article.record, name)):
                parts = {
                    part: self.locate(article.text, getattr(record, part), article.lines, (name, at, part))
                    for part in PARTS[name]
                }
                identifier = f"{article.id}/{record.id}"
                yield Passage(identifier, article.id, layer, record, parts, PARTS[name][0])

    def readings(self, claims: tuple[Claim, ...], articles: Mapping[str, Article]) -> Iterator[Passage]:
        lines = self.lines["annotations/claims.yaml"]
        for at, claim in enumerate(claims):
            for article, selectors in claim.readings.items():
                if selectors and article in articles:
                    path = ("claims", at, "readings", article)
                    spans = self.locate(articles[article].text, selectors, lines, path)
                    parts = {"reading": spans}
                    yield Passage(f"{article}/claim.{claim.id}", article, "claim", claim, parts, "reading")


def load_checksums(root: Path) -> dict[str, str]:
    """Return the SHA-256 that ``seeds/SHA256SUMS`` records for each file.

    Raises:
        DocumentError: the list is missing or a line of it has not the form of ``sha256sum``.
    """
    name = "seeds/SHA256SUMS"
    sums = {}
    for number, line in enumerate(load_text(root / name, name).splitlines(), start=1):
        digest, _, file = line.partition("  ")
        if len(digest) != 64 or not file or "/" in file:
            what, right = "is not a checksum line", "write what `sha256sum *.txt` prints"
            raise DocumentError([Problem(name, number, "", what, right)])
        sums[file] = digest
    return sums


def _keyed(records: tuple[Any, ...], key: str = "id") -> dict[str, Any]:
    return {getattr(record, key): record for record in records}


def read_corpus(root: Path) -> tuple[Corpus | None, list[Problem], dict[str, Lines]]:
    """Return the corpus under ``root`` as far as it could be read, the problems met, and the files' lines.

    The corpus is None if a register or every article is unreadable.
    """
    loading = _Loading(root)
    sources = loading.register("sources", SourcesFile)
    claims = loading.register("claims", ClaimsFile)
    issues = loading.register("issues", IssuesFile)
    facts = loading.register("context", ContextFile)
    articles = {article.id: article for article in loading.articles()}
    if not (sources and claims and issues and facts and articles):
        return None, loading.problems, loading.lines
    passages = [passage for article in articles.values() for passage in loading.passages(article)]
    passages += loading.readings(claims.claims, articles)
    corpus = Corpus(
        root=root,
        articles=articles,
        passages=_keyed(tuple(passage for passage in passages if passage.spans)),
        sources=_keyed(sources.sources),
        claims=_keyed(claims.claims),
        events=_keyed(claims.events),
        issues=_keyed(issues.issues),
        actors=_keyed(issues.actors),
        objects=_keyed(issues.objects),
        facts=_keyed(facts.facts, "key"),
    )
    return corpus, loading.problems, loading.lines


def load_corpus(root: str | Path) -> Corpus:
    """Load the story under ``root``: ``seeds/`` with its SHA256SUMS and ``annotations/`` with its registers.

    Raises:
        CorpusError: anything could not be read or located; it carries every problem found.
    """
    corpus, problems, _ = read_corpus(Path(root).resolve())
    if problems or corpus is None:
        raise CorpusError(problems)
    return corpus
