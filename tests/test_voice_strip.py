"""Draw who speaks throughout an article, every character of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import retold_book
from lxml import html
from retold import Corpus
from retold_book.voice_strip import voice_strip


@pytest.mark.parametrize("article", ["101", "102", "103"])
def test_the_strip_covers_the_article(corpus: Corpus, article: str) -> None:
    strip = voice_strip(corpus, article).astext()
    sizes = [int(size) for size in re.findall(r"flex-grow:(\d+)", strip)]
    assert sum(sizes) == len(corpus.articles[article].text)
    assert min(sizes) > 0


@pytest.mark.parametrize(
    ("voice", "colour"),
    [
        ("own-voice", "paper"),
        ("newsroom", "pale"),
        ("unnamed-via-a-newsroom", "rust"),
        ("unnamed-no-newsroom", "rust"),
        ("named-person", "blue"),
        ("institution", "blue"),
    ],
)
def test_a_voice_has_the_colour_that_the_figure_gives_it(voice: str, colour: str) -> None:
    css = (Path(retold_book.__file__).parent / "static/book.css").read_text(encoding="utf-8")
    [ground] = re.findall(rf"^\.voice-{voice} {{ --ground: (.*); }}$", css, re.MULTILINE)
    assert re.findall(r"var\(--(\w+)\)", ground)[0] == colour


def test_the_key_names_each_voice_with_its_share(corpus: Corpus) -> None:
    strip, key = html.fragments_fromstring(voice_strip(corpus, "102").astext())
    voices = [re.sub(r" (?:under )?\d+\xa0%$", "", item.text_content()) for item in key]
    assert {f"voice-{re.sub('[, ]+', '-', voice)}" for voice in voices} == {
        each.get("class") for each in strip
    }
    shares = [int(share) for share in re.findall(r"(\d+)\xa0%", strip.get("aria-label"))]
    assert 98 <= sum(shares) <= 102
    assert "heading" in [item.text_content() for item in key]
    assert all(item.text_content() in strip.get("aria-label") for item in key)
