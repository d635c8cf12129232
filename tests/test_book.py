"""Hold every page of the book to the rules, and try each rule on pages that break it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import book_rules as rules
import pytest
import yaml
from book_rules import Book, Page
from retold.text import tokens
from retold_report.tables import MIME
from retold_run.execution import find_notebooks, inputs_hash, outputs_key, recorded_key
from retold_run.told import load_notebook, records

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "chapters").rglob("*")
    if path.suffix in (".md", ".ipynb") and ".ipynb_checkpoints" not in path.parts
)
NOTEBOOKS = [path.relative_to(ROOT).as_posix() for path in find_notebooks(ROOT)]
CONTENTS = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))


@cache
def load_page(name: str) -> Page:
    path = ROOT / name
    if path.suffix == ".ipynb":
        return Page(name, load_notebook(path)["cells"])
    return rules.markdown_page(name, path.read_text(encoding="utf-8"))


@cache
def load_book() -> Book:
    told = [record for name in NOTEBOOKS for record in records(load_notebook(ROOT / name))]
    seeds = [path.read_text(encoding="utf-8") for path in (ROOT / "seeds").glob("*.txt")]
    annotations = [_yaml(path) for path in sorted((ROOT / "annotations").glob("[0-9]*.yaml"))]
    heads = [each["article"] for each in annotations]
    probable = {head["outlet"] for head in heads if head["outlet_certainty"] == "probable"}
    sources = _yaml(ROOT / "annotations/sources.yaml")["sources"]
    return Book(
        findings={key.removesuffix(".holds"): value for key, value in told if key.endswith(".holds")},
        labels={label for name in PAGES for label in rules.labels(load_page(name))},
        article_words={word for text in seeds for word in tokens(text)},
        probable_outlets=[source["name"] for source in sources if source["id"] in probable],
    )


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def load_chapters() -> list[Page]:
    files = [
        file
        for part in CONTENTS["parts"]
        if part["caption"] == "Chapters"
        for file in rules.listed_files(part)
    ]
    return [load_page(name) for file in files for name in PAGES if name.rsplit(".", 1)[0] == file]


def refuse(faults: list[str]) -> None:
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


# The book as it is


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("rule", rules.PAGE_RULES, ids=lambda rule: rule.__name__)
def test_every_page_keeps_every_rule(rule: Any, name: str) -> None:
    refuse(rule(load_page(name), load_book()))


def test_key_judgements_are_at_most_nine() -> None:
    refuse(rules.surplus_judgements(map(load_page, PAGES)))


def test_contents_and_pages_agree() -> None:
    refuse(rules.faulty_contents(CONTENTS, PAGES))


def test_main_text_and_chapters_keep_their_length() -> None:
    refuse(rules.too_long(load_page("chapters/index.ipynb"), load_chapters()))


@pytest.mark.parametrize("name", ["chapters/index.ipynb", "chapters/methods.md", "chapters/codebook.md"])
def test_page_says_how_the_book_was_made(name: str) -> None:
    refuse(rules.unsaid_making(load_page(name)))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_committed_outputs_match_the_inputs(name: str) -> None:
    notebook = load_notebook(ROOT / name)
    current = recorded_key(notebook) == outputs_key(notebook, inputs_hash(ROOT))
    refuse([] if current else [f"{name}: its outputs do not match the inputs; run `make accept`"])


SIZES = {
    "retold": 2500,
    "retold_commands": 150,
    "retold_draft": 700,
    "retold_excerpt": 300,
    "retold_export": 700,
    "retold_report": 2000,
    "retold_run": 400,
    "retold_book": 1800,
    "retold_typst": 1000,
}


@pytest.mark.parametrize(("package", "limit"), SIZES.items())
def test_library_stays_small(package: str, limit: int) -> None:
    paths = sorted((ROOT / "lib" / package).rglob("*.py"))
    modules = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    refuse(rules.faulty_layout(modules, limit=limit))


def test_bench_stays_small() -> None:
    modules = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in ROOT.glob("bench/*.py")}
    refuse(rules.faulty_layout(modules, limit=700))


def test_every_package_has_a_limit() -> None:
    assert set(SIZES) == {path.parent.name for path in (ROOT / "lib").glob("*/__init__.py")}


def test_every_module_stands_in_a_layer() -> None:
    modules = [path.relative_to(ROOT / "lib").as_posix() for path in (ROOT / "lib").glob("*/*.py")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = project["tool"]["importlinter"]["contracts"]
    refuse(rules.unlayered(modules, contract["layers"]))


# The rules, each on pages that break it and on pages that keep it

BOOK = Book(
    findings={"nine": True, "ft": True, "gone": False},
    labels={"nine", "ft"},
    article_words={"agreement", "trampling"},
    probable_outlets=["Babel"],
)
SVG = {"image/svg+xml": "<svg/>"}
PROVEN = ":::{judgement} nine\n:proof: ft\n\n"
SURE = "Confidence: high, since the words are quoted.\n:::"


def text(source: str, name: str = "page.md") -> Page:
    return rules.markdown_page(name, source)


def note(*sources: str) -> Page:
    return Page("note.ipynb", [{"cell_type": "markdown", "source": [source]} for source in sources])


def code(source: str = "corpus", *, count: int = 1, data: Any = None, **cell: Any) -> dict[str, Any]:
    output = {"output_type": "execute_result", "data": data or {"text/plain": "nine"}}
    made = {"cell_type": "code", "source": [source], "execution_count": count, "outputs": [output]}
    return {**made, "metadata": {}, **cell}


def cells(*given: Any) -> Page:
    made = [{"cell_type": "markdown", "source": each} if isinstance(each, str) else each for each in given]
    return Page("note.ipynb", made)


def figure(name: str = "fig-nine", caption: str = "Nine sites", alt: str = "Dot matrix") -> Page:
    shown = {"figure": {"name": name, "caption": caption}, "image": {"alt": alt}}
    return cells("Prose.", code(data=SVG, metadata={"mystnb": shown}))


def table(name: str, caption: str) -> Page:
    return cells("Prose.", code(data={MIME: json.dumps({"name": name, "caption": caption})}))


def output(**given: Any) -> Page:
    return cells(code("import retold", outputs=[]), code("corpus", outputs=[given]))


FIGURES = [
    ("The articles name 9 plants.", "'9'"),
    ("In 2024 it began.", "'2024'"),
    ("About 1,200.5 of them", "'1,200.5'"),
    ("Only one article says so.", "'one'"),
    ("Twelve and twenty-one", "'Twelve, twenty, one'"),
    ("Dozens of plants, hundreds of them", "'Dozens, hundreds'"),
    ("Half of the plants", "'Half'"),
    ("a third of the plants", "'a third'"),
    ("Two thirds, or a quarter, or ½", "'Two, thirds, quarter, ½'"),
    ("twice as often, threefold", "'twice, threefold'"),
    ("{evidence}`nine plants <000/nine>`", "'nine'"),
    ("[nine plants](#ft) and {ref}`ten <ft>`", "'nine, ten'"),
    ("{term}`nine`", "'nine'"),
    ("## Nine plants", "'Nine'"),
    ("(gap)=\n## Nine plants", "page.md:2"),
    ("| plants |\n|---|\n| nine |", "page.md:3"),
    ("1. First.\n2. The 2 of them.", "'2'"),
    (":::{note} Nine plants\n:class: ten\nEleven.\n:::", "'Nine'"),
    (":::{note} Plants\n:class: ten\nEleven.\n:::", "page.md:3: typed figure 'Eleven'"),
    ("```{admonition} Plants\nNine.\n```", "'Nine'"),
    (":::{judgement} unknown\n:proof: ft\n\nNine plants.\n:::", "page.md:4"),
    ("<!--\nnine\n-->\nten", "page.md:4: typed figure 'ten'"),
    ("`code` nine `code`", "'nine'"),
    ("the one article", "'one'"),
    ("each one-page article", "'one'"),
    ("this one article", "'one'"),
    ("nine million tonnes", "'nine, million'"),
    ("in three ways", "'three'"),
    ("paragraph 1,004", "'1'"),
]
NO_FIGURES = [
    "{told}`nine:word` plants, {quote}`000/nine`, {fact}`iea-2024`, {cite:p}`newell2018`.",
    "`9` plants, ``two `9` ``, [link](page-2.html), <https://a.org/2>, https://a.org/3, [^1].",
    "```python\nnine = 9\n```",
    "```{article} 000\n```",
    "::::{grid} 1 2 3\n:::{grid-item}\n:columns: 6\n:::\n::::",
    "(chapter-2)=\n# Plants",
    "(nine)=\n## Nine plants",
    PROVEN + "All nine plants.\n\n" + SURE,
    "1. First of all\n2. Second",
    "It takes its source from an earlier one.",
    "A round that need not be the one the others mean.",
    "<!-- nine -->",
    "The first article, a second one, a third reading, often someone's weight.",
    "One scoop, five retellings: the five articles, 000 to 004, and Article 003.",
    "One scoop",
    "Five retellings",
    "Edit annotations/000.yaml and data2/x.csv.",
    "The Group of Seven, STANAG 2511, ICD 203, SHA-256, W3C, Python 3.11–3.13, CC BY 4.0.",
    "Two passes, made apart.",
    "No one names one another.",
    "the one that denies it, a serving one who knows; this one; one and the same",
    "It says what each one counts.",
    "A cell without one is not reported; take one for another.",
    "{told}`tonnes` million tonnes",
    "Severity three: a correction is needed.",
    "Three ways to read: in two minutes, or longer.",
    "The table has one row per article.",
]


@pytest.mark.parametrize(("source", "fault"), FIGURES)
def test_typed_figure_is_found(source: str, fault: str) -> None:
    found = rules.typed_figures(text(source), BOOK)
    assert fault in "\n".join(found), found


@pytest.mark.parametrize("source", NO_FIGURES)
def test_prose_without_typed_figure_passes(source: str) -> None:
    assert rules.typed_figures(text(source), BOOK) == []


@pytest.mark.parametrize("entry", rules.ALLOWED, ids=lambda entry: entry[0])
def test_every_allowance_has_a_reason_and_is_needed(
    entry: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "ALLOWED", [each for each in rules.ALLOWED if each != entry])
    assert entry[1]
    assert any(rules.typed_figures(text(source), BOOK) for source in NO_FIGURES)


def test_allowance_for_a_page_ends_there() -> None:
    words = "Two numbers are two claims; a difference is one variant."
    assert rules.typed_figures(text(words, "chapters/codebook.md"), BOOK) == []
    assert len(rules.find_figures(words, "chapters/methods.md")) == 2
    assert len(rules.find_figures(words, "chapters/how_much.ipynb")) == 3


BAD: list[tuple[Callable[[Page, Book], list[str]], Page, str]] = [
    (rules.typed_quotations, text("They said “talks are early”."), "page.md:1: typed quotation: talks are"),
    (rules.typed_quotations, text('They said "talks are\nearly" twice.'), "talks are early"),
    (rules.typed_quotations, text("A\n\nThe «tacit deal»."), "page.md:3: typed quotation: tacit deal"),
    (rules.typed_quotations, text("They said ‘talks are early’."), "‘talks are early’"),
    (rules.typed_quotations, text("It is called an “agreement”."), "agreement"),
    (rules.typed_quotations, text("> Talks are early."), "> Talks are early."),
    (rules.typed_quotations, text("## The “tacit deal”"), "tacit deal"),
    (rules.typed_quotations, text("{evidence}`an “early talk” <000/a>`"), "early talk"),
    (rules.typed_quotations, figure(caption="The “tacit deal”"), "cell 1, line 1: typed quotation: tacit"),
    (
        rules.unchecked_headings,
        note("# Title\n\n## Nine plants"),
        "cell 0, line 3: “Nine plants” has no label",
    ),
    (rules.unchecked_headings, note("(nine)=\nWords.\n\n## Nine plants"), "has no label"),
    (
        rules.unchecked_headings,
        note("Words.", "(new)=\n### Nine plants"),
        "new.holds, which no notebook tells",
    ),
    (rules.unchecked_headings, note("(gone)=\n## Nine plants"), "gone.holds, which is false"),
    (rules.unchecked_headings, note("## Key judgements"), "has no label directly above"),
    (rules.unchecked_headings, note("(new)=\n## Key judgements hold"), "new.holds"),
    (rules.unchecked_figures, figure(name="nine"), "is named 'nine'"),
    (rules.unchecked_figures, figure(name="fig-new"), "new.holds, which no notebook tells"),
    (rules.unchecked_figures, figure(name="fig-gone"), "gone.holds, which is false"),
    (rules.unchecked_figures, figure(caption=" "), "cell 1: the figure has no caption"),
    (rules.unchecked_figures, figure(alt=""), "cell 1: the image has no alt text"),
    (rules.unchecked_figures, figure(alt="Dots for nine plants"), "types 'nine'"),
    (rules.unchecked_figures, cells(code(data=SVG)), "is named ''"),
    (rules.unchecked_tables, table("plants", "Nine plants"), "table 'plants' has no check"),
    (rules.faulty_images, text("Words.\n\n![](a.svg)"), "page.md:3: the image has no alt text"),
    (rules.faulty_images, text("![Dots](a.svg)"), "no caption"),
    (rules.faulty_images, text("![Nine dots](a.svg)"), "types 'Nine'"),
    (rules.faulty_images, text("```{figure} a.svg\n:alt: Dots\n```"), "page.md:1: the image has no caption"),
    (rules.faulty_images, text(":::{figure} a.svg\nCaption\n:::"), "no alt text"),
    (
        rules.faulty_judgements,
        text(PROVEN.replace("nine", "new") + SURE),
        "new.holds, which no notebook tells",
    ),
    (rules.faulty_judgements, text(PROVEN.replace("nine", "gone") + SURE), "gone.holds, which is false"),
    (rules.faulty_judgements, text(PROVEN.replace("ft", "x") + SURE), ":proof: names 'x', no label"),
    (rules.faulty_judgements, text(":::{judgement} nine\n\n" + SURE), ":proof: names ''"),
    (rules.faulty_judgements, text(PROVEN + "All say so.\n:::"), "page.md:1: judgement 'nine' does not end"),
    (rules.faulty_judgements, text(PROVEN + "Confidence: good.\n:::"), "does not end"),
    (rules.faulty_judgements, text(PROVEN + SURE.replace(":::", "\nAlso.\n:::")), "does not end"),
    (rules.faulty_judgements, text(PROVEN + "It is unlikely.\n\n" + SURE), "likelihood: 'unlikely'"),
    (
        rules.faulty_judgements,
        text(PROVEN + "{evidence}`almost certain <000/a>`\n\n" + SURE),
        "almost certain",
    ),
    (rules.faulty_code, cells(code("a = 1\n" * 13)), "cell 0: 13 lines of code"),
    (rules.faulty_code, cells("x", code("def draw():\n    pass")), "cell 1, line 1: defines 'draw'"),
    (rules.faulty_code, cells(code("class Plant: ...")), "defines 'Plant'"),
    (rules.faulty_code, cells(code("draw = lambda: 1")), "by lambda"),
    (rules.faulty_code, cells(code("plt.show()")), "styles a figure: plt.show()"),
    (rules.faulty_code, cells(code("draw(corpus); ")), "ends in a semicolon: draw(corpus);"),
    (rules.faulty_code, cells(code("%matplotlib inline")), "not plain Python: %matplotlib inline"),
    (rules.faulty_code, cells(code(), code("from retold import text")), "cell 1, line 1: imports text"),
    (rules.faulty_rhythm, cells("a", code("a = 1\n" * 5)), "the median code cell has 5 lines"),
    (rules.faulty_rhythm, cells("a", code(), code(count=2)), "code cells [2] of 2 follow no prose"),
    (
        rules.faulty_rhythm,
        cells("a", code(), code(count=2), code(count=3)),
        "cell 3: the third code cell in a",
    ),
    (rules.faulty_rhythm, cells("a", code(count=2)), "execution counts are [2]"),
    (rules.faulty_rhythm, cells("a", code(count=2), "b", code(count=1)), "execution counts are [2, 1]"),
    (
        rules.faulty_outputs,
        cells(code("import retold", outputs=[]), code("a = 1", outputs=[])),
        "cell 1: has no",
    ),
    (rules.faulty_outputs, cells(code("a = 1", outputs=[])), "cell 0: has no outputs"),
    (
        rules.faulty_outputs,
        output(output_type="error", ename="KeyError", evalue="'x'"),
        "an error: KeyError: 'x'",
    ),
    (rules.faulty_outputs, output(output_type="stream", name="stderr", text=["Careful"]), "stderr: Careful"),
    (rules.faulty_outputs, cells(code(data={"image/png": "iVBO"})), "cell 0: stores image/png"),
    (rules.faulty_outputs, cells(code(data={"text/plain": ["see ", "/home/ada/x"]})), "holds '/home/ada'"),
    (rules.faulty_outputs, cells(code('load("/work/book")')), "holds '/work/book'"),
    (rules.faulty_outputs, note(r"Open C:\Users first."), r"cell 0: holds 'C:\\Users'"),
    (rules.faulty_outputs, cells(code(data={"text/plain": "<Plot at 0x7f3a2b>"})), "holds '0x7f3a2b'"),
    (
        rules.unknown_tags,
        cells(code(metadata={"tags": ["hide-input", "raises-exception"]})),
        "'raises-exception'",
    ),
    (
        rules.several_sentences,
        text("A talk is held. It is early."),
        "page.md:1: a second sentence: It is early.",
    ),
    (rules.several_sentences, text("So it goes. {told}`nine:Word` plants burn."), "a second sentence"),
    (rules.several_sentences, text("Who says so? “Nobody” does."), "a second sentence"),
    (rules.several_sentences, text(":::{note}\nIt is early. Talks go on.\n:::"), "page.md:2"),
    (rules.refused_wording, text("It was fabricated."), "do not write 'fabricated'"),
    (rules.refused_wording, text("Its examples are invented."), "'invented'"),
    (rules.refused_wording, text("The plagiarised line."), "'plagiarised'"),
    (rules.refused_wording, text("Here the FT said so."), "'the FT said'"),
    (rules.refused_wording, text("The FT says so."), "'The FT says'"),
    (rules.refused_wording, cells(code('title = "An invented quote"')), "cell 0: do not write 'invented'"),
    (rules.refused_wording, figure(caption="What the FT said"), "'the FT said'"),
    (rules.named_outlets, text("Article 003, by Babel, says so."), "page.md: names 'Babel'"),
    (rules.named_outlets, cells(code(data={"text/plain": ["outlet: ", "Babel"]})), "cell 0: names 'Babel'"),
]
GOOD = [
    (
        rules.typed_quotations,
        text("{quote}`000/a`, `“two words”`, “source”, the articles' words and sides'."),
    ),
    (rules.unchecked_headings, note("(top)=\n# Title", "(nine)=\n\n## Nine plants", "```\n## comment\n```")),
    (rules.unchecked_headings, text("## An appendix needs no check")),
    (rules.unchecked_headings, note("(key-judgements)=\n## Key judgements")),
    (rules.unchecked_figures, figure()),
    (rules.unchecked_tables, table("nine", "Nine plants")),
    (rules.unchecked_tables, table("plants", "Plants by article")),
    (rules.faulty_images, text(":::{figure} a.svg\n:alt: Dots\n\nPlants\n:::")),
    (rules.faulty_judgements, text(PROVEN + "It is so, {quote}`000/unlikely`.\n\n**Confidence**: low.\n:::")),
    (
        rules.faulty_code,
        cells(code("import retold\nfrom retold import text"), code("a = sorted(a, key=lambda b: -b)")),
    ),
    (rules.faulty_rhythm, cells("a", code("a = 1\n" * 4), "b", code(count=2))),
    (rules.faulty_rhythm, cells("No code at all.")),
    (
        rules.faulty_outputs,
        cells(code("import retold", outputs=[]), code(), "https://a.org/home/x and lib/tmp/"),
    ),
    (rules.unknown_tags, cells("a", code(metadata={"tags": sorted(rules.ALLOWED_TAGS)}))),
    (
        rules.several_sentences,
        text("The U.S. Army, e.g. S. Vakulenko, cf. Reuters.\nA second line. and more"),
    ),
    (rules.several_sentences, text("- An item. It goes on.\n1. Number. So too.\n\n| a. B. | Is it? Yes |")),
    (
        rules.refused_wording,
        text("000 says the FT said so, and 001 says that the FT says so; {quote}`000/a`."),
    ),
    (rules.refused_wording, text("The examples are invented: a ferry.", "chapters/codebook.md")),
    (rules.named_outlets, text("Probably Babel.", "chapters/sources.md")),
    (rules.named_outlets, text("Babeluga is another word.")),
]


@pytest.mark.parametrize(("rule", "page", "fault"), BAD)
def test_rule_finds_the_fault(rule: Any, page: Page, fault: str) -> None:
    found = rule(page, BOOK)
    assert fault in "\n".join(found), found


@pytest.mark.parametrize(("rule", "page"), GOOD)
def test_rule_lets_the_page_pass(rule: Any, page: Page) -> None:
    assert rule(page, BOOK) == []


def test_every_rule_is_tried_on_a_bad_and_on_a_good_page() -> None:
    tried = {rules.typed_figures}
    assert {rule for rule, _, _ in BAD} | tried == set(rules.PAGE_RULES)
    assert {rule for rule, _ in GOOD} | tried == set(rules.PAGE_RULES)


def test_tenth_judgement_is_refused() -> None:
    page = text((PROVEN + SURE + "\n\n") * 5)
    assert rules.surplus_judgements([page]) == []
    assert rules.surplus_judgements([page, page])[0].startswith("10 key judgements")


@pytest.mark.parametrize(
    ("files", "faults"),
    [
        (["chapters/index.ipynb", "chapters/a.md"], []),
        (["chapters/index.ipynb"], ["_toc.yml: chapters/a is listed, but there is no such file"]),
        (["chapters/index.md", "chapters/a.md", "chapters/b.md"], ["chapters/b: is not in _toc.yml"]),
    ],
)
def test_contents_and_files_must_agree(files: list[str], faults: list[str]) -> None:
    contents = {
        "root": "chapters/index",
        "parts": [{"caption": "Chapters", "chapters": [{"file": "chapters/a"}]}],
    }
    assert rules.faulty_contents(contents, files) == faults


@pytest.mark.parametrize(
    ("opening", "chapter", "fault"),
    [
        (text("word " * 1801), text("word " * 1800), ""),
        (text(""), text("word " * 1799 + "{told}`nine` {quote}`000/a`"), "page.md: 1801 words"),
        (text(""), Page("note.ipynb", [*figure().cells] * 6), "note.ipynb: 6 figures"),
        (text("word " * 7200), text("word " * 1801), "the main text has 9001 words"),
    ],
)
def test_length_is_limited(opening: Page, chapter: Page, fault: str) -> None:
    found = rules.too_long(opening, [chapter])
    assert fault in "\n".join(found), found
    assert bool(found) == bool(fault)


MADE = """
Both annotation passes and their adjudication were made by language models, not people.
Agreement between the passes measures repeatability, not validity.
No human coder has checked them.
"""


@pytest.mark.parametrize("pattern", rules.MAKING.values())
def test_page_must_say_how_it_was_made(pattern: str) -> None:
    assert rules.unsaid_making(text(MADE)) == []
    told = [line for line in MADE.split("\n") if not re.search(pattern, line, re.IGNORECASE)]
    assert len(rules.unsaid_making(text("\n".join(told)))) == 1


LONG = "def draw():\n" + "    a = 1\n" * 30


@pytest.mark.parametrize(
    ("module", "fault"),
    [
        ("a = 1\n" * 250, ""),
        ("def draw():\n    '''Tell.\n\n    More.\n    '''\n" + "    a = 1\n" * 29, ""),
        ("a = 1\n" * 251, "m.py: 251 lines; at most 250"),
        (LONG, "m.py:1: draw has 31 lines"),
        ("class A:\n" + "\n".join("    " + line for line in LONG.splitlines()), "m.py:2: draw has 31 lines"),
    ],
)
def test_module_and_function_stay_short(module: str, fault: str) -> None:
    found = rules.faulty_layout({"m.py": module}, limit=300)
    assert fault in "\n".join(found), found
    assert bool(found) == bool(fault)


@pytest.mark.parametrize(
    ("layers", "faults"),
    [
        (["a", "b"], []),
        (["a", "b.x | b.__main__", "b.y"], []),
        (["a.z", "b.x", "b.y"], ["b.__main__"]),
        (["b"], ["a.z"]),
        (["a", "b.x", "b.yy"], ["b.__main__", "b.y"]),
    ],
)
def test_module_without_layer_is_found(layers: list[str], faults: list[str]) -> None:
    modules = ["a/__init__.py", "a/z.py", "b/__main__.py", "b/x.py", "b/y.py"]
    assert rules.unlayered(modules, layers) == [f"{each}: stands in no layer" for each in faults]


def test_package_stays_small() -> None:
    told = '"""Tell.\n\nMore.\n"""\n\n# why\n'
    modules = {"lib/a.py": told + "a = 1\n" * 3, "lib/b.py": "b = 1\n\n" * 3}
    assert rules.faulty_layout(modules, limit=6) == []
    assert rules.faulty_layout(modules, limit=5) == ["lib: 6 lines; at most 5"]
