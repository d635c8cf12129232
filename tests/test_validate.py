"""Check stories: each mutation of a clean one gives its problem, in its place, with its remedy."""

from __future__ import annotations

import shutil
import string
from pathlib import Path

import pytest
from conftest import (
    A101,
    A102,
    A103,
    CLAIMS,
    ISSUES,
    SEED_101,
    SEED_102,
    SOURCES,
    change,
    line_of,
    write_story,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from retold import Problem, find_problems
from retold.model import Event


def only_problem(found: list[Problem], what: str, others: tuple[str, ...]) -> Problem:
    rest = [problem for problem in found if what not in problem.what]
    assert len(found) - len(rest) == 1, [str(problem) for problem in found]
    assert len(rest) == len(others), [str(problem) for problem in rest]
    assert all(any(other in problem.what for problem in rest) for other in others)
    return next(problem for problem in found if what in problem.what)


def test_the_story_has_no_problems(story: Path) -> None:
    assert find_problems(story) == []
    assert find_problems(str(story)) == []


GHOST = "  - {id: ghost, name: G, kind: person, side: third, named: true}\n"
DESCRIBED = ("describes 'former-pilot'",)
UNKNOWN = [
    pytest.param(
        *(A101, "outlet: harbour-post", "outlet: harbor-post"),
        *(
            "outlet: harbor-post",
            "'harbor-post' is not registered",
            "did you mean 'harbour-post'?",
            (),
        ),
        id="outlet",
    ),
    pytest.param(
        *(A101, "source: anna-berg", "source: ana-berg"),
        *("source: ana-berg", "'ana-berg' is not registered", "did you mean 'anna-berg'?", ()),
        id="source",
    ),
    pytest.param(
        *(A101, "source: anna-berg", "source: zzz"),
        *(
            "source: zzz",
            "'zzz' is not registered",
            "add it, or use 'harbour-post', ",
            (),
        ),
        id="source like no other",
    ),
    pytest.param(
        *(A101, "source: anna-berg", "source: ag"),
        *("source: ag", "'ag' is not registered", "add it, or use", ()),
        id="source too short to be like another",
    ),
    pytest.param(
        *(SOURCES, "- source: two-pilots", "- source: one-pilot"),
        *("- source: one-pilot", "'one-pilot' is itself", "name another entry", ()),
        id="an identity with itself",
    ),
    pytest.param(
        *(SOURCES, "size: {low: 4}", "size: {low: 4, high: 3}"),
        *("size: {low: 4, high: 3}", "has a high below its low", "correct one of them", ()),
        id="size upside down",
    ),
    pytest.param(
        *(A101, 'published: "2023-11-20"', 'published: "9999-12-01/.."'),
        *("published: ", "'9999-12-01/..' is no EDTF date", "write a day that exists", ()),
        id="a year after which none can be counted",
    ),
    pytest.param(
        *(A101, "{field: source, reading: a third pilot", "{field: sorce, reading: a third pilot"),
        *(
            "field: sorce",
            "'sorce' is no field here",
            "did you mean 'source'?",
            (),
        ),
        id="field of another reading",
    ),
    pytest.param(
        *(A101, "{field: source, reading: a third pilot", "{field: form, reading: indirct"),
        *("reading: indirct", "'indirct' is no form", "did you mean 'indirect'?", ()),
        id="another reading of a closed field",
    ),
    pytest.param(
        *(A101, "{field: source, reading: a third pilot", "{field: source, reading: one-pilot"),
        *("field: source, reading: one-pilot", "is the reading above", "give the other", ()),
        id="another reading that is none",
    ),
    pytest.param(
        *(SOURCES, "name: Coast Daily", "name: Eskholm  GAZETTE"),
        *("name: Eskholm Gazette", "has the name of 'coast-daily'", "keep one of them", ()),
        id="name of another source",
    ),
    pytest.param(
        *(SOURCES, "name: Coast Daily, kind: outlet", "name: Coast Daily, kind: newsroom"),
        *("Daily, kind: newsroom", "is that of an article's outlet", "write outlet", ()),
        id="outlet of another kind",
    ),
    pytest.param(
        *(SOURCES, "side: union, named: true", "side: union, named: false"),
        *("name: Anna Berg", "does not fit the kind person", "a person is named", ()),
        id="person without a name",
    ),
    pytest.param(
        *(
            SOURCES,
            "kind: official, side: unknown, named: false",
            "kind: official, side: unknown, named: true",
        ),
        *("name: a former pilot", "does not fit the kind official", "an official is not", DESCRIBED),
        id="official with a name",
    ),
    pytest.param(
        *(A101, "within: gazette-dusk", "within: gazete-dusk"),
        *("within: gazete-dusk", "'gazete-dusk' is not registered", "did you mean 'gazette-dusk'?", ()),
        id="outer attribution",
    ),
    pytest.param(
        *(A101, "within: gazette-dusk", "within: fleet"),
        *("within: fleet", "'fleet' is not registered", "", ()),
        id="outer attribution that is none",
    ),
    pytest.param(
        *(A101, "actor: company", "actor: compny"),
        *("actor: compny", "'compny' is not registered", "did you mean 'company'?", ()),
        id="actor",
    ),
    pytest.param(
        *(A101, "issue: rehiring", "issue: rehireing"),
        *("issue: rehireing", "'rehireing' is not registered", "did you mean 'rehiring'?", ()),
        id="issue",
    ),
    pytest.param(
        *(A101, "by: union", "by: unoin"),
        *("by: unoin", "'unoin' is not registered", "did you mean 'union'?", ()),
        id="actor of a condition",
    ),
    pytest.param(
        *(A101, "object: talks", "object: talk"),
        *("object: talk", "'talk' is not registered", "did you mean 'talks'?", ()),
        id="object of a condition",
    ),
    pytest.param(
        *(SOURCES, "kind: person, side: union", "kind: person, side: unoin"),
        *("side: unoin", "'unoin' is not registered", "did you mean 'union'?", ()),
        id="side of a source",
    ),
    pytest.param(
        *(A102, "event: pier-closed", "event: peer-closed"),
        *("event: peer-closed", "'peer-closed' is not registered", "did you mean 'pier-closed'?", ()),
        id="event",
    ),
    pytest.param(
        *(A102, "event: damage, source", "event: damag, source"),
        *("event: damag, source", "'damag' is not registered", "did you mean 'damage'?", ()),
        id="event of an order",
    ),
    pytest.param(
        *(A102, "source: tide-table", "source: tidetable"),
        *("source: tidetable", "'tidetable' is not registered", "did you mean 'tide-table'?", ()),
        id="source of an order",
    ),
    pytest.param(
        *(A101, "claim: boats-damaged", "claim: boat-damaged"),
        *("claim: boat-damaged", "'boat-damaged' is not registered", "did you mean 'boats-damaged'?", ()),
        id="claim",
    ),
    pytest.param(
        *(SOURCES, "- source: two-pilots", "- source: to-pilots"),
        *("source: to-pilots", "'to-pilots' is not registered", "did you mean 'two-pilots'?", ()),
        id="identity",
    ),
    pytest.param(
        *(CLAIMS, "      103: almost half", "      104: null\n      103: almost half"),
        *("104: null", "'104' is not registered", "did you mean '10", ()),
        id="article of a reading",
    ),
]
VALUES = [
    pytest.param(
        *(A101, "    value: 9", "    value: 10"),
        *("value: 10", "the value 10.0 is not in the words", "'At least nine' prints", ()),
        id="value not in the words",
    ),
    pytest.param(
        *(A101, "    value: 9", "    value: 9.001"),
        *("value: 9.001", "the value 9.001 is not in the words", "'At least nine' prints", ()),
        id="value near that in the words",
    ),
    pytest.param(
        *(A101, "    value: 9", "    value: [9, 8]"),
        *("value: [9, 8]", "(9.0, 8.0) runs down", "put the lower first", ("not in the words",)),
        id="range from high to low",
    ),
    pytest.param(
        *(A101, "    value: 9", "    value: null"),
        *("value: null", "the value None is not in the words", "or null if it prints none", ()),
        id="no value, yet printed",
    ),
    pytest.param(
        *(A103, "value: null, unit: unspecified", "value: 3, unit: unspecified"),
        *("value: 3", "the value 3.0 is not in the words", "'Several' prints", ()),
        id="value of a vague amount",
    ),
    pytest.param(
        *(A101, "    hedge: at-least", "    hedge: about"),
        *("hedge: about", "'At least nine' does not say 'about'", "or record what it says", ()),
        id="hedge not in the words",
    ),
    pytest.param(
        *(A101, "value: 14, unit: boat, kind", "value: 14, unit: boat, hedge: almost, kind"),
        *("hedge: almost", "'14' does not say 'almost'", "take the hedge into the surface", ()),
        id="hedge outside the surface",
    ),
    pytest.param(
        *(A101, "value: 6, unit: mile, kind: distance", "value: 6, unit: mi2, kind: distance"),
        *("unit: mi2", "'mi2' is no unit of distance", "such as kilometre", ()),
        id="unit of no measure",
    ),
    pytest.param(
        *(A101, "value: 6, unit: mile, kind: distance", "value: 6, unit: hectare, kind: distance"),
        *("unit: hectare", "'hectare' is no unit of distance", "such as kilometre", ()),
        id="unit of another measure",
    ),
    pytest.param(
        *(A101, "value: 14, unit: boat, kind", "value: 14, unit: boats, kind"),
        *("unit: boats", "'boats' is 'boat' elsewhere", "write 'boat'", ()),
        id="unit in the plural",
    ),
]
YEAR_OFF = "stated: 2022-09/2022-11\n    reconciled: 2022-09/2022-11"
TIMES = [
    pytest.param(
        *(A101, 'published: "2023-11-20"', 'published: "2023-11-31"'),
        *("published: ", "'2023-11-31' is no EDTF date", "write a day that exists", ()),
        id="date of publication",
    ),
    pytest.param(
        *(A101, "stated: 2022-09/2022-11", "stated: 2022-9/2022-11"),
        *("stated: 2022-9", "'2022-9/2022-11' is no EDTF date", "2023-12/2024-02", ()),
        id="stated",
    ),
    pytest.param(
        *(A101, "reconciled: 2023-09/2023-11", "reconciled: 2023-13"),
        *("reconciled: 2023-13", "'2023-13' is no EDTF date", "2024-10-29/..", ()),
        id="reconciled",
    ),
    pytest.param(
        *(A101, "reconciled: 2023-09/2023-11", "reconciled: 2023-23"),
        *("reconciled: 2023-23", "2023-23", "", ()),
        id="season",
    ),
    pytest.param(
        *(A102, "    status: negated\n    reason: no time is given\n", "    status: negated\n"),
        *("- id: pier", "is unresolved without a reason", "say why", ()),
        id="unresolved without reason",
    ),
    pytest.param(
        *(A101, "    status: planned\n    stated: 2023-12/2024-02", "    stated: 2023-12/2024-02"),
        *("- id: stop", "is actual after the article", "give its status or date", ()),
        id="what is still to come, by default",
    ),
    pytest.param(
        *(A101, "    reconciled: 2023-12/2024-02\n", ""),
        *("- id: stop", "is missing", "repeat what is stated, or say why not", ()),
        id="stated and not reconciled",
    ),
    pytest.param(
        *(A101, "stated: 2023-12/2024-02", "stated: 2023-13"),
        *("stated: 2023-13", "'2023-13' is no EDTF date", "write a day that exists", ()),
        id="stated, and nothing of what would follow from it",
    ),
    pytest.param(
        *(A102, "    reason: the Gazette speaks of winter\n", ""),
        *("- id: stop", "departs from the stated date", "give the reason", ()),
        id="departs without reason",
    ),
    pytest.param(
        *(A102, "stated: 2023-09/2023-11\n    reconciled: 2023-09/2023-11", YEAR_OFF),
        *("stated: 2022-09", "'2022-09/2022-11' has no day of '2023'", "state what the words say", ()),
        id="not the year in the words",
    ),
    pytest.param(
        *(A102, "stated: 2023-12/..", "stated: 2023-11/.."),
        *("stated: 2023-11", "'2023-11/..' has no day of 'December'", "goes into reconciled", ()),
        id="not the month in the words",
    ),
]
REGRADED = "{field: severty, reading: '3', reason: a bound is no estimate}"
STRUCTURE = [
    pytest.param(
        *(A101, "source: port-office", "source: harbour-post"),
        *("source: harbour-post", "'harbour-post' is the article's own outlet", "are own_voice", ()),
        id="the article's own outlet as a source",
    ),
    pytest.param(
        *(A101, "    within: gazette-dusk\n", "    within: chairwoman\n"),
        *("within: chairwoman", "lies outside 'chairwoman'", "name the attribution around it", ()),
        id="outside its outer attribution",
    ),
    pytest.param(
        *(A101, "{id: fleet,", "{id: strait,"),
        *("six miles, value", "'strait' is used twice", "its own id", ()),
        id="id twice in a list",
    ),
    pytest.param(
        *(A102, "{id: officials-number,", "{id: company,"),
        *("id: company, surface", "'company' is used twice", "its own id", ()),
        id="id twice over layers",
    ),
    pytest.param(
        *(CLAIMS, "      101: null\n      102: null\n", "      101: null\n"),
        *("101: null", "says nothing about 102", "add its words, or null", ()),
        id="claim without an article",
    ),
    pytest.param(
        *(CLAIMS, "      102: About nine boats were damaged in autumn 2023\n", ""),
        *("101: At least nine of", "says nothing about 102", "add its words, or null", ()),
        id="a variant of an article of which the claim says nothing",
    ),
    pytest.param(
        *(
            CLAIMS,
            "          102: about nine\n",
            f"          102: about nine\n        contested: [{REGRADED}]\n",
        ),
        *("contested: [", "'severty' is no field here", "did you mean 'severity'?", ()),
        id="field of a regrading",
    ),
    pytest.param(
        *(CLAIMS, "          102: about nine\n", "          102: about nine\n          103: some\n"),
        *("103: some", "103 does not carry the claim", "only readings of articles that carry", ()),
        id="variant of an article that does not carry the claim",
    ),
    pytest.param(
        *(CLAIMS, "          102: about nine\n", "          102: at least nine\n"),
        *("101: at least nine", "are all alike", "word how they differ", ()),
        id="variant of readings that are alike",
    ),
    pytest.param(
        *(A101, "    cue: said\n", "    cue: said\n    descriptor: {rank: chairwoman}\n"),
        *("descriptor: {rank", "describes 'anna-berg', who is named", "for who has no name", ()),
        id="descriptor of someone named",
    ),
    pytest.param(
        *(SOURCES, "  - {id: brightwater", GHOST + "  - {id: brightwater"),
        *("id: ghost", "'ghost' is cited nowhere", "remove it, or cite it", ()),
        id="source without use",
    ),
]
GAPS = [
    pytest.param(
        *(A101, 'paratext: "Photo: Harbour Post"\n', ""),
        *("article:", "¶7: 'Photo: Harbour Post' is covered by nothing", "or list it under own_voice", ()),
        id="uncovered words",
    ),
    pytest.param(
        *(A101, '  - {id: fleet, surface: "14", value: 14, unit: boat, kind: count}\n', ""),
        *("article:", "¶5: '14' is a number nobody reads", "read it as quantity, time or not_quantities", ()),
        id="unread number",
    ),
    pytest.param(
        *(A103, "not_speech:\n  - {words: Low Tide, kind: title, reason: a film}\n", ""),
        *("article:", "¶4: 'Low Tide' is quoted by nobody", "make it direct or mixed, or not_speech", ()),
        id="unexplained quotation marks",
    ),
    pytest.param(
        *(A102, "    quote_mark: dash\n", ""),
        *("- id: pilot", "'102/pilot' has a form", "correct form or quote_mark", ()),
        id="form without mark",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "what", "right", "others"), [*UNKNOWN, *VALUES, *TIMES, *STRUCTURE, *GAPS]
)
def test_a_mutation_gives_its_problem(
    story: Path, file: str, old: str, new: str, at: str, what: str, right: str, others: tuple[str, ...]
) -> None:
    change(story, file, old, new)
    problem = only_problem(find_problems(story), what, others)
    assert (problem.file, problem.line) == (file, line_of(story, file, at))
    assert right in problem.right


@pytest.mark.parametrize(
    ("file", "entry"),
    [
        pytest.param(
            SOURCES, "  - {id: coast-daily, name: C, kind: outlet, side: third, named: true}", id="source"
        ),
        pytest.param(CLAIMS, "  - {id: damage, label: Boats are hurt}", id="event"),
        pytest.param(ISSUES, "  - {id: talks, label: Other talks}", id="object"),
        pytest.param(
            "annotations/context.yaml",
            "  - {key: undated, statement: S, publisher: P, date: '', url: ''}",
            id="fact",
        ),
    ],
)
def test_an_id_that_is_registered_twice_is_a_problem(story: Path, file: str, entry: str) -> None:
    path = story / file
    path.write_text(path.read_text(encoding="utf-8") + entry + "\n", encoding="utf-8")
    [problem] = find_problems(story)
    assert (problem.file, problem.line) == (file, line_of(story, file, entry))


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        pytest.param("  - id: crews\n", "  - id: no-sailing\n", "id: no-sailing", id="claim"),
        pytest.param(
            "id: damaged-source\n", "id: damaged-hedge\n", "id: damaged-hedge", id="variant of a claim"
        ),
        pytest.param(
            "id: damaged-source\n", "id: stop-modality\n", "id: stop-modality", id="variant of another"
        ),
    ],
)
def test_an_id_of_two_claims_or_variants_is_a_problem(story: Path, old: str, new: str, at: str) -> None:
    lines = (story / CLAIMS).read_text(encoding="utf-8").split("\n")
    change(story, CLAIMS, old, new)
    [problem] = find_problems(story)
    assert problem.file == CLAIMS
    assert problem.line > next(number for number, line in enumerate(lines, start=1) if at in line)


