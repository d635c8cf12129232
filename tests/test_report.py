"""Report on two stories that have nothing in common: whole pages, inert words, and no trace of either."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from conftest import A101, CLAIMS, CONTEXT, FILES, ISSUES, SOURCES, change, write_story
from lxml import etree, html
from retold import Corpus, load_corpus
from retold.positions import accounts
from retold.voices import source_groups
from retold_draft.adding import add_article
from retold_draft.skeleton import write_skeleton
from retold_export.export import export
from retold_report.report import write_report
from retold_report.standard import citation_table, roots_table
from retold_report.tables import locator

ROOT = Path(__file__).parents[1]
JUDGEMENTS = """\
rungs: [{id: denied, label: Denied}, {id: rumoured, label: Rumoured}, {id: settled, label: Settled}]
steps:
  - {id: heading, article: "101", place: heading, rung: settled, words: Ferries to stop at night}
  - {id: pier, article: "102", place: denial, rung: denied, words: it had closed the pier}
  - {id: may, article: "103", place: lede, rung: rumoured, words: Night boats may stop this winter}
questions:
  - {id: who, question: Who spoke?, settled_by: the paper, bearing: his side, claims: [no-sailing]}
inferences:
  - {claim: crews, article: "103", act: a report, licensed: that some do, not_licensed: that all do}
"""
FIGURES = {"cited", "conditions", "flow", "hedges", "steps", "timeline", "voices"}
SECTIONS = [
    "Who says so", "How much", "Who wants what", "How the articles differ", "What happened when",
    "What was concluded", "What is contested", "Passages", "Data",
]  # fmt: skip


def write_judged(root: Path) -> Path:
    write_story(root)
    (root / "annotations/judgements.yaml").write_text(JUDGEMENTS, encoding="utf-8")
    return root


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def figures(corpus: Corpus) -> set[str]:
    return FIGURES | {f"stances-{account.issue}" for account in accounts(corpus)}


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def page(folder: Path) -> Any:
    text = (folder / "report.html").read_text(encoding="utf-8")
    return html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8"))


def cells(report: Any, table: str) -> list[list[str]]:
    """Return the words of a table, row by row; an opened cell gives its summary alone."""
    [body] = report.xpath(f"//table[@id='table-{table}']/tbody")
    for link in body.xpath(".//details/a"):
        link.drop_tree()
    return [[words(cell) for cell in row] for row in body]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return load_corpus(write_judged(tmp_path_factory.mktemp("judged")))


@pytest.fixture(scope="module", params=["invented", "five"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Corpus, Path]:
    """Return a story and its report."""
    corpus = load_corpus(ROOT) if request.param == "five" else request.getfixturevalue("judged")
    out = tmp_path_factory.mktemp("out") / "report"
    write_report(corpus, out)
    return corpus, out


@pytest.fixture(scope="module")
def ferry(judged: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of the invented story; nothing may change it."""
    out = tmp_path_factory.mktemp("ferry") / "report"
    write_report(judged, out)
    return out


# The page


def test_a_report_has_every_part_every_figure_and_the_export(
    written: tuple[Corpus, Path], tmp_path: Path
) -> None:
    corpus, out = written
    data = export(corpus, tmp_path / "data")
    wanted = {
        "report.html",
        *(f"figures/{name}.svg" for name in figures(corpus)),
        *(f"data/{name}" for name in data),
    }
    assert contents(out).keys() == wanted
    assert {f"data/{name}": text for name, text in contents(tmp_path / "data").items()}.items() <= (
        contents(out).items()
    )
    assert [words(each) for each in page(out).xpath("//h2")] == SECTIONS


def test_every_table_has_a_caption_and_a_header_for_every_cell(written: tuple[Corpus, Path]) -> None:
    tables = page(written[1]).xpath("//table")
    assert len(tables) > 15
    for table in tables:
        assert len([each for each in table.xpath("./caption") if words(each)]) == 1
        headers = table.xpath("./thead/tr/th[@scope='col']")
        assert all(map(words, headers))
        assert {len(row) for row in table.xpath("./tbody/tr")} == {len(headers)}


