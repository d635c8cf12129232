"""Read whatever bytes a story's files hold: a corpus that can be exported, or problems with their places."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import (
    A101,
    A102,
    A103,
    CLAIMS,
    CONTEXT,
    FILES,
    ISSUES,
    SEED_101,
    SEED_103,
    SOURCES,
    SUMS,
    record_checksums,
    write_story,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from retold import CorpusError, Problem, find_problems, load_corpus
from retold_export.export import export

ANNOTATED = [A101, A102, A103, SOURCES, CLAIMS, ISSUES, CONTEXT]
PLACES = {*FILES, SUMS, "seeds"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a story of which each example changes one file, and puts it back."""
    return write_story(tmp_path_factory.mktemp("bad") / "story")


def problems_with(root: Path, file: str, content: bytes) -> list[Problem]:
    """Return the problems of the story with other bytes in a file, having tried what can be done."""
    before = {name: (root / name).read_bytes() for name in (file, SUMS)}
    (root / file).write_bytes(content)
    if file.startswith("seeds/") and file != SUMS:
        record_checksums(root)
    try:
        return tried(root)
    finally:
        for name, stored in before.items():
            (root / name).write_bytes(stored)


def tried(root: Path) -> list[Problem]:
    """Return a story's problems; see that they have a place, and that a story without any is exported."""
    problems = find_problems(root)
    assert [each for each in problems if not is_placed(root, each)] == []
    refused: list[Problem] = []
    try:
        corpus = load_corpus(root)
    except CorpusError as error:
        refused = error.problems or [Problem("", 0, "", "", "")]
    assert set(refused) <= set(problems)
    if not problems:
        export(corpus, root.parent / "out")
        for path in (root.parent / "out").glob("*.json*"):
            json.loads(path.read_bytes())
        etree.parse(str(root.parent / "out/collation.xml"))
    return problems


def is_placed(root: Path, problem: Problem) -> bool:
    """Return whether a problem says what is wrong, what would be right, and a place that there is."""
    known = problem.file in PLACES or problem.file.startswith(("seeds/", "annotations/"))
    path = root / problem.file
    lines = path.read_bytes().count(b"\n") + 1 if path.is_file() else 0
    return bool(known and 0 <= problem.line <= lines and problem.what and problem.right)


# Texts

SIGNS = [
    *("\ufeff", "\r\n", "\r", "\0", "\x0b", "\x1b", "\x85", "\u2028", "\u2029", "\ufffd", "\ufffe", "\x7f"),
    *("\u202e", "\u2066", "\u200b", "\u00ad", "\u0301", "ʼ", "`", "‘", "’", "“", "”", "„", "«", "»", '"'),
    *("🛥", "👩🏽\u200d🚀", "𝟗", "٣", "½", "ﬁ", "ß", "İ", "Ґ", "אב", "- ", "– ", "\n", "\n\n", " ", "\t", "'"),
    *("nine", "1,200", "1.5", "half", "two hundred and", "said", "the pilots", "&amp;", "]]>", "=1+1", "%s"),
    *("<b>", "<!--", "{0}"),
]
TEXTS = st.lists(st.sampled_from(SIGNS) | st.text(max_size=8), max_size=30).map("".join)
BYTES = st.binary(max_size=60) | st.sampled_from(
    [b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80"]
)


@settings(max_examples=120)
@given(st.sampled_from([SEED_101, SEED_103]), TEXTS, st.booleans())
@example(SEED_103, "", False)
@example(SEED_103, "“" * 9 + "nine " * 9, True)
def test_any_text_of_a_seed(root: Path, file: str, text: str, keeps: bool) -> None:
    content = (FILES[file] if keeps else "") + text
    problems = problems_with(root, file, content.encode("utf-8", "surrogatepass"))
    assert keeps or problems


@settings(max_examples=120)
@given(st.sampled_from([*FILES, SUMS]), BYTES, st.integers(0, 4000), st.integers(0, 40))
def test_any_bytes_in_any_file(root: Path, file: str, put: bytes, at: int, cut: int) -> None:
    content = (root / file).read_bytes()
    problems_with(root, file, content[:at] + put + content[at + cut :])


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_a_seed_keeps_every_sign_it_may_hold(root: Path, sign: str) -> None:
    problems = problems_with(root, SEED_103, (FILES[SEED_103] + sign).encode())
    refused = [problem for problem in problems if problem.file == SEED_103]
    assert bool(refused) == (sign in ("\ufeff", "\0", "\r", "\r\n", "<b>", "<!--"))


NAMES = [
    *(b"\xc3\xa9_x.txt", b"..txt", b".txt", b" .txt", b"_.txt", b"-rf.txt", b"\xff\xfe.txt", b"104_\n.txt"),
    *(b"sources.txt", b"101_again.txt", b"104\\x.txt", b"\xe2\x80\xae.txt", b"104.yaml_x.txt"),
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo, partial(os.symlink, ".."), partial(os.symlink, "\1")])
def test_any_name_in_the_folder_of_seeds(story: Path, name: bytes, make: Callable[[bytes], None]) -> None:
    make(os.path.join(os.fsencode(story), b"seeds", name))
    assert tried(story)