CYCLES = [
    pytest.param([("cue: reported\n", "cue: reported\n    within: pilots\n")], 2, id="of two"),
    pytest.param([("within: gazette-dusk\n", "within: dusk\n")], 1, id="of one"),
    pytest.param(
        [
            ("    source_text: the Gazette\n", "    source_text: the Gazette\n    within: dusk\n"),
            ("within: gazette-rehire\n", "within: dusk\n"),
        ],
        3,
        id="and one that leads into it",
    ),
]


@pytest.mark.parametrize(("changes", "number"), CYCLES)
def test_attributions_in_a_circle_are_a_problem(
    story: Path, changes: list[tuple[str, str]], number: int
) -> None:
    for old, new in changes:
        change(story, A101, old, new)
    found = find_problems(story)
    assert {problem.what for problem in found} == {"the attributions contain each other"}
    assert {problem.right for problem in found} == {"break the cycle"}
    assert len(found) == number


MARKUP = [
    pytest.param("a <b>ferry</b>", "<b>", id="element"),
    pytest.param("a </div> b", "</div>", id="end tag"),
    pytest.param("a <SCRIPT src='x'>", "<SCRIPT src='x'>", id="script"),
    pytest.param("<!-- note -->", "<!--", id="comment"),
    pytest.param("see JavaScript:run()", "JavaScript:", id="script address"),
]


