"""Tell who is said to want what: every distinct account, how openly it is told, and from which side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import A101, A102, ISSUES, SOURCES, change, write_story
from retold import Corpus, load_corpus
from retold.positions import Account, accounts, attributor, by_cell, relation, tier

Load = Callable[..., Corpus]
ENTRIES = [
    ("headline", "Union and company at odds", "company", "rehiring", "against", "refusal"),
    ("end", "Brightwater will end its night boats", "company", "night-service", "against", "prospect"),
    ("again", "its night boats from December", "company", "night-service", "against", "prospect"),
    ("warned", "end its night boats", "company", "night-service", "against", "warning"),
    ("open", "from December", "company", "night-service", "conditional", "prospect"),
    ("dark", "No boat will sail after dark", "union", "night-service", "against", "warning"),
    ("few", "About nine boats", "port", "night-service", "unstated", "warning"),
    ("closed", "it had closed the pier", "port", "night-service", "for", "denial"),
    ("silent", "declined to comment", "company", "rehiring", "unstated", "denial"),
    ("rival", "declined to comment", "union", "rehiring", "unstated", "denial"),
    ("outside", "declined to comment", "port", "rehiring", "unstated", "denial"),
    ("ours", "it had closed the pier", "company", "rehiring", "against", "denial"),
]


def entry(identifier: str, quote: str, actor: str, issue: str, stance: str, move: str) -> str:
    fields = f"actor: {actor}, issue: {issue}, stance: {stance}, move: {move}"
    return f"  - {{id: {identifier}, quote: {quote}, {fields}}}\n"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Return the story with positions of every kind in its second article."""
    root = write_story(tmp_path_factory.mktemp("positions"))
    entries = "".join(entry(*each) for each in ENTRIES)
    change(root, A102, "quantities:\n", f"positions:\n{entries}quantities:\n")
    return load_corpus(root)


@pytest.mark.parametrize(
    ("passage", "teller", "openly", "side"),
    [
        pytest.param("101/rehire", "101/chairwoman", "on the record", "other side", id="a named opponent"),
        pytest.param("102/headline", None, "own voice", "third", id="nobody but the outlet"),
        pytest.param("102/end", "102/gazette", "newsroom", "third", id="a newsroom"),
        pytest.param("102/dark", "102/pilot", "unnamed", "unknown", id="unnamed, of no known side"),
        pytest.param("102/closed", "102/port", "institution", "own side", id="an institution of its own"),
        pytest.param("102/silent", "102/company", "institution", "own side", id="a party of its own"),
        pytest.param("102/rival", "102/company", "institution", "other side", id="the other party"),
        pytest.param("102/outside", "102/company", "institution", "third", id="a party, of a third actor"),
        pytest.param("102/ours", "102/port", "institution", "third", id="a third actor, of a party"),
    ],
)
def test_who_tells_a_position(many: Corpus, passage: str, teller: str | None, openly: str, side: str) -> None:
    position = many.passages[passage]
    found = attributor(many, position)
    assert (found.id if found else None, tier(many, position), relation(many, position)) == (
        teller,
        openly,
        side,
    )


ANNA, GAZETTE = "name: Anna Berg, kind: person", "name: Eskholm Gazette, kind: newsroom"
UNION = "name: Anna Berg, kind: person, side: union, named: true"


def as_kind(words: str, kind: str) -> tuple[str, str, str]:
    return SOURCES, words, f"{words.rpartition(': ')[0]}: {kind}"


@pytest.mark.parametrize(
    ("changes", "teller", "openly", "side"),
    [
        pytest.param(
            [as_kind(ANNA, "government")], "chairwoman", "on the record", "other side", id="government"
        ),
        pytest.param([as_kind(ANNA, "official")], "chairwoman", "institution", "other side", id="an office"),
        pytest.param([as_kind(ANNA, "newsroom")], "chairwoman", "newsroom", "other side", id="newsroom"),
        pytest.param(
            [(SOURCES, UNION, UNION.replace("true", "false"))],
            "chairwoman",
            "unnamed",
            "other side",
            id="unnamed person",
        ),
        pytest.param(
            [(SOURCES, UNION, UNION.replace("union", "unknown"))],
            "chairwoman",
            "on the record",
            "unknown",
            id="side unknown",
        ),
        pytest.param(
            [(SOURCES, UNION, UNION.replace("union", "company"))],
            "chairwoman",
            "on the record",
            "own side",
            id="own side",
        ),
        pytest.param(
            [(ISSUES, "side: union, party: true", "side: union")],
            "chairwoman",
            "on the record",
            "third",
            id="a side that is no party",
        ),
        pytest.param(
            [as_kind(ANNA, "state")], "gazette-rehire", "newsroom", "third", id="a state tells nothing"
        ),
        pytest.param(
            [as_kind(ANNA, "state"), as_kind(GAZETTE, "state")], None, "own voice", "third", id="states alone"
        ),
        pytest.param(
            [as_kind(GAZETTE, "state")], "chairwoman", "on the record", "other side", id="a state around"
        ),
    ],
)
def test_how_openly_and_from_where(
    changed: Load, changes: list[tuple[str, str, str]], teller: str | None, openly: str, side: str
) -> None:
    corpus = changed(*changes)
    position = corpus.passages["101/rehire"]
    found = attributor(corpus, position)
    assert (found.record.id if found else None) == teller
    assert (tier(corpus, position), relation(corpus, position)) == (openly, side)