def test_every_link_and_every_image_leads_somewhere(written: tuple[Corpus, Path]) -> None:
    corpus, out = written
    report = page(out)
    ids = report.xpath("//@id")
    assert len(set(ids)) == len(ids)
    files = contents(out)
    for href in report.xpath("//a/@href"):
        found = href[1:] in ids if href.startswith("#") else href in files or href.startswith("http")
        assert found, href
    assert set(report.xpath("//img/@src")) == {f"figures/{name}.svg" for name in figures(corpus)}
    assert all(len(alt) > 40 for alt in report.xpath("//img/@alt"))
    for name in figures(corpus):
        assert etree.parse(out / f"figures/{name}.svg").getroot().tag.endswith("}svg")


def test_a_page_says_its_language_and_asks_for_nothing_from_elsewhere(written: tuple[Corpus, Path]) -> None:
    report = page(written[1])
    assert report.xpath("//html/@lang") == ["en"]
    title, _, articles = words(report.xpath("//title")[0]).partition(": ")
    assert title == words(report.xpath("//h1")[0])
    assert articles == ", ".join(written[0].articles)
    assert report.xpath("//script | //link | //iframe | //@onclick | //@onerror") == []
    assert not re.search(r"url\(|@import", words(report.xpath("//style")[0]))


def test_every_passage_stands_verbatim_with_place_and_chain(written: tuple[Corpus, Path]) -> None:
    corpus, out = written
    entries = {unquote(each.get("id")): each for each in page(out).xpath("//section[@id='passages']//li")}
    assert entries.keys() == {*corpus.passages, *(f"fact/{key}" for key in corpus.facts)}
    for passage in corpus.passages:
        [quoted] = entries[passage].xpath("./blockquote")
        assert quoted.text_content() == corpus.words(passage)
        assert words(entries[passage].xpath("./p")[0]) == " ".join(
            f"{locator(corpus, passage)} {passage}".split()
        )


def test_a_page_says_of_which_articles_it_is_and_whose_their_words_are(ferry: Path) -> None:
    *_, whose = page(ferry).xpath("//header/p")
    assert words(whose).startswith("Articles: 101, Ferries to stop at night, Gazette reports; 102, Union and")
    assert words(whose).endswith("remain their publishers'; together they are nearly all of each article.")


def test_passages_stand_in_the_order_of_the_text(written: tuple[Corpus, Path]) -> None:
    corpus, folder = written
    for group in page(folder).xpath("//section[@id='passages']/ul[preceding-sibling::h3]"):
        names = [words(item.find(".//small")) for item in group if item.find(".//small") is not None]
        starts = [corpus.passages[name].spans[0].start for name in names]
        assert starts == sorted(starts)


def test_passages_stand_under_the_title_that_their_article_prints(ferry: Path) -> None:
    heads = [
        " ".join(head.text_content().split()) for head in page(ferry).xpath("//section[@id='passages']/h3")
    ]
    assert heads[0] == "101: Ferries to stop at night, Gazette reports"


def test_tables_say_what_the_library_says(judged: Corpus, ferry: Path) -> None:
    cited = [source for group in source_groups(judged).values() for source in group]
    citations = citation_table(judged, "citations", "any", cited)
    for made in (citations, roots_table(judged, "roots", "any", judged.claims)):
        wanted = [["; ".join(part.text for part in parts) for parts in row] for row in made.rows]
        shown = cells(page(ferry), made.name)
        assert shown == [[" ".join(cell.split()) for cell in row] for row in wanted]
        assert len(shown) > 3


@pytest.mark.parametrize(
    ("table", "row", "column", "evidence"),
    [
        pytest.param("citations", 4, 1, ["101/gazette", "101/gazette-dusk"], id="several"),
        pytest.param("steps", 0, 1, ["101/step.heading"], id="one"),
        pytest.param("facts", 0, 3, ["fact/tide-table"], id="outside fact"),
        pytest.param("citations", 0, 0, [], id="none"),
    ],
)
def test_a_cell_leads_to_all_that_it_rests_on(
    judged: Corpus, ferry: Path, table: str, row: int, column: int, evidence: list[str]
) -> None:
    [body] = page(ferry).xpath(f"//table[@id='table-{table}']/tbody")
    assert body[row][column].xpath(".//a/@href") == [f"#{each}" for each in evidence]