@pytest.mark.parametrize(("words", "shown"), MARKUP)
def test_markup_in_a_text_is_a_problem(story: Path, words: str, shown: str) -> None:
    change(story, SEED_101, "Photo: Harbour Post\n", f"Photo: Harbour Post\n{words}\n")
    found = [problem for problem in find_problems(story) if problem.file == SEED_101]
    assert [(problem.what, problem.right) for problem in found] == [
        (f"holds markup: {shown!r}", "store plain text")
    ]
    assert [problem.line for problem in found] == [line_of(story, SEED_101, words)]


@pytest.mark.parametrize("words", ["5 < 6 and 7 > 6", "x <3", "a <- b", "Java script"])
def test_signs_that_are_no_markup_are_none(story: Path, words: str) -> None:
    change(story, SEED_101, "Photo: Harbour Post\n", f"Photo: Harbour Post\n{words}\n")
    assert [problem for problem in find_problems(story) if "markup" in problem.what] == []


def test_every_problem_is_returned_at_once_in_order(story: Path) -> None:
    for old, new in [("by: union", "by: onion"), ("    value: 9", "    value: 8"), ("six miles\n", "six\n")]:
        change(story, A101, old, new, count=(story / A101).read_text(encoding="utf-8").count(old))
    change(story, A102, "outlet: coast-daily", "outlet: coast-dayly")
    change(story, CLAIMS, "102: about nine", "103: about nine")
    change(story, SOURCES, "- source: two-pilots", "- source: two-pillots")
    found = find_problems(story)
    places = [(problem.file, problem.line) for problem in found]
    assert places == sorted(places)
    assert [problem.what.split()[0] for problem in found] == [
        "the",
        "'onion'",
        "'coast-dayly'",
        "103",
        "'two-pillots'",
    ]


