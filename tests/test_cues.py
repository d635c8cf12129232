"""Find who is said to say what by the cues of a sentence."""

from __future__ import annotations

import pytest
from retold.model import Span
from retold_draft.cues import RULES, Said, find_said
from retold_draft.speech import masked


def found_in(text: str) -> list[Said]:
    """Return what is found in the last of the sentences that a stroke parts."""
    before, _, last = text.rpartition(" | ")
    joined = f"{before} {last}" if before else last
    start = len(joined) - len(last)
    return find_said(masked(joined), Span(start, len(joined)), Span(0, len(before)) if before else None)


def words(text: str, *spans: Span) -> list[str]:
    joined = text.replace(" | ", " ")
    return [joined[slice(*span)] for span in spans]


SAID = [
    ("Boats stop, the Gazette reported on Tuesday.", "the Gazette", "reported on Tuesday", "Boats stop"),
    ("A strike cost much, the port said then.", "the port", "said then", "A strike cost much"),
    ("The port said later that boats stop.", "The port", "said later that", "boats stop."),
    ("A pilot who asked not to be named said boats stop.", "A pilot who asked not to be named", "said",
     "boats stop."),
    ("Boats rest, but one pilot who owns a boat said that it sails.", "one pilot who owns a boat",
     "said that", "it sails."),
    ("Boats stop, four pilots who met the mayor told reporters.", "four pilots who met the mayor", "told",
     "Boats stop"),
    ("But a pilot said that boats stop.", "a pilot", "said that", "boats stop."),
    ("Boats will stop, reports the Gazette.", "the Gazette", "reports", "Boats will stop"),
    ("“No boat sails,” said a pilot informed of it.", "a pilot informed of it", "said", "“No boat sails,”"),
    ("Boats stop, the Gazette reported yesterday.", "the Gazette", "reported yesterday",
     "Boats stop"),
    ("“No boat sails,” Anna Berg told the Gazette on Tuesday.", "Anna Berg", "told … on Tuesday",
     "“No boat sails,”"),
    ("A pilot told the Gazette late on Friday evening that boats stop.", "A pilot",
     "told … late on Friday evening that", "boats stop."),
    ("A pilot told the Gazette this week boats stop.", "A pilot", "told … this week", "boats stop."),
    ("A pilot told the Gazette that boats stop.", "A pilot", "told … that", "boats stop."),
    ("Boats will stop, pilots told reporters.", "pilots", "told", "Boats will stop"),
    ("The boats will stop in the autumn, according to four pilots.", "four pilots", "according to",
     "The boats will stop in the autumn"),
    ("However, according to a pilot, boats stop.", "a pilot", "according to", "boats stop."),
    ("According to pilots, including old ones, boats stop.", "pilots, including old ones", "According to",
     "boats stop."),
    ("Boats stop. | This was reported by the Gazette.", "the Gazette", "This was reported by", "Boats stop."),
    ("Boats stop, the Gazette cited a pilot as saying.", "a pilot", "cited … as saying", "Boats stop"),
    ("But as a pilot stressed, boats stop.", "a pilot", "as … stressed", "boats stop."),
    ("A pilot, who asked for more, told the Gazette that boats stop.", "A pilot, who asked for more",
     "told … that", "boats stop."),
    ("A pilot, who asked for more, warned last week that boats stop.", "A pilot, who asked for more",
     "warned last week … that", "boats stop."),
    ("“No boat sails,” said Mara Lund, the chair of the union.", "Mara Lund, the chair of the union", "said",
     "“No boat sails,”"),
    ("Boats stop, Mara Lund said in a statement.", "Mara Lund", "said in a statement", "Boats stop"),
    ("Lund told this newspaper that boats stop.", "Lund", "told … that", "boats stop."),
    ("Yesterday the port declined to comment.", "the port", "declined to", "the port declined to comment"),
    ("The company, Brightline Ports, denied it had lied.", "The company, Brightline Ports", "denied",
     "it had lied."),
    ("“No boat sails,” said the union's chair, Mara Lund.", "the union's chair, Mara Lund", "said",
     "“No boat sails,”"),
    ("Anna Berg, the owner, said that boats stop.", "Anna Berg, the owner", "said … that", "boats stop."),
    ("Berg, on the other hand, demanded a new boat.", "Berg", "demanded", "a new boat."),
    ("Union officials believe this is the end.", "Union officials", "believe", "this is the end."),
    ("Boats rest—union officials believe it is the end.", "union officials", "believe", "it is the end."),
    ("Brightwater plans to sell boats.", "Brightwater", "plans", "to sell boats."),
    ("Berg has repeatedly stated that boats stop.", "Berg", "has repeatedly stated that", "boats stop."),
    ("A pact that the port considered a mistake ended.", "the port", "considered", "a mistake ended."),
    ("Despite warnings from the Union to stay, boats left.", "the Union", "warnings from", "to stay"),
    ("– No boat sails, said port leader Anna Berg.", "port leader Anna Berg", "said", "No boat sails"),
    ("“No boat sails,” port leader Anna Berg told reporters.", "port leader Anna Berg", "told",
     "“No boat sails,”"),
    ("Two boats sank, police said.", "police", "said", "Two boats sank"),
    ("“No boat sails,” one of them, Anna Berg, said.", "one of them, Anna Berg", "said", "“No boat sails,”"),
    ("The paper cites two pilots who say that boats stop.", "two pilots", "cites … who say that",
     "boats stop."),
    ("Last week the Gazette wrote that boats stop.", "the Gazette", "wrote that", "boats stop."),
    ("Residents fear that boats stop.", "Residents", "fear that", "boats stop."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), SAID)
