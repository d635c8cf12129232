"""Follow who waits for whom, and where conditions close into a circle."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from conftest import A101, A102, change, write_story
from hypothesis import given
from hypothesis import strategies as st
from retold import Corpus, load_corpus
from retold.conditions import Edge, Which, find_cycles, find_edges, find_standoffs, graph

ROOT = Path(__file__).parents[1]
Load = Callable[..., Corpus]
ENTRIES = [
    (
        "headline",
        "Union and company at odds",
        "union",
        "refusal",
        "{act: hire, by: company, object: talks}",
    ),
    ("forecast", "No boat will sail", "union", "prospect", "{act: yield, by: port, object: talks}"),
    ("sail", "No boat", "union", "prospect", "{act: yield, by: port, object: talks}"),
    ("unmet", "About nine boats", "company", "demand", "null"),
    ("denied", "it had closed the pier", "port", "demand", "{act: open it, by: port, object: talks}"),
]


def positions(entries: list[tuple[str, str, str, str, str]]) -> str:
    made = [
        f"  - {{id: {name}, quote: {quote}, actor: {actor}, issue: rehiring, stance: conditional,"
        f" move: {move}, condition: {condition}}}\n"
        for name, quote, actor, move, condition in entries
    ]
    return f"positions:\n{''.join(made)}quantities:\n"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Return the story with conditions of several tiers and moves in its second article."""
    root = write_story(tmp_path_factory.mktemp("conditions"))
    change(root, A102, "quantities:\n", positions(ENTRIES))
    return load_corpus(root)


FORECAST = ("102/forecast", "102/sail")


@pytest.mark.parametrize(
    ("which", "passages"),
    [
        pytest.param("on record", [("101/rehire",)], id="on record"),
        pytest.param(
            "as printed", [("101/rehire",), ("102/headline",), FORECAST, ("102/denied",)], id="as printed"
        ),
        pytest.param(
            "without forecasts",
            [("101/rehire",), ("102/headline",), ("102/denied",)],
            id="without forecasts",
        ),
    ],
)
def test_conditions_are_kept_three_ways(many: Corpus, which: Which, passages: list[tuple[str, ...]]) -> None:
    assert [edge.passages for edge in find_edges(many, which=which)] == passages


def test_an_edge_keeps_who_tells_it(many: Corpus) -> None:
    first, second, third, _ = find_edges(many, which="as printed")
    assert first == Edge(
        "101", "company", "drop the demand", "union", "talks", "Anna Berg",
        "on the record", "refusal", "other side", ("101/rehire",),
    )  # fmt: skip
    assert (second.attributor, second.tier, second.relation) == ("the outlet itself", "own voice", "third")
    assert (third.attributor, third.tier, third.relation) == ("a pilot", "unnamed", "unknown")


def test_an_unknown_way_is_an_error(corpus: Corpus) -> None:
    with pytest.raises(KeyError, match="all"):
        find_edges(corpus, which="all")  # type: ignore[arg-type]


def edge(actor: str, by: str, object: str = "talks", article: str = "101", act: str = "leave") -> Edge:
    return Edge(
        article, actor, act, by, object, "x", "on the record", "precondition", "own side", (f"{article}/q",)
    )


def test_the_graph_runs_from_who_must_act_to_who_waits(many: Corpus) -> None:
    made = graph(find_edges(many, which="as printed"))
    assert [(by, actor, data["act"], data["object"]) for by, actor, data in made.edges(data=True)] == [
        ("union", "company", "drop the demand", "talks"),
        ("company", "union", "hire", "talks"),
        ("port", "union", "yield", "talks"),
        ("port", "port", "open it", "talks"),
    ]
    assert {data["condition"].passages for *_, data in made.edges(data=True)} >= {FORECAST}


def test_two_conditions_between_two_actors_are_two_edges() -> None:
    assert graph([edge("a", "b"), edge("a", "b", act="stay")]).number_of_edges("b", "a") == 2


