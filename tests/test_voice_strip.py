"""Draw who speaks throughout an article, every character of it."""

from __future__ import annotations

import re

import pytest
from lxml import html
from retold import Corpus
from retold_book.voice_strip import voice_strip


@pytest.mark.parametrize("article", ["101", "102", "103"])
def test_the_strip_covers_the_article(corpus: Corpus, article: str) -> None:
    strip = voice_strip(corpus, article).astext()
    sizes = [int(size) for size in re.findall(r"flex-grow:(\d+)", strip)]
    assert sum(sizes) == len(corpus.articles[article].text)
    assert min(sizes) > 0


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