LOADING = [
    pytest.param(
        A101, "surface: six miles", "surface: six knots", "'six knots' is not", id="words not found"
    ),
    pytest.param(A101, "\n    cue: citing", "\n    cue: citting", "'citting' is not", id="cue not found"),
    pytest.param(
        A101,
        "cue: reported\n    content: B",
        "cue: reported\n    content: C",
        "is not in the article",
        id="outer attribution not found",
    ),
    pytest.param(
        CLAIMS, "103: almost half", "103: nearly half", "is not in the article", id="reading not found"
    ),
    pytest.param(A103, "headings: ", "heading: ", "is no field here", id="article that does not fit"),
]


@pytest.mark.parametrize(("file", "old", "new", "what"), LOADING)
def test_what_depends_on_an_entry_that_could_not_be_loaded_is_not_checked(
    story: Path, file: str, old: str, new: str, what: str
) -> None:
    change(story, file, old, new)
    problem = only_problem(find_problems(story), what, ())
    assert (problem.file, problem.line) == (file, line_of(story, file, new.split("\n")[-1]))


def test_problems_met_while_loading_do_not_hide_others(story: Path) -> None:
    change(story, A101, "surface: six miles", "surface: six knots")
    change(story, A101, "by: union", "by: onion")
    assert [problem.what.split()[0] for problem in find_problems(story)][-1:] == ["'onion'"]


