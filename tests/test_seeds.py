"""Find the articles as received, by the list of their checksums."""

from __future__ import annotations

import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from conftest import SEED_101, SUMS, change
from retold import Problem
from retold.problems import DocumentError
from retold.seeds import article_id, listed_seeds, load_checksums, load_seed


@pytest.mark.parametrize("name", ["seeds/101_a_b.txt", "101.txt", "annotations/101.yaml", "/x/101_1.2.txt"])
def test_article_id(name: str) -> None:
    assert article_id(name) == article_id(Path(name)) == "101"


def test_checksums_are_read(story: Path) -> None:
    sums = load_checksums(story)
    assert list(sums) == ["101_night.txt", "102_dark.txt", "103_winter.txt"]
    assert {name: digest for name, digest in sums.items() if len(digest) != 64} == {}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param("abc  101_night.txt\n", 1, id="short digest"),
        pytest.param(f"{'0' * 64}  101_night.txt\n{'0' * 64} 102_dark.txt\n", 2, id="one blank"),
        pytest.param(f"{'0' * 64}  \n", 1, id="no name"),
        pytest.param(f"{'0' * 64}  ../101_night.txt\n", 1, id="another folder"),
        pytest.param("\n", 1, id="blank line"),
    ],
)
def test_a_list_that_is_no_checksum_list_is_refused(story: Path, content: str, line: int) -> None:
    (story / SUMS).write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_checksums(story)
    assert caught.value.problems == [
        Problem(SUMS, line, "", "is not a checksum line", "write what `sha256sum *.txt` prints")
    ]


def test_seeds_are_found_by_article(story: Path) -> None:
    found, problems = listed_seeds(story, load_checksums(story))
    assert {article: path.name for article, path in found.items()} == {
        "101": "101_night.txt",
        "102": "102_dark.txt",
        "103": "103_winter.txt",
    }
    assert problems == []


def test_two_seeds_of_one_article_name_each_other(story: Path) -> None:
    shutil.copy(story / SEED_101, story / "seeds/101_again.txt")
    _, problems = listed_seeds(story, [])
    what, right = "has the id '101', as 101_night.txt has", "rename or remove one of them"
    assert problems == [Problem("seeds/101_again.txt", 0, "", what, right)]


def test_a_changed_seed_is_refused_unless_no_list_could_be_read(story: Path) -> None:
    sums = load_checksums(story)
    text, digest = load_seed(story / SEED_101, sums)
    assert digest == sums["101_night.txt"]
    change(story, SEED_101, "six miles", "seven miles", record=False)
    with pytest.raises(DocumentError, match=f"restore it, as by git; it had {digest}"):
        load_seed(story / SEED_101, sums)
    assert load_seed(story / SEED_101, None)[0] == text.replace("six miles", "seven miles")


@pytest.mark.parametrize(("length", "refused"), [(1_000_000, False), (1_000_001, True)])
def test_what_is_longer_than_any_article_is_refused(story: Path, length: int, refused: bool) -> None:
    (story / SEED_101).write_text("é" * length, encoding="utf-8")
    with pytest.raises(DocumentError, match="holds 1,000,001 char") if refused else nullcontext():
        load_seed(story / SEED_101, None)