@pytest.mark.parametrize("file", [*ANNOTATED, SUMS, "seeds", "annotations"])
def test_a_folder_or_nothing_where_a_file_should_be(story: Path, file: str) -> None:
    path = story / file
    path.rename(story / "aside")
    assert tried(story)
    path.mkdir()
    assert tried(story)


# Annotations

Path_ = tuple[str | int, ...]
VALID: dict[str, Any] = {file: yaml.safe_load(FILES[file]) for file in ANNOTATED}
WORDS = ["", " ", "e", "the", "nine", "=1+1", "<b>", "../x", "101", "104", "gazette", "dusk", "pilots", "🛥"]
TERMS = [
    "direct",
    "dash",
    "exact",
    "vague",
    "at-least",
    "denies",
    "unresolved",
    "text",
    "others",
    "two-pilots",
]
ODD: list[Any] = [
    *(None, True, -1, 0, 2**63, 10**39, 0.5, float("inf"), float("-inf"), float("nan"), [float("nan"), 1]),
    *(
        "a" * 3000,
        "e\u0301",
        "\u2028",
        "\u202e",
        "\x85",
        "2024-10",
        "2024-21",
        "night-boats-stop",
        "boats-damaged",
    ),
    *([], {}, [[]], [None], ["a", 1], [2, 1], {"exact": ""}, {"exact": "e", "prefix": "th"}, *WORDS, *TERMS),
]
KEYS = [
    "id",
    "note",
    "certainty",
    "within",
    "value",
    "contested",
    "readings",
    "102",
    "104",
    "others",
    "exact",
]