def test_words_that_differ_are_marked(ferry: Path) -> None:
    marked = page(ferry).xpath("//table[@id='table-quotations']//strong")
    assert [words(each) for each in marked] == [
        "No boat will sail after dusk", "No boat will sail after dark", "Nobody sails in the dark",
    ]  # fmt: skip


def test_what_is_empty_says_so(ferry: Path) -> None:
    sentences = {
        words(each.getparent().xpath("./h2")[0]): words(each)
        for each in page(ferry).xpath("//section/p[starts-with(., 'Nothing')]")
    }
    start = "Nothing to show in the articles as annotated so far: "
    assert (
        sentences["How the articles differ"]
        == f"{start}Differences of severity 1; Claims as they can be printed."
    )
    assert sentences["Who wants what"].startswith(f"{start}Positions of The pilots' union, and according")
    assert sentences["Who wants what"].endswith("; Conditions that face each other.")
    assert words(page(ferry)).count(start) == len(sentences)


LONE = "A comparison needs two articles or more; what compares articles is left out."
COMPARING = {
    "Differences by kind and severity", "The longest strings of words that articles share",
    "What articles quote for the same claim", 
    "What articles share, and whether it relates them", "Quantities of the same claim, in pairs",
    "Quantities, with what other articles have in their place", "Differences of severity 3",
}  # fmt: skip


CARRIED = "Claims that at least two others carry too, by article"


@pytest.mark.parametrize(("articles", "comparing"), [(1, set()), (2, COMPARING), (3, COMPARING | {CARRIED})])
def test_a_report_of_one_article_compares_nothing_and_says_why(
    tmp_path: Path, articles: int, comparing: set[str]
) -> None:
    write_skeleton(tmp_path / "new")
    for number in range(articles):
        text = tmp_path / f"{number}.txt"
        text.write_text(f"The Gazette said that {number + 2} boats sank.\n", encoding="utf-8")
        add_article(text, tmp_path / "new")
    write_report(load_corpus(tmp_path / "new"), tmp_path / "out")
    shown = words(page(tmp_path / "out"))
    assert {each for each in (*COMPARING, CARRIED) if each in shown} == comparing
    assert shown.count(LONE) == (not comparing)
    assert cells(page(tmp_path / "out"), "quantities")[0][0] == "2"


CONDITION = "    condition:\n      act: drop the demand\n      by: union\n      object: talks\n"
POSITIONS = FILES[A101][FILES[A101].index("positions:") : FILES[A101].index("events:")]
LONG = "SocietyForTheCareOfBoats" * 9
LEFT_OUT = [
    pytest.param(
        (A101, CONDITION, ""), {"conditions"}, "Who waits for whom: not drawn (a graph", id="no condition"
    ),
    pytest.param(
        (A101, POSITIONS, ""),
        {"conditions", "stances-rehiring"},
        "Rehiring pilots: who is said to want what: not drawn (a matrix needs at least one row",
        id="no position",
    ),
    pytest.param(
        (SOURCES, "name: Anna Berg", f"name: {LONG}"),
        {"cited", "flow"},
        "Who is cited where: not drawn (labels too long",
        id="a source with a name too long",
    ),
    pytest.param(
        (ISSUES, "label: Brightwater", f"label: {LONG}"),
        {"conditions", "stances-rehiring"},
        "Who waits for whom: not drawn (names too long",
        id="an actor with a name too long",
    ),
]


@pytest.mark.parametrize(("changed_words", "missing", "sentence"), LEFT_OUT)
def test_a_figure_with_nothing_to_show_or_no_room_is_left_out_with_a_sentence(
    story: Path, tmp_path: Path, changed_words: tuple[str, str, str], missing: set[str], sentence: str
) -> None:
    change(story, *changed_words)
    names = write_report(load_corpus(story), tmp_path / "out")
    drawn = {f"figures/{name}.svg" for name in (FIGURES | {"stances-rehiring"}) - missing - {"steps"}}
    assert {name for name in names if name.startswith("figures/")} == drawn
    report = page(tmp_path / "out")
    assert set(report.xpath("//img/@src")) == drawn
    assert sentence in words(report)
    assert "How far matters are said to have come: not drawn (a ladder needs at least one step)" in words(
        report
    )