HIDING = [
    pytest.param(A101, "certainty: inferred", "certainty: sure", "'sure' is none of", id="value"),
    pytest.param(A101, "headings: ", "heading: ", "is no field here", id="field"),
    pytest.param(SOURCES, "sources:", "extra: 1\nsources:", "is no field here", id="register"),
]


@pytest.mark.parametrize(("file", "old", "new", "what"), HIDING)
def test_a_file_that_does_not_fit_hides_no_draft_and_no_words_not_found(
    story: Path, file: str, old: str, new: str, what: str
) -> None:
    change(story, A101, "certainty: carried-over", "certainty: draft")
    change(story, A102, "time: from December", "time: from January")
    change(story, A103, "outlet_certainty: probable", "outlet_certainty: draft")
    change(story, file, old, new)
    found = [(problem.file, problem.what) for problem in find_problems(story)]
    drafted = "drafted by rule, not confirmed"
    words = (A102, "'from January' is not in the article")
    assert [each for each in found if not each[1].startswith(what)] == [
        (A101, drafted), words, (A103, drafted)
    ]  # fmt: skip
    assert {each[0] for each in found if each[1].startswith(what)} == {file}


DRAFTS = [
    pytest.param(
        A101, "certainty: carried-over", "certainty: draft", "attributions[3].certainty", id="attribution"
    ),
    pytest.param(
        A101,
        "unit: mile, kind",
        "unit: mile, certainty: draft, kind",
        "quantities[4].certainty",
        id="quantity",
    ),
    pytest.param(
        A101,
        "    move: refusal",
        "    move: refusal\n    certainty: draft",
        "positions[0].certainty",
        id="position",
    ),
    pytest.param(
        A102,
        "    status: negated",
        "    status: negated\n    certainty: draft",
        "events[2].certainty",
        id="event",
    ),
    pytest.param(
        A103, "outlet_certainty: probable", "outlet_certainty: draft", "article.outlet_certainty", id="outlet"
    ),
    pytest.param(
        SOURCES, "certainty: inferred", "certainty: draft", "sources[5].identity[0].certainty", id="identity"
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "path"), DRAFTS)
def test_a_draft_is_a_problem_until_it_is_confirmed(
    story: Path, file: str, old: str, new: str, path: str
) -> None:
    change(story, file, old, new)
    [problem] = find_problems(story)
    line = line_of(story, file, ": draft")
    allowed = "high or probable" if "outlet" in path else "explicit, carried-over or inferred"
    right = f"read the entry, correct it, and give its certainty: {allowed}"
    assert problem == Problem(file, line, path, "drafted by rule, not confirmed", right)