def find_paths(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Yield the path of every entry in a value of lists and mappings."""
    keys: Any = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*path, key)
        yield from find_paths(value[key], (*path, key))


def found(value: Any, path: Path_) -> Any:
    for key in path:
        value = value[key]
    return value


def mutate(value: Any, data: st.DataObject) -> None:
    """Delete, replace, repeat, rename or wrap one entry, wherever it stands."""
    paths = list(find_paths(value))
    if not paths:
        return
    *above, last = data.draw(st.sampled_from(paths))
    key: Any = last
    around = found(value, tuple(above))
    match data.draw(st.sampled_from(["delete", "odd", "odd", "another", "repeat", "wrap", "rename"])):
        case "delete":
            del around[key]
        case "odd":
            around[key] = copy.deepcopy(data.draw(st.sampled_from(ODD)))
        case "another":
            around[key] = copy.deepcopy(found(value, data.draw(st.sampled_from(paths))))
        case "repeat" if isinstance(around, list):
            around.append(copy.deepcopy(around[key]))
        case "wrap":
            wrapped = [[around[key]], {"exact": around[key]}, {"a": around[key]}]
            around[key] = data.draw(st.sampled_from(wrapped))
        case "rename" if isinstance(around, dict):
            around[data.draw(st.sampled_from(KEYS))] = around.pop(key)


@settings(max_examples=300)
@given(st.sampled_from(ANNOTATED), st.integers(1, 4), st.data())
def test_any_change_of_valid_annotations(root: Path, file: str, times: int, data: st.DataObject) -> None:
    value = copy.deepcopy(VALID[file])
    for _ in range(times):
        mutate(value, data)
    content = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    problems_with(root, file, content.encode("utf-8"))


ENTRY = "    note: {}\n"
NUMBER = "    values: {{n: {}}}\n"
SCALARS = [
    pytest.param(NUMBER, "9" * 41, False, id="a long number"),
    pytest.param(NUMBER, "0x" + "f" * 99_999, False, id="a long hexadecimal number"),
    pytest.param(NUMBER, "0b" + "1" * 99_999, False, id="a long binary number"),
    pytest.param(NUMBER, "1" + ":59" * 99_999, False, id="a long sexagesimal number"),
    pytest.param(NUMBER, "0." + "1" * 99_999, False, id="a long fraction"),
    pytest.param(NUMBER, "9" * 40, True, id="the longest number"),
    pytest.param(NUMBER, "1e999", True, id="a number past all bounds"),
    pytest.param(NUMBER, ".nan", True, id="no number"),
    pytest.param(ENTRY, "!!python/object/apply:os.getcwd []", False, id="a tag that asks for a call"),
    pytest.param(ENTRY, "!!python/name:os.getcwd ''", True, id="a tag that asks for a name"),
    pytest.param(ENTRY, "!!binary gICA", True, id="a tag of bytes"),
    pytest.param(ENTRY, "!!set {a, b}", False, id="a tag of a set"),
    pytest.param(ENTRY, "{<<: {a: b}}", False, id="a merge"),
    pytest.param(ENTRY, '"\\ud83d"', False, id="half a character"),
    pytest.param(ENTRY, '"\\0"', True, id="an escaped NUL"),
]


@pytest.mark.parametrize(("entry", "scalar", "good"), SCALARS)
def test_odd_scalars(root: Path, entry: str, scalar: str, good: bool) -> None:
    content = FILES[CONTEXT] + entry.format(scalar)
    problems = problems_with(root, CONTEXT, content.encode())
    assert (problems == []) == good
    assert all(problem.file == CONTEXT and problem.line for problem in problems)
    assert all(len(str(problem)) < 500 for problem in problems)


DATES = [
    "2024-1X",
    "2024-XX-XX/2024-XX",
    "XXXX",
    "0000",
    "-0001",
    "Y12345",
    "Y1E9",
    "[2024," + "2024," * 99 + "2025]",
]


@pytest.mark.parametrize("date", DATES, ids=lambda date: date[:20])
def test_dates_that_have_no_days_are_refused(root: Path, date: str) -> None:
    content = FILES[A101].replace("stated: 2022-09/2022-11", f"stated: '{date}'")
    [problem] = problems_with(root, A101, content.encode())
    assert problem.path == "events[1].stated"


# What would take all time or memory

LAUGHS = "a0: &a0 [ha]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 30))
MERGES = "a0: &a0 {x: y}\n" + "".join(f"a{n}: &a{n} {{<<: [{f'*a{n - 1}, ' * 9}]}}\n" for n in range(1, 30))
HUGE = {
    "one line": (SEED_103, "a" * 10**7),
    "words": (SEED_103, FILES[SEED_103] + "a nine " * 20_000),
    "lines": (SEED_103, FILES[SEED_103] + "a\n" * 100_000),
    "speech": (SEED_103, FILES[SEED_103] + "– “a” Mr. B\n" * 20_000),
    "marks": (SEED_103, FILES[SEED_103] + '"“«<' * 50_000),
    "aliases": (SOURCES, LAUGHS),
    "merged aliases": (SOURCES, MERGES),
    "nested": (CLAIMS, "[" * 10**6),
    "nested mappings": (CLAIMS, "{a: " * 10**6),
    "nested blocks": (CLAIMS, "- " * 10**6),
    "long words": (A103, FILES[A103].replace("surface: Several", "surface: " + "sever" * 10**5)),
    "long key": (ISSUES, f"{'a' * 10**6}: b\n"),
}
LIMITED = """
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from retold import find_problems
for root in sys.argv[1:]:
    print(json.dumps([problem.file for problem in find_problems(root)][:1]), flush=True)
"""


def test_no_input_takes_all_time_or_memory(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="no limits can be set here")
    roots = []
    for number, (file, content) in enumerate(HUGE.values()):
        roots.append(write_story(tmp_path / str(number)))
        (roots[-1] / file).write_text(content, encoding="utf-8")
        record_checksums(roots[-1])
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, *map(str, roots)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    named = [json.loads(line) for line in ran.stdout.splitlines()]
    assert named == [
        ["seeds/103_winter.txt" if name == "one line" else A103 if "seeds" in file else file]
        for name, (file, _) in HUGE.items()
    ]