def test_source_cue_and_content(text: str, source: str, cue: str, content: str) -> None:
    [said] = found_in(text)
    assert words(text, said.source) == [source]
    assert " … ".join(words(text, *said.cue)) == cue
    assert words(text, said.content) == [content]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["example"][:30])
def test_every_rule_finds_its_example(rule: dict[str, str]) -> None:
    assert found_in(rule["example"])


NOTHING = [
    "The company sold the boats.",
    "The reports of the pilots were late.",
    "They must abandon plans to sail.",
    "“The pilots said no,” and so on.",
    "It had the claims of four pilots.",
    "Pilots who had expected a boat left the pier.",
    "The pilots who the union said would strike left.",
    "The pilots who Anna Berg said would strike left.",
    "A decision is expected on 12 March.",
    "The cost was expected to rise.",
    "",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_cue_no_attribution(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The port denied that boats stop.", "denies"),
        ("The port disputes the number of boats.", "denies"),
        ("The port said that boats stop.", "asserts"),
        ("Brightwater declined to comment.", "declines"),
        ("Anna Berg, the owner, did not respond, too.", "declines"),
    ],
)
def test_polarity(text: str, polarity: str) -> None:
    assert [said.polarity for said in found_in(text)] == [polarity]


def test_who_is_cited_inside_a_report_shares_its_content_and_names_its_host() -> None:
    text = "Boats will stop, the Gazette reported, citing two pilots."
    host, cited = found_in(text)
    assert words(text, host.source, cited.source) == ["the Gazette", "two pilots"]
    assert (cited.host, cited.content) == (host.cue[0], host.content)
    assert host.host is None


@pytest.mark.parametrize(
    ("text", "hearer"),
    [
        ("A pilot told the Gazette that boats stop.", "the Gazette"),
        ("According to two pilots who spoke to the Gazette, boats stop.", "the Gazette"),
        ("Boats stop, the Gazette cited a pilot as saying.", "the Gazette"),
    ],
)
def test_whom_the_source_spoke_to(text: str, hearer: str) -> None:
    [said] = found_in(text)
    assert said.outer
    assert words(text, said.outer) == [hearer]


def test_a_clause_after_a_participle_has_the_same_source() -> None:
    text = "The port denied the plan, saying that boats are safe."
    first, second = found_in(text)
    assert second.source == first.source
    assert words(text, second.content) == ["boats are safe."]


def test_content_ends_before_a_further_cue() -> None:
    text = "Boats rest, the Gazette wrote, the port plans to sell them, the Gazette cited a pilot as saying."
    contents = words(text, *(said.content for said in found_in(text)))
    assert "to sell them" in contents


def test_a_sentence_longer_than_anyone_writes_is_left_alone() -> None:
    assert found_in("A pilot said that boats stop" + " again" * 400 + ".") == []