ANEW = "say this anew"


@pytest.mark.parametrize(
    ("file", "old", "path", "do"),
    [
        pytest.param(A101, "outlet_evidence: the photo credit", "article.outlet_evidence", ANEW, id="outlet"),
        pytest.param(A101, "published_evidence: the dateline", "article.published_evidence", ANEW, id="date"),
        pytest.param(A101, "note: speaks for the pilots", "attributions[3].note", ANEW, id="note"),
        pytest.param(A103, "reason: a film", "not_speech[0].reason", ANEW, id="reason"),
        pytest.param(CLAIMS, "label: The pier is closed", "events[2].label", ANEW, id="label"),
        pytest.param(A101, "base: the 14 boats", "quantities[2].base", "say of what, and in", id="base"),
        pytest.param(SOURCES, "name: Coast Daily", "sources[1].name", "name whom it means; if an", id="name"),
        pytest.param(A103, "role: pilot", "attributions[0].descriptor.role", "give the words", id="role"),
    ],
)
def test_words_of_a_draft_are_a_problem_until_they_are_replaced(
    story: Path, file: str, old: str, path: str, do: str
) -> None:
    key, words = old.split(": ")
    change(story, file, old, f'{key}: "Drafted: {words}"')
    [problem] = find_problems(story)
    right = f"read the entry, correct it, and {do}"
    line = line_of(story, file, "Drafted")
    assert problem[:4] == (file, line, path, "drafted by rule, not confirmed")
    assert problem.right.startswith(right)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(A101, "article:", "# Drafted from 101; correct every entry.\narticle:", id="an article"),
        pytest.param(SOURCES, "sources:\n", "sources:\n  # Drafted from 101.\n", id="a register"),
    ],
)
def test_a_comment_that_says_drafted_is_a_problem_until_it_is_removed(
    story: Path, file: str, old: str, new: str
) -> None:
    change(story, file, old, new)
    [problem] = find_problems(story)
    right = "read all of it, own_voice too, then remove this line"
    line = line_of(story, file, "# Drafted")
    assert problem == Problem(file, line, "", "drafted by rule, not confirmed", right)


