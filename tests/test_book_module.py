"""Open a book: its edition, the hash of its evidence, and what every id opens."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import A101, SEED_101, change
from retold import Corpus, CorpusError
from retold.model import Span
from retold_book.book import Book, Edition, current_edition, evidence_hash, open_book
from retold_run.execution import BuildError, find_notebooks, inputs_hash, write_notebook
from retold_run.told import Told, ToldError
from test_execution import book as notebook
from test_execution import code, keyed, stored

CITATION = 'version: "1.2.3"\ndate-released: "2024-01-02"\n'
INPUTS = {
    "seeds/101_a.txt": "One.",
    "seeds/102_b.txt": "Two.",
    "annotations/101.yaml": "article: {}",
    "annotations/claims.yaml": "claims: []",
}
OTHERS = {
    "seeds/SHA256SUMS": "0",
    "annotations/article.schema.json": "{}",
    "chapters/boats.md": "# Boats",
    "lib/retold/text.py": "a = 1",
}


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*(each for each in os.environ if each.startswith("GIT_")), "EDITION", "SOURCE_DATE_EPOCH"]:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with a citation, seeds, annotations and other files."""
    root = tmp_path / "book"
    for name, text in {**INPUTS, **OTHERS, "CITATION.cff": CITATION}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def git(root: Path, *arguments: str, date: str = "2021-03-04T12:00:00+00:00") -> str:
    who = {f"GIT_{role}_{part}": "nobody" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    dates = {"GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00+00:00"}
    plain_git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        env={**os.environ, **who, **dates, **plain_git},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(root: Path, date: str) -> None:
    git(root, "init", "-q")
    git(root, "commit", "-q", "--allow-empty", "-m", "Begin", date=date)


@pytest.mark.parametrize(
    ("date", "day"),
    [
        pytest.param("2021-03-04T12:00:00+00:00", "2021-03-04", id="noon"),
        pytest.param("2021-03-04T23:30:00-05:00", "2021-03-05", id="evening in the west"),
        pytest.param("2021-03-04T01:30:00+09:00", "2021-03-03", id="night in the east"),
    ],
)
def test_an_edition_from_git(root: Path, date: str, day: str) -> None:
    commit(root, date)
    found = current_edition(root)
    assert (found.version, found.date, found.kind) == ("1.2.3", day, "full")
    assert found.commit == git(root, "rev-parse", "--short", "HEAD")
    assert found.hash == evidence_hash(root)


def test_an_edition_is_that_of_the_last_commit(root: Path) -> None:
    commit(root, "2021-03-04T12:00:00+00:00")
    before = current_edition(root)
    git(root, "commit", "-q", "--allow-empty", "-m", "Go on", date="2021-04-05T12:00:00+00:00")
    found = current_edition(root)
    assert found.date == "2021-04-05"
    assert found.commit != before.commit


def test_an_edition_says_that_files_were_changed_since(root: Path) -> None:
    commit(root, "2021-03-04T12:00:00+00:00")
    git(root, "add", "CITATION.cff")
    git(root, "commit", "-q", "-m", "Cite", date="2021-03-04T12:00:00+00:00")
    clean = current_edition(root).commit
    assert "changes" not in clean
    with (root / "CITATION.cff").open("a", encoding="utf-8") as file:
        file.write("# more\n")
    assert current_edition(root).commit == f"{clean}, with changes"


def surrounded(root: Path) -> None:
    commit(root.parent, "2021-03-04T12:00:00+00:00")


def begun(root: Path) -> None:
    git(root, "init", "-q")


def broken(root: Path) -> None:
    (root / ".git").write_text("gitdir: nowhere", encoding="utf-8")


def untouched(root: Path) -> None:
    assert not (root / ".git").exists()


@pytest.mark.parametrize(
    "prepare",
    [
        pytest.param(untouched, id="a download"),
        pytest.param(surrounded, id="a download inside another repository"),
        pytest.param(begun, id="nothing committed"),
        pytest.param(broken, id="a broken repository"),
    ],
)
def test_an_edition_without_a_commit_is_that_of_the_citation(
    root: Path, prepare: Callable[[Path], None]
) -> None:
    prepare(root)
    assert current_edition(root) == Edition("1.2.3", "2024-01-02", "release", evidence_hash(root), "full")


@pytest.mark.parametrize(
    "citation",
    [
        pytest.param(CITATION, id="quoted"),
        pytest.param(CITATION.replace('"', ""), id="bare"),
        pytest.param(f"title: Boats\n{CITATION}license: MIT\n", id="with more"),
    ],
)
def test_the_citation_may_be_written_either_way(root: Path, citation: str) -> None:
    (root / "CITATION.cff").write_text(citation, encoding="utf-8")
    found = current_edition(root)
    assert (found.version, found.date) == ("1.2.3", "2024-01-02")


@pytest.mark.parametrize("has_git", [True, False], ids=["git", "no git"])
@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        pytest.param("0", "1970-01-01", id="the epoch itself"),
        pytest.param("86399", "1970-01-01", id="the last second of a day"),
        pytest.param("86400", "1970-01-02", id="the first of the next"),
        pytest.param("1000000000", "2001-09-09", id="later"),
    ],
)
def test_the_environment_gives_the_date_before_all(
    root: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, day: str, has_git: bool
) -> None:
    if has_git:
        commit(root, "2021-03-04T12:00:00+00:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    found = current_edition(root)
    assert found.date == day
    assert (found.commit == "release") is not has_git


def test_an_empty_environment_gives_no_date(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert current_edition(root).date == "2024-01-02"


def test_the_kind_of_edition_is_that_of_the_environment(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert current_edition(root).texts.startswith("This edition shows the five texts whole")
    assert current_edition(root).folder == Path("_build")
    monkeypatch.setenv("EDITION", "excerpt")
    assert current_edition(root).kind == "excerpt"
    assert "at most 25 % of the words" in current_edition(root).texts
    assert current_edition(root).folder == Path("_build/excerpt/_build")


def test_an_empty_environment_gives_the_full_edition(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITION", "")
    assert current_edition(root).kind == "full"


def test_an_unknown_kind_of_edition_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITION", "short")
    with pytest.raises(BuildError, match="EDITION is 'short'; say one of: full, excerpt"):
        current_edition(root)


def test_a_short_hash_begins_the_hash(root: Path) -> None:
    found = current_edition(root)
    assert found.short_hash == evidence_hash(root)[:12]
    assert len(found.hash) == len(hashlib.sha256().hexdigest())


@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize("how", ["a byte more", "a byte less", "another byte", "removed", "renamed"])
def test_evidence_that_changes_by_one_byte_has_another_hash(root: Path, name: str, how: str) -> None:
    before, path = evidence_hash(root), root / name
    data = path.read_bytes()
    new = {"a byte more": data + b" ", "a byte less": data[:-1], "another byte": b"X" + data[1:]}
    if how == "removed":
        path.unlink()
    elif how == "renamed":
        path.rename(path.with_stem("109"))
    else:
        path.write_bytes(new[how])
    assert evidence_hash(root) != before


def test_the_annotations_of_a_single_pass_are_evidence_too(root: Path) -> None:
    """What the passes agree on is told from their own files."""
    path = root / "annotations/first_pass/101.yaml"
    path.parent.mkdir()
    path.write_text("article: {}", encoding="utf-8")
    before = evidence_hash(root)
    path.write_text("article: []", encoding="utf-8")
    assert evidence_hash(root) != before


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_evidence_leaves_the_hash(root: Path, name: str) -> None:
    before = evidence_hash(root)
    (root / name).write_text("other", encoding="utf-8")
    assert evidence_hash(root) == before


def test_the_hash_does_not_depend_on_where_the_book_lies(root: Path, tmp_path: Path) -> None:
    before = evidence_hash(root)
    moved = root.rename(tmp_path / "elsewhere")
    assert evidence_hash(moved) == before


def test_two_texts_exchanged_have_another_hash(root: Path) -> None:
    before = evidence_hash(root)
    one, two = root / "seeds/101_a.txt", root / "seeds/102_b.txt"
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    assert evidence_hash(root) != before


@pytest.fixture
def made(corpus: Corpus) -> Book:
    """Return a book of the story that tells nothing."""
    return Book(corpus, Told(), Edition("1", "2024-01-02", "abc", "def", "full"))


@pytest.mark.parametrize(
    ("identifier", "page", "at"),
    [
        pytest.param("101/dusk", "chapters/articles/101", "p-101-dusk", id="annotation"),
        pytest.param("103/claim.crews", "chapters/articles/103", "p-103-claim.crews", id="reading"),
        pytest.param("fact/undated", "chapters/outside_facts", "p-fact-undated", id="fact"),
    ],
)
def test_an_id_has_a_page_and_an_anchor(made: Book, identifier: str, page: str, at: str) -> None:
    assert made.page(identifier) == page
    assert made.href(identifier) == (page, at)


def test_words_know_what_they_rest_on(made: Book) -> None:
    node = made.evidence("nine", ["101/dusk", "fact/undated", "103/claim.crews"], key="boats")
    assert node.astext() == "nine"
    assert node["passages"] == ["101/dusk", "fact/undated", "103/claim.crews"]
    assert node["key"] == "boats"
    assert [each.replace("\u00a0", " ") for each in node["locators"]] == [
        "101 ¶3, outlet > Eskholm Gazette > a pilot",
        "Pier Society",
        "103 ¶3, outlet",
    ]


def test_words_that_nobody_told_have_no_key(made: Book) -> None:
    assert made.evidence("nine", ["101/dusk"])["key"] == ""


@pytest.mark.parametrize(
    "identifier",
    [
        pytest.param("101/none", id="annotation"),
        pytest.param("109/dusk", id="article"),
        pytest.param("dusk", id="no article"),
        pytest.param("101", id="article alone"),
        pytest.param("101/claim.none", id="claim"),
        pytest.param("103/claim.boats-damaged", id="claim that is not carried"),
        pytest.param("fact/none", id="fact"),
        pytest.param("undated", id="fact without its prefix"),
        pytest.param("fact/101/dusk", id="annotation as a fact"),
        pytest.param("fact/fact/undated", id="prefix twice"),
        pytest.param("fact/", id="prefix alone"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_unknown_id_is_named(made: Book, identifier: str) -> None:
    with pytest.raises(KeyError, match="no annotation, reading or outside fact is called") as caught:
        made.evidence("nine", ["101/dusk", identifier])
    assert repr(identifier) in str(caught.value.args[0])


@pytest.fixture
def bound(story: Path) -> Path:
    """Return the root of a story with a citation and a notebook that tells one value."""
    (story / "CITATION.cff").write_text(CITATION, encoding="utf-8")
    write(story, "boats")
    return story


def write(root: Path, name: str, *, inputs: str = "") -> None:
    told = notebook(code("a", stored("boats", 9)))
    write_notebook(root / f"chapters/{name}.ipynb", told)
    for path in find_notebooks(root):
        write_notebook(path, keyed(told, inputs or inputs_hash(root)))


def test_a_book_holds_corpus_values_and_edition(bound: Path) -> None:
    found = open_book(bound)
    assert "101/dusk" in found.corpus.passages
    assert found.told.values == {"boats": 9}
    assert found.edition == current_edition(bound)
    assert found.shown is found.corpus


def test_a_book_for_publication_shows_less_of_the_same(bound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITION", "excerpt")
    found = open_book(bound)
    whole = Span(0, len(found.corpus.articles["101"].text))
    assert found.shown.passages.keys() == found.corpus.passages.keys()
    assert "[101 ¶" in found.shown.articles["101"].words((whole,))
    assert "[101 ¶" not in found.corpus.articles["101"].words((whole,))


def unlocated(root: Path) -> None:
    change(root, A101, "surface: six miles", "surface: six knots")


def edited(root: Path) -> None:
    change(root, SEED_101, "six miles", "nine miles", record=False)


def stale(root: Path) -> None:
    write(root, "boats", inputs="before")


def twice(root: Path) -> None:
    write(root, "crews")


@pytest.mark.parametrize(
    ("spoil", "error", "message"),
    [
        pytest.param(unlocated, CorpusError, "'six knots' is not in the article", id="annotations"),
        pytest.param(edited, CorpusError, "seeds/101_night.txt", id="a changed seed"),
        pytest.param(stale, BuildError, "chapters/boats.ipynb: its outputs", id="stale outputs"),
        pytest.param(twice, ToldError, "the key 'boats' is told already", id="told twice"),
    ],
)
def test_a_book_that_is_not_sound_is_not_opened(
    bound: Path, spoil: Callable[[Path], None], error: type[Exception], message: str
) -> None:
    spoil(bound)
    with pytest.raises(error, match=message):
        open_book(bound)
