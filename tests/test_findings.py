"""Find what must stop a build, and the sentence that a failed finding stands in."""

from __future__ import annotations

from typing import Any

import pytest
from retold_run.findings import find_faults, stated_sentence
from test_execution import Notebook, book, code, prose, stored

ERROR = {"output_type": "error", "ename": "KeyError", "evalue": "'k'", "traceback": []}
WARNING = {"output_type": "stream", "name": "stderr", "text": ["Careful", "!\n"]}
WORDS = {"output_type": "stream", "name": "stdout", "text": "fine"}
FALSE = stored("one-root.holds", False)


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        pytest.param([], [], id="no cells"),
        pytest.param([prose("a"), code("a", WORDS, stored("one-root.holds", True))], [], id="all is well"),
        pytest.param([prose("a"), code("a", WORDS, ERROR)], ["b, cell 1: KeyError: 'k'"], id="error"),
        pytest.param([code("a", WARNING)], ["b, cell 0: writes to stderr: Careful!"], id="words on stderr"),
        pytest.param(
            [prose("(one-root)=\n# One root"), code("a", FALSE)],
            ["b: “One root” no longer holds (check 'one-root')"],
            id="finding",
        ),
        pytest.param(
            [code("a", FALSE)],
            ["b: “the finding one-root” no longer holds (check 'one-root')"],
            id="finding that no page states",
        ),
        pytest.param([code("a", stored("holds", False))], [], id="a value called holds"),
        pytest.param(
            [code("a", ERROR), code("a", WARNING), code("a", FALSE)],
            ["b, cell 0: ", "b, cell 1: ", "b: “the finding"],
            id="every fault",
        ),
    ],
)
def test_find_faults(cells: list[Notebook], lines: list[str]) -> None:
    found = find_faults("b", book(*cells))
    assert len(found) == len(lines)
    assert all(each.startswith(line) for each, line in zip(found, lines, strict=True))


def test_a_finding_is_given_in_the_words_of_the_chapter_that_states_it() -> None:
    others = [book(prose("# Other")), book(prose("(one-root)=\n# One root"))]
    [line] = find_faults("b", book(code("a", FALSE)), others)
    assert line == "b: “One root” no longer holds (check 'one-root')"


def test_a_finding_is_given_in_the_words_of_its_own_chapter_first() -> None:
    own = book(prose("(one-root)=\n# Mine"), code("a", FALSE))
    [line] = find_faults("b", own, [book(prose("(one-root)=\n# Other"))])
    assert line.startswith("b: “Mine”")


def test_words_on_stderr_are_cut() -> None:
    long = {**WARNING, "text": "x" * 9999}
    [line] = find_faults("b", book(code("a", long)))
    assert line == "b, cell 0: writes to stderr: " + "x" * 300


FIGURE = {"mystnb": {"figure": {"name": "fig-one-root", "caption": "One\n root."}}}
JUDGEMENT = ":::{judgement} one-root\n:proof: roots\n\nOne root, no more.\n\nConfidence: high.\n:::"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        pytest.param([prose("(one-root)=\n## One root")], "One root", id="heading"),
        pytest.param(
            [prose(["(one-root)=\n", "\n", "# One root\n"])], "One root", id="in lines, blank between"
        ),
        pytest.param([prose("Words."), prose("(one-root)=\n# One root")], "One root", id="second cell"),
        pytest.param([code("a", metadata=FIGURE)], "One root.", id="caption"),
        pytest.param([prose(JUDGEMENT)], "One root, no more.", id="judgement"),
        pytest.param([prose("(one-root-more)=\n# Other")], "", id="longer label"),
        pytest.param([prose(JUDGEMENT.replace("one-root", "one-root-more"))], "", id="longer check"),
        pytest.param([prose("(one-root)=\nWords.")], "", id="no heading"),
        pytest.param([code("(one-root)=\n# Other")], "", id="code"),
        pytest.param([], "", id="not here"),
    ],
)
def test_stated_sentence(cells: list[Notebook], sentence: str) -> None:
    assert stated_sentence("one-root", book(*cells)) == sentence


def test_a_label_is_no_pattern() -> None:
    assert stated_sentence("one.root", book(prose("(oneXroot)=\n# Other"))) == ""


def test_every_fault_of_a_cell_is_found() -> None:
    found = find_faults("b", book(prose("a"), code("a", WARNING, WORDS, ERROR)))
    assert found == ["b, cell 1: writes to stderr: Careful!", "b, cell 1: KeyError: 'k'"]


@pytest.mark.parametrize("value", [True, False, 0, 1], ids=repr)
def test_a_finding_fails_where_its_check_is_not_true(value: Any) -> None:
    found = list(find_faults("b", book(code("a", stored("one-root.holds", value)))))
    assert len(found) == (0 if value else 1)


def test_a_sentence_is_sought_in_every_notebook_for_its_own_check() -> None:
    others = [book(prose("(one-root)=\n# One")), book(prose("(two-roots)=\n# Two"))]
    failed = book(code("a", stored("two-roots.holds", False), stored("one-root.holds", False)))
    assert find_faults("b", failed, others) == [
        "b: “Two” no longer holds (check 'two-roots')",
        "b: “One” no longer holds (check 'one-root')",
    ]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        pytest.param(JUDGEMENT, "One root, no more.", id="colons"),
        pytest.param(JUDGEMENT.replace(":::", "::::"), "One root, no more.", id="four colons"),
        pytest.param(JUDGEMENT.replace(":::", "```"), "One root, no more.", id="backticks"),
        pytest.param(JUDGEMENT.replace(":proof: roots\n", ""), "One root, no more.", id="no option"),
        pytest.param(f"# Top\n\n{JUDGEMENT}", "One root, no more.", id="below other words"),
    ],
)
def test_a_judgement_is_found_however_it_is_fenced(source: str, sentence: str) -> None:
    assert stated_sentence("one-root", book(prose(source))) == sentence