def test_a_changed_seed_is_one_problem(story: Path) -> None:
    change(story, SEED_102, "No boat", "One boat", record=False)
    assert [problem.file for problem in find_problems(story)] == [SEED_102]


@pytest.mark.parametrize("name", ["seeds", "annotations", "."])
def test_missing_folders_are_problems(story: Path, name: str) -> None:
    shutil.rmtree(story / name)
    assert find_problems(story) != []
    assert all(problem.what and problem.right for problem in find_problems(story))


EDTF_SIGNS = st.text(alphabet="0123456789./~?%X{}[],:TZ+-", min_size=1, max_size=16)


@settings(max_examples=30)
@given(EDTF_SIGNS)
def test_no_date_that_the_model_admits_makes_checking_raise(
    tmp_path_factory: pytest.TempPathFactory, date: str
) -> None:
    Event(id="a", event="a", surface="a", stated=date)
    root = write_story(tmp_path_factory.getbasetemp() / "dates")
    change(root, A101, 'published: "2023-11-20"', f'published: "{date}"')
    assert {problem.file for problem in find_problems(root)} <= {A101}


@settings(max_examples=60)
@given(st.sampled_from([A101, A102, CLAIMS, SOURCES]), st.data())
def test_no_cut_in_a_file_makes_checking_raise(
    tmp_path_factory: pytest.TempPathFactory, file: str, data: st.DataObject
) -> None:
    root = write_story(tmp_path_factory.getbasetemp() / "cuts")
    text = (root / file).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    put = data.draw(st.text(alphabet=string.printable, max_size=3))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    (root / file).write_text(text[:start] + put + text[end:], encoding="utf-8", newline="")
    assert all(problem.what and problem.right for problem in find_problems(root))