def brief(account: Account) -> tuple[str, str, str, str, str, tuple[str, ...]]:
    return (
        account.actor,
        account.issue,
        account.stance,
        account.move,
        account.attributor,
        account.passages,
    )


GAZETTE_SAYS, PORT_SAYS = "Eskholm Gazette", "Port Office & Pier"
FOUND = [
    ("company", "rehiring", "against", "refusal", "Anna Berg", ("101/rehire",)),
    ("company", "rehiring", "against", "refusal", "the outlet itself", ("102/headline",)),
    ("company", "rehiring", "unstated", "denial", "Brightwater", ("102/silent",)),
    ("company", "rehiring", "against", "denial", PORT_SAYS, ("102/ours",)),
    ("company", "night-service", "against", "prospect", GAZETTE_SAYS, ("102/end", "102/again")),
    ("company", "night-service", "against", "warning", GAZETTE_SAYS, ("102/warned",)),
    ("company", "night-service", "conditional", "prospect", GAZETTE_SAYS, ("102/open",)),
    ("union", "rehiring", "unstated", "denial", "Brightwater", ("102/rival",)),
    ("union", "night-service", "against", "warning", "a pilot", ("102/dark",)),
    ("port", "rehiring", "unstated", "denial", "Brightwater", ("102/outside",)),
    ("port", "night-service", "unstated", "warning", "four officials", ("102/few",)),
    ("port", "night-service", "for", "denial", PORT_SAYS, ("102/closed",)),
]


def test_accounts_are_distinct_and_in_the_order_of_the_registers(many: Corpus) -> None:
    assert [brief(account) for account in accounts(many)] == FOUND


def test_an_account_knows_its_tier_and_side(many: Corpus) -> None:
    found = {account.passages[0]: (account.tier, account.relation) for account in accounts(many)}
    assert found == {
        first: (tier(many, many.passages[first]), relation(many, many.passages[first])) for first in found
    }


def test_a_story_without_positions_has_no_accounts(changed: Load) -> None:
    _, _, after = (changed().root / A101).read_text(encoding="utf-8").partition("positions:\n")
    positions = "positions:\n" + after.partition("events:\n")[0]
    corpus = changed((A101, positions, ""))
    assert (accounts(corpus), by_cell(corpus)) == ([], {})


def test_two_speakers_of_one_name_are_two(changed: Load) -> None:
    words = [("dark", "No boat will sail after dark"), ("few", "About nine boats")]
    added = "".join(entry(*each, "company", "rehiring", "against", "denial") for each in words)
    corpus = changed(
        (A102, "quantities:\n", f"positions:\n{added}quantities:\n"),
        (SOURCES, "name: four officials", "name: a pilot"),
        (SOURCES, "side: unknown, named: false, size: {low: 4}", "side: port, named: false"),
    )
    found = [(account.relation, account.passages) for account in accounts(corpus)][1:]
    assert found == [("unknown", ("102/dark",)), ("third", ("102/few",))]


def test_an_actor_and_an_issue_of_one_name_keep_their_order(changed: Load) -> None:
    added = entry("rival", "declined to comment", "union", "company", "unstated", "denial")
    corpus = changed(
        (ISSUES, "{id: rehiring,", "{id: company,"),
        (A101, "issue: rehiring", "issue: company"),
        (A102, "quantities:\n", f"positions:\n{added}quantities:\n"),
    )
    assert [account.actor for account in accounts(corpus)] == ["company", "union"]


def test_a_cell_holds_the_accounts_of_its_actor_and_issue(many: Corpus) -> None:
    cells = by_cell(many)
    assert [brief(account) for cell in cells.values() for account in cell] == FOUND
    assert {pair: len(cell) for pair, cell in cells.items()} == {
        ("company", "rehiring"): 4,
        ("company", "night-service"): 3,
        ("union", "rehiring"): 1,
        ("union", "night-service"): 1,
        ("port", "rehiring"): 1,
        ("port", "night-service"): 2,
    }


def test_a_cell_without_report_is_missing(corpus: Corpus) -> None:
    assert list(by_cell(corpus)) == [("company", "rehiring")]


def test_an_account_cannot_be_changed(corpus: Corpus) -> None:
    [account] = accounts(corpus)
    with pytest.raises(AttributeError):
        account.stance = "for"  # type: ignore[misc]


@pytest.mark.parametrize("name", ["actor", "issue"])
def test_an_unregistered_name_is_an_error(story: Path, name: str) -> None:
    old = {"actor": "actor: company", "issue": "issue: rehiring"}[name]
    change(story, A101, old, f"{name}: nobody")
    with pytest.raises(KeyError, match="nobody"):
        accounts(load_corpus(story))
