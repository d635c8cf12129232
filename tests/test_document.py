"""Read YAML files: every fault is a problem with its line, and nothing else is ever raised."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from retold.document import load_record, load_text
from retold.model import ArticleFile
from retold.problems import DocumentError, Lines, Problem
from retold.registers import ClaimsFile, ContextFile, SourcesFile

FACT = b"facts:\n  - key: tide\n    statement: Low.\n    publisher: Board\n    date: ''\n    url: ''\n"


def written(path: Path, content: bytes) -> Path:
    file = path / "file"
    file.write_bytes(content)
    return file


def faults(path: Path, content: bytes, model: type = ContextFile) -> list[Problem]:
    with pytest.raises(DocumentError) as caught:
        load_record(written(path, content), "context.yaml", model)
    assert caught.value.problems
    assert str(caught.value) == "\n".join(str(problem) for problem in caught.value.problems)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    "text", ["", "plain\n", "no end of line", "🛥 “ʼ” Ґ\n", "tab\t nbsp\u00a0 line\u2028 form\f\n"]
)
def test_a_text_is_returned_exactly_as_stored(tmp_path: Path, text: str) -> None:
    assert load_text(written(tmp_path, text.encode()), "a.txt") == text


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        pytest.param(b"\xef\xbb\xbfOne", 1, "holds a byte-order mark", id="byte-order mark"),
        pytest.param(b"One\nTwo\xef\xbb\xbf", 2, "holds a byte-order mark", id="byte-order mark inside"),
        pytest.param(b"One\n\nTwo\r\n", 3, "holds a carriage return", id="carriage return"),
        pytest.param(b"One\nT\0wo", 2, "holds a NUL", id="NUL"),
        pytest.param(b"One\nT\xe9l\xe9", 0, "byte 5 is not UTF-8", id="Latin-1"),
        pytest.param("One".encode("utf-16"), 0, "byte 0 is not UTF-8", id="UTF-16"),
        pytest.param(b"\xed\xa0\x80", 0, "byte 0 is not UTF-8", id="surrogate"),
    ],
)
def test_a_text_is_refused(tmp_path: Path, content: bytes, line: int, what: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load_text(written(tmp_path, content), "a.txt")
    [problem] = caught.value.problems
    assert (problem.file, problem.line, problem.what) == ("a.txt", line, what)
    assert problem.right in ("store the file as UTF-8", "store the file without it")


@pytest.mark.parametrize("name", ["missing.txt", "."], ids=["missing", "a folder"])
def test_a_text_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load_text(tmp_path / name, "a.txt")
    assert [problem.what for problem in caught.value.problems] == ["cannot be read"]


def test_a_record_keeps_the_lines_of_its_entries(tmp_path: Path) -> None:
    record, lines = load_record(written(tmp_path, b"# a comment\n" + FACT), "context.yaml", ContextFile)
    assert [(fact.key, fact.statement, fact.values) for fact in record.facts] == [("tide", "Low.", {})]
    assert (lines.of[()], lines.of["facts", 0], lines.of["facts", 0, "url"]) == (2, 3, 7)


@pytest.mark.parametrize(
    ("written_value", "read"),
    [
        pytest.param(b"'2024-10-30'", "2024-10-30", id="quoted date"),
        pytest.param(b"2024-10-30", "2024-10-30", id="bare date stays words"),
        pytest.param(b"!made-up noon", "noon", id="unknown tag ignored"),
        pytest.param(b'"\\u2014"', "—", id="escape"),
    ],
)
def test_scalars(tmp_path: Path, written_value: bytes, read: str) -> None:
    content = FACT.replace(b"date: ''", b"date: " + written_value)
    assert load_record(written(tmp_path, content), "x", ContextFile)[0].facts[0].date == read


def test_keys_are_words_however_they_look(tmp_path: Path) -> None:
    content = FACT + b"    values: {000: 1, 1.5: 2, true: 3, null: 4}\n"
    values = load_record(written(tmp_path, content), "x", ContextFile)[0].facts[0].values
    assert values == {"000": 1, "1.5": 2, "true": 3, "null": 4}


BAD_YAML = [
    pytest.param(b"facts:\n  - [a\n", 3, "", "not YAML", "mend it: indent alike", id="bracket left open"),
    pytest.param(b"facts: []\n\tnote: a", 2, "", "not YAML", "mend it: indent alike", id="tab"),
    pytest.param(
        b"facts: []\n---\na: b", 2, "", "another document", "mend it: indent alike", id="two documents"
    ),
    pytest.param(b"facts: *a", 1, "", "not YAML", "mend it: indent alike", id="alias of nothing"),
    pytest.param(b"a: \x07", 1, "", "not YAML", "mend it: indent alike", id="control character"),
    pytest.param(b'a: "\\uD800"', 1, "", "not YAML", "mend it: indent alike", id="escaped surrogate"),
    pytest.param(b"facts: []\nfacts: []", 2, "facts", "is given twice", "keep one", id="key twice"),
    pytest.param(b"facts: &a []\n\nn: *a", 1, "n", "alias", "write the entry out", id="alias"),
    pytest.param(b"facts: &a [*a]", 1, "facts[0]", "alias", "write the entry out", id="alias of itself"),
    pytest.param(b"[" * 40 + b"\n", 2, "", "not YAML", "mend it: indent alike", id="nested, left open"),
    pytest.param(b"[" * 5000 + b"\n", 1, "", "nested too deeply", "flatten", id="nested deeply, left open"),
    pytest.param(b"[" * 5000 + b"]" * 5000, 1, "", "nested too deeply", "flatten", id="nested"),
    pytest.param(b"n:\n  !!int a", 2, "n", "is not a number", "quote the words", id="no integer"),
    pytest.param(b"n: !!float a", 1, "n", "is not a number", "quote the words", id="no float"),
    pytest.param(b"n: " + b"9" * 5000, 1, "n", "is not a number", "quote the words", id="endless integer"),
    pytest.param(b"n: !!int ''", 1, "n", "is not a number", "quote the words", id="empty integer"),
    pytest.param(b"n: !!float ''", 1, "n", "is not a number", "quote the words", id="empty float"),
    pytest.param(b"n: !!bool maybe", 1, "n", "maybe", "", id="neither true nor false"),
    pytest.param(b"n: " + b"1:" * 200 + b"1.0", 1, "n", "is not a number", "", id="endless sexagesimal"),
]


@pytest.mark.parametrize(("content", "line", "path", "what", "right"), BAD_YAML)
def test_bad_yaml_is_refused(
    tmp_path: Path, content: bytes, line: int, path: str, what: str, right: str
) -> None:
    [problem] = faults(tmp_path, content)
    assert (problem.file, problem.line, problem.path) == ("context.yaml", line, path)
    assert what in problem.what
    assert right in problem.right


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, b"[" * 200_000)
    program = (
        "import resource, sys; from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        "from retold.document import *; from retold.registers import *\n"
        "try: load_record(Path(sys.argv[1]), 'x', ContextFile)\n"
        "except DocumentError as error: print(len(error.problems))"
    )
    ran = subprocess.run([sys.executable, "-c", program, file], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "1"), ran.stderr


ID = FACT.replace(b"tide", b"Low Tide")
NUMBER = FACT.replace(b"tide", b"100")
NO_WORDS = FACT.replace(b"Low.", b"''")
LONG = FACT + b"    note: [" + b"a, " * 99 + b"]"
KIND = b"sources:\n - {id: a, name: A, side: b, named: true,\n    kind: boss}"
OTHERS = b"claims:\n - id: a\n   statement: A\n   kind: event\n   readings: {}\n   others: null"
COUNT = (
    b"article: {outlet: a, outlet_certainty: high, outlet_evidence: Line, published: 2023-11-20, "
    b"published_evidence: Line}\n"
    b"quantities:\n - {id: a, surface: nine, unit: boat, kind: count,\n    value: nine}"
)
BAD_RECORDS = [
    pytest.param(b"- a", ContextFile, 1, "", "valid dictionary", "it is ['a']", id="a list"),
    pytest.param(b"", SourcesFile, 1, "sources", "field required", "add it", id="empty"),
    pytest.param(b"facts:", ContextFile, 1, "facts", "valid tuple", "write a list", id="nothing"),
    pytest.param(b"\nfact: []", ContextFile, 2, "fact", "is no field here", "'facts'?", id="unknown"),
    pytest.param(
        ID,
        ContextFile,
        2,
        "facts[0].key",
        "'Low Tide' is not in the right form",
        "joined by hyphens",
        id="id of two words",
    ),
    pytest.param(NUMBER, ContextFile, 2, "facts[0].key", "valid string", "it is 100", id="bare number"),
    pytest.param(
        KIND,
        SourcesFile,
        3,
        "sources[0].kind",
        "'boss' is none of 'outlet', ",
        "use one of these",
        id="not listed",
    ),
    pytest.param(
        KIND.replace(b"boss", b"goverment"),
        *(SourcesFile, 3, "sources[0].kind", "'goverment' is none of", "did you mean 'government'?"),
        id="nearly listed",
    ),
    pytest.param(
        KIND.replace(b"true", b"yes please").replace(b"boss", b"group"),
        *(SourcesFile, 2, "sources[0].named", "valid boolean", "write true or false"),
        id="neither true nor false",
    ),
    pytest.param(
        OTHERS,
        *(ClaimsFile, 6, "claims[0].others", "is no field here", "move it into readings"),
        id="a field that stands a level too high",
    ),
    pytest.param(
        OTHERS.replace(b"{}\n   others: null", b"{'101': [{exact: a, before: b}]}"),
        *(
            ClaimsFile,
            5,
            "claims[0].readings.101[0].before",
            "is no field here",
            "'exact', 'prefix', 'suffix'",
        ),
        id="a field of a record inside others",
    ),
    *(
        pytest.param(
            COUNT.replace(b"value: nine", b"value: " + value.encode()),
            *(ArticleFile, 4, "quantities[0].value", f"{shown} is not a valid value", "a pair of numbers"),
            id=f"value {value}",
        )
        for value, shown in [
            ("nine", "'nine'"),
            ("[9, ten]", "[9, 'ten']"),
            ("[9]", "[9]"),
            ("{low: 9}", "{'low': 9}"),
        ]
    ),
    pytest.param(NO_WORDS, ContextFile, 3, "facts[0].statement", "at least 1", "it is ''", id="no words"),
    pytest.param(LONG, ContextFile, 7, "facts[0].note", "valid string", "'...", id="long value is cut"),
]


@pytest.mark.parametrize(("content", "model", "line", "path", "what", "right"), BAD_RECORDS)
def test_a_record_that_does_not_fit_is_refused(
    tmp_path: Path, content: bytes, model: type, line: int, path: str, what: str, right: str
) -> None:
    [problem] = faults(tmp_path, content, model)
    assert (problem.line, problem.path) == (line, path)
    assert what in problem.what
    assert right in problem.right


def test_a_key_that_is_no_word_is_shown_without_inner_names(tmp_path: Path) -> None:
    [problem] = faults(tmp_path, b"? [a]\n: b")
    assert "Node" not in str(problem)


def test_every_fault_of_a_record_is_returned(tmp_path: Path) -> None:
    content = FACT.replace(b"Low.", b"''").replace(b"    url: ''\n", b"") + b"    publsher: Board\n"
    found = faults(tmp_path, content)
    assert [problem.path for problem in found] == ["facts[0].statement", "facts[0].url", "facts[0].publsher"]


@pytest.mark.parametrize(
    ("path", "line", "shown"),
    [
        pytest.param((), 1, "", id="whole file"),
        pytest.param(("a",), 3, "a", id="known"),
        pytest.param(("a", 0, "b"), 4, "a[0].b", id="longest known part"),
        pytest.param(("c", 1), 1, "c[1]", id="unknown"),
    ],
)
def test_a_problem_stands_at_the_longest_known_part_of_its_path(
    path: tuple[str | int, ...], line: int, shown: str
) -> None:
    problem = Lines("f.yaml", {(): 1, ("a",): 3, ("a", 0): 4}).problem(path, "is wrong", "mend it")
    assert problem == Problem("f.yaml", line, shown, "is wrong", "mend it")


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        pytest.param(Problem("f", 3, "a.b", "is bad", "mend it"), "f:3: a.b: is bad; mend it", id="all"),
        pytest.param(Problem("f", 0, "", "is bad", "mend it"), "f: is bad; mend it", id="file alone"),
    ],
)
def test_a_problem_reads_as_one_line(problem: Problem, words: str) -> None:
    assert str(problem) == words


SIGNS = [
    "facts",
    "key",
    ":",
    "-",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a",
    "*a",
    "!!int",
    "!!bool",
    "!!float",
    "?",
    "|",
    ">",
    "'",
    '"',
    "#",
    "%",
    "@",
    "1",
    "0x",
    ".",
    "~",
    "null",
    "<<",
    "---",
    "\\",
    " ",
    ": ",
    "- ",
    "\n",
    "\n  ",
]
YAML_BITS = st.lists(st.sampled_from(SIGNS), max_size=25)


@settings(max_examples=200)
@given(
    st.binary(max_size=200) | YAML_BITS.map("".join).map(str.encode),
    st.sampled_from([ContextFile, ArticleFile, SourcesFile]),
)
@example(FACT, ContextFile)
def test_any_bytes_give_a_record_or_problems(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, model: type
) -> None:
    file = written(tmp_path_factory.getbasetemp(), content)
    problems: list[Problem] = []
    record: object = None
    try:
        record, _ = load_record(file, "x.yaml", model)
    except DocumentError as error:
        problems = error.problems
    assert isinstance(record, model) != bool(problems)
    assert all(problem.file == "x.yaml" and problem.what and problem.right for problem in problems)