def test_a_date_from_outside_widens_the_timeline(ferry: Path, story: Path, tmp_path: Path) -> None:
    entry = "{id: damage, label: Boats are damaged"
    change(story, CLAIMS, entry, f"{entry}, outside: [{{fact: tide-table, date: '2019-05'}}]")
    names = write_report(load_corpus(story), tmp_path / "out")
    assert "figures/timeline.svg" in names
    assert "2019" not in (ferry / "figures/timeline.svg").read_text(encoding="utf-8")
    assert "2019" in (tmp_path / "out/figures/timeline.svg").read_text(encoding="utf-8")


HOSTILE = [
    (SOURCES, "name: Anna Berg", 'name: "<script>alert(1)</script>{{ 7 * 7 }}"'),
    (ISSUES, "label: Brightwater,", 'label: "\\"><img src=x onerror=alert(1)>",'),
    (ISSUES, "label: Talks", 'label: "\'><svg onload=alert(1)>"'),
    (CLAIMS, "statement: Nine boats were damaged.", 'statement: "</table></section><b>{% raise %}"'),
    (CONTEXT, "url: https://example.org/tides", 'url: "javascript:alert(1)"'),
    (CONTEXT, '"5 & not 6"', '"<a href=\\"file:///etc\\">"'),
]


def test_words_of_the_corpus_stay_words(story: Path, tmp_path: Path) -> None:
    for each in HOSTILE:
        change(story, *each)
    write_report(load_corpus(story), tmp_path / "out")
    report = page(tmp_path / "out")
    assert report.xpath("//script | //svg | //b | //@onerror | //@onload") == []
    assert {re.sub(r"#.*|data/.*", "", href) for href in report.xpath("//a/@href")} == {""}
    assert all(src.startswith("figures/") for src in report.xpath("//img/@src"))
    text = report.text_content()
    for inert in ("<script>alert(1)</script>{{ 7 * 7 }}", '"><img src=x onerror=alert(1)>', "{% raise %}"):
        assert inert in text


# Whole or not at all


def test_another_process_in_another_zone_writes_the_same_bytes(
    judged: Corpus, ferry: Path, tmp_path: Path
) -> None:
    program = "import sys; from retold import load_corpus; from retold_report.report import write_report\n"
    program += "write_report(load_corpus(sys.argv[1]), sys.argv[2])"
    settings = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    command = [sys.executable, "-c", program, str(judged.root), str(tmp_path / "out")]
    done = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(tmp_path / "out") == contents(ferry)


