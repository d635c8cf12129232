"""Draw strips of voices: every stretch, a key, labels apart, and the same bytes each time."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import pytest
from figure_rules import WORDS, clashes, labels, texts
from retold import load_corpus
from retold.voices import Stretch, Voice, find_stretches
from retold_report.drawing import BLUE, PALE, RUST, Figure
from retold_report.strips import plot_strips

Strips = Mapping[str, list[Stretch]]
UNNAMED: Voice = "unnamed, via a newsroom"
HEADS = {"101", "Own", "voice", "Probably", "relayed"}


@pytest.fixture(autouse=True)
def _no_warning() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def fills(figure: Figure) -> list[str]:
    """Return the fill of every patch beside the two backgrounds; ``url`` where it is hatched."""
    styles = re.findall(r'<g id="patch_\d+">\s*<path [^>]*style="([^"]*)"', figure.svg)
    found = [dict(part.split(": ") for part in style.split("; ")).get("fill", "") for style in styles]
    return ["url" if fill.startswith("url") else fill for fill in found[1:]]


def strips(*voices: Voice) -> Strips:
    return {"101": [Stretch(at, at + 1, voice) for at, voice in enumerate(voices)]}


def draw(found: Strips) -> Figure:
    return plot_strips(found, **WORDS)


@pytest.fixture(scope="module")
def five() -> Figure:
    corpus = load_corpus(Path(__file__).parents[1])
    return draw({article: find_stretches(corpus, article, strict=False) for article in corpus.articles})


def test_the_five_articles_are_drawn_without_a_clash(five: Figure) -> None:
    assert clashes(five) == []
    assert {"000", "001", "002", "003", "004", *WORDS.values()} <= set(labels(five))


def test_clashes_are_found() -> None:
    figure = plot_strips(strips("newsroom"), title="A", subtitle="long" * 40, foot="C")
    assert clashes(figure) == [("long" * 40,)]
    moved = re.sub(r"translate\([\d.]+ [\d.]+\) scale", "translate(9 99) scale", draw(strips("heading")).svg)
    assert ("Two boats left", "Boats by port") in clashes(Figure("", moved))


def test_strips_are_the_same_bytes_each_time() -> None:
    assert draw(strips(*get_args(Voice))) == draw(strips(*get_args(Voice)))


@pytest.mark.parametrize(
    ("voice", "found"),
    [
        pytest.param("own voice", "#ffffff", id="own voice"),
        pytest.param("newsroom", PALE, id="newsroom"),
        pytest.param("unnamed, via a newsroom", RUST, id="unnamed"),
        pytest.param("unnamed, no newsroom", RUST, id="unnamed without newsroom"),
        pytest.param("named person", "url", id="named person"),
        pytest.param("institution", "url", id="institution"),
        pytest.param("probably relayed", "url", id="relayed"),
    ],
)
def test_a_stretch_is_drawn_once_and_once_in_the_key(voice: Voice, found: str) -> None:
    assert fills(draw(strips(voice))) == [found.lower()] * 2


def test_stretches_follow_each_other_as_long_as_their_words() -> None:
    stretches = [Stretch(0, 10, "newsroom"), Stretch(10, 40, UNNAMED), Stretch(40, 100, "own voice")]
    figure = draw({"101": stretches, "102": stretches[:1]})
    bar = r'<g id="patch_\d+">\s*<path d="M ([\d.]+) [\d.]+ \nL ([\d.]+) [^>]*?fill: (#\w+)'
    found = [(float(start), float(end), fill) for start, end, fill in re.findall(bar, figure.svg)][-4:]
    left, right = found[0][0], found[2][1]
    ends = [((start - left) / (right - left), (end - left) / (right - left)) for start, end, _ in found]
    assert [each for pair in ends for each in pair] == pytest.approx(
        [0, 0.1, 0.1, 0.4, 0.4, 1, 0, 0.1], abs=1e-4
    )
    assert [fill for _, _, fill in found] == [PALE.lower(), RUST.lower(), "#ffffff", PALE.lower()]


def look(voice: Voice) -> str:
    """Return how a voice is drawn where blue and rust print as the same grey."""
    svg = re.sub(f"(?i){BLUE}|{RUST}", "#777777", draw(strips(voice)).svg)
    pattern = re.search(r"<pattern[^>]*>(.*?)</pattern>", svg, re.DOTALL)
    first = re.search(r'style="([^"]*)"', svg[svg.index('id="axes_1"') :])
    assert first is not None
    return pattern[1] if pattern else first[1]


def test_voices_look_different_without_colour() -> None:
    looks = {voice: look(voice) for voice in get_args(Voice)}
    alike = [("heading", "paratext"), ("named person", "institution"), (UNNAMED, "unnamed, no newsroom")]
    for one, other in alike:
        assert looks.pop(one) == looks[other]
    assert len(set(looks.values())) == len(looks) == 6


@pytest.mark.parametrize(
    ("voices", "own", "relayed"),
    [
        pytest.param(["own voice", "probably relayed"], "50 %", "50 %", id="nothing else"),
        pytest.param(["newsroom", "own voice", "own voice"], "67 %", "0 %", id="rounded, and nought"),
        pytest.param(["heading", "own voice", "paratext"], "100 %", "0 %", id="without what stands apart"),
        pytest.param(["heading"], "0 %", "0 %", id="a heading alone"),
    ],
)
def test_a_strip_says_what_share_no_words_give_to_a_source(
    voices: list[Voice], own: str, relayed: str
) -> None:
    shares = {words: box.x0 for words, _, box in texts(draw(strips(*voices))) if words.endswith("%")}
    assert set(shares) == {own, relayed}
    assert own == relayed or shares[own] < shares[relayed]


@pytest.mark.parametrize("voice", ["heading", "paratext"])
def test_headings_and_paratext_are_gaps_with_a_line(voice: Voice) -> None:
    figure = draw(strips(voice))
    assert fills(figure) == []
    assert figure.svg.count('<g id="line2d_') == 2


@pytest.mark.parametrize(
    ("voices", "key"),
    [
        pytest.param(["newsroom", "newsroom"], ["newsroom"], id="shown alone"),
        pytest.param(["newsroom", "own voice"], ["own voice", "newsroom"], id="in one order"),
        pytest.param(["paratext", "heading"], ["heading, paratext"], id="gaps together"),
        pytest.param([UNNAMED, "unnamed, no newsroom"], ["unnamed people"], id="the unnamed together"),
    ],
)
def test_the_key_names_what_is_shown(voices: list[Voice], key: list[str]) -> None:
    shown = labels(draw(strips(*voices)))
    assert [words for words in shown if words not in {*HEADS, *WORDS.values()} and "%" not in words] == key


@pytest.mark.parametrize(
    "found",
    [
        pytest.param({}, id="no article"),
        pytest.param({"101": []}, id="no stretch"),
        pytest.param({**strips("newsroom"), "102": []}, id="none in one article"),
    ],
)
def test_an_empty_strip_is_refused(found: Strips) -> None:
    with pytest.raises(ValueError, match="at least one stretch"):
        draw(found)
