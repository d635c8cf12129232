"""Add articles to a story: whole, checked, nothing lost, and nothing half done."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from conftest import A101, CLAIMS, FILES, SEED_101, SEED_102, SEED_103, SOURCES, SUMS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from retold import find_problems, load_corpus
from retold.document import load_record
from retold.problems import DocumentError, Problem
from retold.registers import SourcesFile
from retold_draft.adding import add_article
from retold_draft.skeleton import write_skeleton

ROOT = Path(__file__).parents[1]
DRAFTED = "drafted by rule, not confirmed"
NEW = "The Gazette reported on Monday that two boats sank, citing “three former pilots” of 2023.\n"


def others(problems: list[Problem]) -> list[str]:
    return [str(each) for each in problems if each.what != DRAFTED]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    write_skeleton(tmp_path / "new")
    return tmp_path / "new"


def text_file(folder: Path, words: str | bytes, name: str = "104_new.txt") -> Path:
    path = folder / name
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return path


def test_nothing_but_drafts_is_listed_after_each_of_the_five_articles(empty: Path) -> None:
    for seed in sorted((ROOT / "seeds").glob("*.txt")):
        before = len(find_problems(empty))
        add_article(seed, empty)
        problems = find_problems(empty)
        assert others(problems) == []
        assert len(problems) > before
        assert (empty / "seeds" / seed.name).read_bytes() == seed.read_bytes()
    assert len(load_corpus(empty).articles) == 5


def test_the_invented_articles_are_drafted_whole(empty: Path, story: Path) -> None:
    for seed in (SEED_101, SEED_102, SEED_103):
        add_article(story / seed, empty, published="2023-11-20")
    assert others(find_problems(empty)) == []


def test_no_two_events_have_one_label(empty: Path, tmp_path: Path) -> None:
    add_article(text_file(tmp_path, "Boats sank today.\nBoats sank today. It rained.\n"), empty)
    add_article(text_file(tmp_path, "Boats sank today.\n", "105_new.txt"), empty)
    labels = {event.id: event.label for event in load_corpus(empty).events.values()}
    assert labels == {
        "104-event-today": "Drafted: Boats sank today",
        "104-event-today-2": "Drafted: Boats sank today (2)",
        "105-event-today": "Drafted: Boats sank today (3)",
    }


PIECES = """
“|”|"|«|»|‘|’|–|. |, |? |; |: |—|(FT)|\\|{x: 1}|#|- |&a|*a|null|~|é|🛥|漢字|٣|\N{COMBINING ACUTE ACCENT}
|the pilots|The Gazette|Anna Berg|He|two officials|the union|one|of|that|and|as|said|says|told|reported
|according to|According to|citing|declined to comment|denied that|warnings from the Union to stay|plans to
|with reference to|cited|as saying|This was reported by|two|nearly half|at least 1,200|third|600 sq.km.
|17 percent|COVID-19|2023|1990s|several|in August|last autumn|February 31, 2022|on Monday|two days ago
|winter of 2022–23|Photo:|follow us
""".replace("\n|", "|").split("|")
PIECES += ["\n", "\n\n", "\n- ", " ", "\t", "\u2028", "\x85", "\x0b", "\u200f"]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), min_size=1, max_size=25).map("".join),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, published=st.sampled_from(["unresolved", "2023-11-20", "2023-11-20/.."]))
def test_any_text_is_refused_or_drafted_whole(
    tmp_path_factory: pytest.TempPathFactory, text: str, published: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    write_skeleton(folder / "new")
    path, root = text_file(folder, text.encode(errors="replace")), folder / "new"
    if {"\r", "\0", "\ufeff"} & {*text} or not re.search(r"\w", text):
        with pytest.raises(DocumentError):
            add_article(path, root, published=published)
        assert find_problems(root) == []
    else:
        add_article(path, root, published=published)
        assert others(find_problems(root)) == []
        assert load_corpus(root).articles["104"].text == text


BAD = [
    pytest.param("104_new.md", NEW, "gives no id", id="no text file"),
    pytest.param("Über.txt", NEW, "gives no id", id="letters"),
    pytest.param("_new.txt", NEW, "gives no id", id="nothing before the underscore"),
    pytest.param("sources.txt", NEW, "gives no id", id="a register"),
    pytest.param("a" * 21 + ".txt", NEW, "gives no id", id="too long an id"),
    pytest.param("101_other.txt", NEW, "is taken by seeds/101_night.txt", id="taken id"),
    pytest.param("101_night.txt", NEW, "is taken by seeds/101_night.txt", id="taken name"),
    pytest.param("104.txt", FILES[SEED_101], "holds the same words as seeds/101_night.txt", id="twin"),
    pytest.param("104.txt", b"\xff\xfe", "is not UTF-8", id="not UTF-8"),
    pytest.param("104.txt", "\ufeff" + NEW, "byte-order mark", id="BOM"),
    pytest.param("104.txt", NEW.replace("\n", "\r\n"), "carriage return", id="CRLF"),
    pytest.param("104.txt", "a\0b", "NUL", id="NUL"),
    pytest.param("104.txt", "", "holds no words", id="empty"),
    pytest.param("104.txt", " \n…\n", "holds no words", id="signs alone"),
    pytest.param("104.txt", "<b>Boats</b>", "holds markup", id="markup"),
    pytest.param("104.txt", "a " * 25_001, "more than 50000 characters", id="too long"),
    pytest.param("104.txt", "The crew said so. " * 300, "recurs with the same 256 words", id="copies"),
]


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize(("name", "words", "fault"), BAD)
def test_what_cannot_be_an_article_is_refused(
    story: Path, tmp_path: Path, name: str, words: str | bytes, fault: str
) -> None:
    before = contents(story)
    with pytest.raises(DocumentError, match=fault):
        add_article(text_file(tmp_path, words, name), story)
    assert contents(story) == before


def test_a_missing_file_is_refused(story: Path, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        add_article(tmp_path / "104.txt", story)


@pytest.mark.parametrize("published", ["yesterday", "2023-24", "2023-11-31x", ""])
def test_a_date_that_is_no_edtf_is_refused(story: Path, tmp_path: Path, published: str) -> None:
    with pytest.raises(DocumentError, match="--published"):
        add_article(text_file(tmp_path, NEW), story, published=published)


@pytest.mark.parametrize("register", [SOURCES, CLAIMS, SUMS])
def test_a_register_that_cannot_be_read_is_named(story: Path, tmp_path: Path, register: str) -> None:
    (story / register).write_text("sources: [", encoding="utf-8")
    with pytest.raises(DocumentError, match=Path(register).name):
        add_article(text_file(tmp_path, NEW), story)


def test_registers_keep_their_entries_and_comments(story: Path, tmp_path: Path) -> None:
    path = story / SOURCES
    commented = (
        path.read_text(encoding="utf-8").replace("sources:", "# who\nsources:\n  # outlets") + "\n# the end\n"
    )
    path.write_text(commented, encoding="utf-8")
    before = load_record(path, SOURCES, SourcesFile)[0].sources
    add_article(text_file(tmp_path, NEW), story)
    now, after = path.read_text(encoding="utf-8"), load_record(path, SOURCES, SourcesFile)[0].sources
    assert after[: len(before)] == before
    assert [each.id for each in after[len(before) :]] == ["outlet-104"]
    for line in commented.splitlines():
        assert line in now


def test_who_is_registered_gets_no_second_entry(story: Path, tmp_path: Path) -> None:
    add_article(
        text_file(tmp_path, "The Eskholm Gazette reported that Anna Berg left. Berg said that she stayed."),
        story,
    )
    corpus = load_corpus(story)
    cited = {each.record.source for each in corpus.find_passages("attribution", article="104")}
    assert cited == {"gazette", "anna-berg"}


def test_the_claims_of_a_story_still_have_to_be_read(story: Path, tmp_path: Path) -> None:
    add_article(text_file(tmp_path, NEW), story)
    assert {each.split(": ", 2)[2] for each in others(find_problems(story))} == {
        "says nothing about 104; add its words, or null"
    }


class KilledError(Exception):
    """Stand for a power cut."""


def test_killed_at_any_move_the_old_story_is_whole_or_adding_again_repairs_it(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, text = (
        contents(story),
        text_file(tmp_path, NEW + "The FT (FT) said no. It said “yes, we do so”.\n"),
    )
    for last in range(5):
        for name, data in before.items():
            (story / name).write_bytes(data)
        for name in contents(story).keys() - before.keys():
            (story / name).unlink()
        moves = iter(range(last))

        def move(path: Path, target: Path, moves=moves) -> None:  # type: ignore[no-untyped-def]
            if next(moves, None) is None:
                raise KilledError
            os.replace(path, target)

        def stop(*_: object, **__: object) -> None:
            raise KilledError

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", move)
            patch.setattr(Path, "unlink", stop)
            with pytest.raises(KilledError):
                add_article(text, story)
        now = contents(story)
        assert all(now[name].startswith(data[:40]) for name, data in before.items())
        assert (now[A101], now[SEED_101], now[SUMS]) == (before[A101], before[SEED_101], before[SUMS])
        if last < 3:
            load_corpus(story)
        add_article(text, story)
        assert {each.split("; ")[-1] for each in others(find_problems(story))} <= {"add its words, or null"}
        load_corpus(story)


def test_annotations_that_are_there_are_kept(empty: Path, tmp_path: Path) -> None:
    (empty / "annotations/104.yaml").write_text("mine", encoding="utf-8")
    add_article(text_file(tmp_path, NEW), empty)
    assert (empty / "annotations/104.yaml").read_text(encoding="utf-8") == "mine"