def test_an_earlier_report_is_replaced_whole(judged: Corpus, ferry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(ferry, out)
    (out / "data/claims.csv").write_text("old", encoding="utf-8")
    text = (out / "report.html").read_text(encoding="utf-8")
    (out / "report.html").write_text(text.replace("figures/flow.svg", "figures/gone.svg"), encoding="utf-8")
    (out / "figures/flow.svg").rename(out / "figures/gone.svg")
    assert write_report(judged, str(out)) == sorted(contents(ferry))
    assert contents(out) == contents(ferry)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_is_filled_and_folders_above_are_made(
    judged: Corpus, ferry: Path, tmp_path: Path
) -> None:
    (tmp_path / "a/empty").mkdir(parents=True)
    for out in (tmp_path / "a/empty", tmp_path / "b/new"):
        write_report(judged, out)
        assert contents(out) == contents(ferry)


OTHERS = [
    pytest.param({"notes.txt": "mine"}, id="other files"),
    pytest.param({"report.html": "<p>mine</p>"}, id="another page"),
    pytest.param({"report.html": 'content="retold report"', "notes.txt": "mine"}, id="a note beside"),
    pytest.param({"report.html": 'content="retold report"', "data/tides.csv": "mine"}, id="data beside"),
]


@pytest.mark.parametrize("files", OTHERS)
def test_what_is_no_earlier_report_is_left_alone(
    judged: Corpus, tmp_path: Path, files: Mapping[str, str]
) -> None:
    out = tmp_path / "out"
    for name, text in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    with pytest.raises(FileExistsError, match="name a new folder"):
        write_report(judged, out)
    assert contents(out) == {name: text.encode() for name, text in files.items()}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_in_the_way_is_left_alone(judged: Corpus, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_report(judged, tmp_path / "out")
    assert contents(tmp_path) == {"out": b"mine"}


@pytest.mark.parametrize(
    "step", ["report.export", "judged.question_table", "report._draw", "report.Path.rename"]
)
def test_a_report_that_fails_leaves_what_was_there(
    judged: Corpus, ferry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    shutil.copytree(ferry, tmp_path / "out")

    def fail(*_: Any, **__: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(f"retold_report.{step}", fail)
    with pytest.raises(OSError, match="disk full"):
        write_report(judged, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(ferry)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_report_that_is_killed_leaves_what_was_there(judged: Corpus, ferry: Path, tmp_path: Path) -> None:
    shutil.copytree(ferry, tmp_path / "out")
    program = (
        "import os, sys\n"
        "from retold import load_corpus\n"
        "from retold_report import judged, report\n"
        "judged.question_table = lambda *_: os.kill(os.getpid(), 9)\n"
        "report.write_report(load_corpus(sys.argv[1]), sys.argv[2])"
    )
    done = subprocess.run([sys.executable, "-c", program, judged.root, tmp_path / "out"], capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert contents(tmp_path / "out") == contents(ferry)
    write_report(judged, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


# The library and the story of the five articles

WORD = re.compile(r"[^\W\d_]+")
ENGLISH: Mapping[str, str] = {
    "a month or a day": "February March June August October Tuesday",
    "opens a sentence": "Currently Going However Meanwhile Subsequently Today While Support I Format",
    "stands in names, and for itself": "Center Centre Financial House Ministry Photo Post Times White",
    "a letter": "S U X",
}
"""Capitalised words of the articles and registers that are general English, by why."""


def story_words(corpus: Corpus) -> set[str]:
    """Return what names a story's own things: words in lower case, names of several words, compound ids."""
    registers = (corpus.sources, corpus.actors, corpus.issues, corpus.objects, corpus.events, corpus.claims)
    entries = [entry for register in registers for entry in register.values()]
    labels = [getattr(each, "name", "") or getattr(each, "label", "") for each in entries]
    told = WORD.findall("\n".join([*(article.text for article in corpus.articles.values()), *labels]))
    lower = {word for word in told if word[0].islower()}
    lower |= {word for words in ENGLISH.values() for word in words.lower().split()}
    named = {word.lower() for word in told if word[0].isupper()} - lower
    several = {label.removeprefix("The ") for label in labels if label.istitle() and " " in label}
    ids = {*(each.id for each in entries), *corpus.facts}
    return named | several | {each for each in ids if "-" in each}


def find_named(text: str, story: set[str]) -> set[str]:
    """Return what of a story stands in a text: words in any case and however joined, names and ids."""
    compounds = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", text)
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    several = {each for each in story if " " in each and each in text}
    return several | story & {*compounds, *(word.lower() for word in WORD.findall(spaced))}


LIBRARY = [
    path.relative_to(ROOT).as_posix()
    for path in sorted((ROOT / "lib").rglob("*"))
    if path.is_file() and "__pycache__" not in path.parts and not path.parent.name.endswith(".egg-info")
]


@pytest.fixture(scope="module")
def own() -> set[str]:
    return story_words(load_corpus(ROOT))


@pytest.mark.parametrize("name", LIBRARY)
def test_the_library_names_nothing_of_this_story(own: set[str], name: str) -> None:
    assert find_named((ROOT / name).read_text(encoding="utf-8"), own) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param('"""Follow what the Gazette writes."""', {"gazette"}, id="a name in a docstring"),
        pytest.param("``outlet > Harbour Post``", {"harbour", "Harbour Post"}, id="a name of two words"),
        pytest.param("if side == 'brightwater':", {"brightwater"}, id="a name in code"),
        pytest.param("EskholmPanel, at_eskholm, ESKHOLM_WORDS", {"eskholm"}, id="a name in names"),
        pytest.param("claims['boats-damaged']", {"boats-damaged"}, id="an id of a claim"),
        pytest.param("``fact/tide-table``", {"tide", "tide-table"}, id="an id of a fact"),
        pytest.param("Photo: two pilots, talks on the pier; almost-half", set(), id="general words"),
    ],
)
def test_what_names_a_story_is_found(judged: Corpus, text: str, found: set[str]) -> None:
    assert find_named(text, story_words(judged)) == found