@pytest.mark.parametrize(
    ("edges", "circles"),
    [
        pytest.param([], [], id="no condition"),
        pytest.param([edge("a", "b"), edge("b", "c")], [], id="a chain"),
        pytest.param([edge("a", "a")], [], id="waiting on oneself"),
        pytest.param([edge("a", "b"), edge("b", "a", "truce")], [], id="two objects"),
        pytest.param([edge("b", "a"), edge("a", "b")], [("talks", ("a", "b"))], id="two actors"),
        pytest.param(
            [edge("c", "b"), edge("a", "c"), edge("b", "a")], [("talks", ("a", "b", "c"))], id="three actors"
        ),
        pytest.param(
            [edge("a", "b"), edge("b", "a", article="102")], [("talks", ("a", "b"))], id="two articles"
        ),
        pytest.param(
            [edge("a", "b", "truce"), edge("b", "a", "truce"), edge("a", "b"), edge("b", "a")],
            [("truce", ("a", "b")), ("talks", ("a", "b"))],
            id="one in each object",
        ),
        pytest.param(
            [edge("a", "d"), edge("d", "a"), edge("b", "a"), edge("a", "b")],
            [("talks", ("a", "b")), ("talks", ("a", "d"))],
            id="two that share an actor",
        ),
        pytest.param(
            [edge("c", "d"), edge("d", "c"), edge("a", "b"), edge("b", "a")],
            [("talks", ("a", "b")), ("talks", ("c", "d"))],
            id="two apart",
        ),
        pytest.param(
            [edge("a", "b"), edge("b", "a"), edge("c", "d"), edge("d", "c")],
            [("talks", ("a", "b")), ("talks", ("c", "d"))],
            id="two apart, the other way about",
        ),
    ],
)
def test_circles(edges: list[Edge], circles: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(cycle.object, cycle.actors) for cycle in find_cycles(edges)] == circles


def test_a_circle_holds_every_condition_on_its_way_and_no_other() -> None:
    round_trip = [edge("a", "b"), edge("a", "b", act="stay"), edge("b", "a")]
    [cycle] = find_cycles([*round_trip, edge("a", "c"), edge("a", "b", "truce"), edge("a", "a")])
    assert list(cycle.edges) == round_trip


@pytest.mark.parametrize(
    ("edges", "same_object"),
    [
        pytest.param([edge("a", "b"), edge("b", "a")], [True], id="one object"),
        pytest.param([edge("a", "b"), edge("b", "a", "truce")], [False], id="two objects"),
        pytest.param([edge("a", "b"), edge("a", "b")], [], id="two of one actor"),
        pytest.param([edge("a", "b"), edge("b", "c")], [], id="a chain"),
        pytest.param([edge("a", "a"), edge("a", "a")], [], id="waiting on oneself"),
        pytest.param([edge("a", "b"), edge("b", "a"), edge("b", "a")], [True, True], id="one against two"),
    ],
)
def test_standoffs(edges: list[Edge], same_object: list[bool]) -> None:
    found = find_standoffs(edges)
    assert [each.same_object for each in found] == same_object
    assert all(each.one.actor == each.other.by and each.other.actor == each.one.by for each in found)


def test_a_story_without_conditions(changed: Load) -> None:
    _, _, after = (changed().root / A101).read_text(encoding="utf-8").partition("    condition:\n")
    corpus = changed((A101, "    condition:\n" + after.partition("events:\n")[0], ""))
    assert find_edges(corpus, which="as printed") == []


@pytest.fixture(scope="module")
def five() -> Corpus:
    return load_corpus(ROOT)


WAYS: list[Which] = ["on record", "as printed", "without forecasts"]


@pytest.mark.parametrize(
    ("which", "edges", "facing"),
    [
        pytest.param("on record", 4, 4, id="on record"),
        pytest.param("as printed", 12, 14, id="as printed"),
        pytest.param("without forecasts", 5, 6, id="without forecasts"),
    ],
)
def test_the_five_articles(five: Corpus, which: Which, edges: int, facing: int) -> None:
    found = find_edges(five, which=which)
    assert (len(found), len(find_standoffs(found))) == (edges, facing)
    assert [(cycle.object, cycle.actors) for cycle in find_cycles(found)] == [("talks", ("kyiv", "moscow"))]


@pytest.mark.parametrize("which", WAYS)
def test_no_article_of_the_five_states_a_circle_by_itself(five: Corpus, which: Which) -> None:
    found = find_edges(five, which=which)
    for article in five.articles:
        assert find_cycles([each for each in found if each.article == article]) == []


ends = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.sampled_from("xy")), max_size=12)


@given(ends)
def test_standoffs_are_those_that_comparing_all_pairs_finds(ends: list[tuple[str, str, str]]) -> None:
    edges = [
        Edge("101", actor, str(at), by, wanted, "a pilot", "unnamed", "demand", "third", ())
        for at, (actor, by, wanted) in enumerate(ends)
    ]
    assert [(each.one, each.other) for each in find_standoffs(edges)] == [
        (one, other)
        for one, other in combinations(edges, 2)
        if one.actor != other.actor and (one.by, other.by) == (other.actor, one.actor)
    ]
