"""Hold what a book is built from: its corpus, what its notebooks tell, and its edition."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path

import yaml
from docutils import nodes
from retold import load_corpus
from retold.corpus import Corpus
from retold_excerpt.allowance import LONGEST, PLANNED_LONGEST, PLANNED_SHARE, SHARE, WordIndex, allowance
from retold_excerpt.cutting import Excerpt, find_pictures
from retold_excerpt.wanted import wanted
from retold_report.tables import locator
from retold_run.execution import BuildError, current_notebook, find_notebooks, inputs_hash, load_told
from retold_run.stated import Prose, load_prose
from retold_run.told import Told

from retold_book.nodes import anchor, evidence

TEXTS = {
    "full": "This edition shows the five texts whole; they are their publishers', and it is not meant for "
    "publication.",
    "excerpt": f"This edition shows at most {100 * SHARE:.0f} % of the words of each of the five texts, and "
    f"at most {LONGEST} words together; they are their publishers'. Elsewhere a locator stands for them, "
    "also among words of ours that are the same: article, paragraph, offsets, and the beginning of the "
    "SHA-256 of the words.",
}
"""What each kind of edition shows of the articles, and whose they are."""

ARTICLE_PAGES = "chapters/articles/"
FACTS_PAGE = "chapters/outside_facts"


@dataclass(frozen=True)
class Edition:
    """Name an edition: version, date, commit, hash of seeds and annotations, and whether texts are whole."""

    version: str
    date: str
    commit: str
    hash: str
    kind: str

    @property
    def short_hash(self) -> str:
        """Return the beginning of the hash, enough to tell editions apart."""
        return self.hash[:12]

    @property
    def texts(self) -> str:
        """Return what the edition shows of the articles, and whose they are."""
        return TEXTS[self.kind]

    @property
    def folder(self) -> Path:
        """Return where the edition is built, under the root: each kind apart, so that nothing is mixed."""
        return Path("_build") if self.kind == "full" else Path("_build", self.kind, "_build")


@dataclass(frozen=True)
class Book:
    """Hold a corpus, what the notebooks tell, the edition, and how it is cut unless it is full."""

    corpus: Corpus
    told: Told
    edition: Edition
    excerpt: Excerpt | None = None

    @property
    def shown(self) -> Corpus:
        """Return the corpus with the words that the edition shows: spans and ids are the same."""
        return self.excerpt.corpus if self.excerpt else self.corpus

    @cached_property
    def prose(self) -> Prose:
        """Return the words in which the chapters state what their notebooks tell."""
        return load_prose(self.corpus.root, self.told)

    def page(self, identifier: str) -> str:
        """Return the page on which a passage or an outside fact is anchored."""
        is_fact = identifier.startswith("fact/")
        return FACTS_PAGE if is_fact else ARTICLE_PAGES + identifier.split("/")[0]

    def evidence(
        self, words: str, identifiers: Sequence[str], *, key: str = "", children: Sequence[nodes.Node] = ()
    ) -> evidence:
        """Return a node of words, plain or as ``children`` mark them, that rest on passages or outside facts.

        Raises:
            KeyError: an id is neither an annotation, a reading nor an outside fact, or there is none.
        """
        if not identifiers:
            raise KeyError(f"{words!r} names no annotation, reading or outside fact")
        for each in identifiers:
            fact = each.removeprefix("fact/")
            if each not in self.corpus.passages and (fact == each or fact not in self.corpus.facts):
                message = f"no annotation, reading or outside fact is called {each!r}; a table stands alone"
                raise KeyError(message)
        locators = [locator(self.shown, each) for each in identifiers]
        shown = children or [nodes.Text(words)]
        return evidence(words, "", *shown, passages=list(identifiers), locators=locators, key=key)

    def href(self, identifier: str) -> tuple[str, str]:
        """Return the page of a passage or fact, and its anchor there."""
        return self.page(identifier), anchor(identifier)


@lru_cache(maxsize=4)
def open_book(root: Path) -> Book:
    """Return the book under ``root``.

    Raises:
        CorpusError: the annotations have problems.
        BuildError: stored outputs are stale.
        ToldError: a key is told twice.
    """
    corpus, told, edition = load_corpus(root), load_told(root), current_edition(root)
    if edition.kind == "full":
        return Book(corpus, told, edition)
    return Book(corpus, told, edition, _excerpt(root, corpus, told))


def _excerpt(root: Path, corpus: Corpus, told: Told) -> Excerpt:
    index, inputs = WordIndex(corpus), inputs_hash(root)
    opening_first = sorted(find_notebooks(root), key=lambda path: path.stem != "index")
    notebooks = [current_notebook(root, path, inputs) for path in opening_first]
    texts = [path.read_text(encoding="utf-8") for path in sorted(root.glob("chapters/**/*.md"))]
    cells = (cell for notebook in notebooks for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    texts += ["".join(cell["source"]) for cell in cells]
    pictures = [each for notebook in notebooks for each in find_pictures(notebook)]
    needed = dict.fromkeys(wanted(corpus, told, index, texts, pictures))
    shown = allowance(index, needed, share=PLANNED_SHARE, longest=PLANNED_LONGEST)
    return Excerpt(corpus, index, shown)


def current_edition(root: Path) -> Edition:
    """Return the edition: version and date from CITATION.cff, date and commit from git where there is one.

    The commit says whether files that it holds have been changed since.

    Raises:
        BuildError: there is no CITATION.cff, or the environment asks for an unknown kind of edition.
    """
    if not (root / "CITATION.cff").exists():
        raise BuildError("there is no CITATION.cff here; run this in the folder of the book")
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    seconds = _git(root, "log", "-1", "--format=%ct")
    commit = _git(root, "log", "-1", "--format=%H")[:7]  # how long git cuts it depends on the clone
    if commit and _git(root, "status", "--porcelain", "--untracked-files=no"):
        commit += ", with changes"
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or seconds
    date = str(citation["date-released"])
    if epoch:
        date = datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    kind = os.environ.get("EDITION") or "full"
    if kind not in TEXTS:
        raise BuildError(f"EDITION is {kind!r}; say one of: {', '.join(TEXTS)}")
    return Edition(str(citation["version"]), date, commit or "release", evidence_hash(root), kind)


def _git(root: Path, *arguments: str) -> str:
    if not (root / ".git").exists():
        return ""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def evidence_hash(root: Path) -> str:
    """Return the SHA-256 over all seeds and annotations."""
    digest = hashlib.sha256()
    for path in sorted([*root.glob("seeds/*.txt"), *root.glob("annotations/**/*.yaml")]):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
