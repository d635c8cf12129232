"""Draw who speaks throughout an article as a strip across its page."""

from __future__ import annotations

from docutils import nodes
from retold.corpus import Corpus
from retold.voices import VOICES, Stretch, find_stretches


def voice_strip(corpus: Corpus, article: str) -> nodes.raw:
    """Return an article's stretches in proportion, with a key that gives the share of each voice.

    Layers that no words name are drawn as ``probably relayed``, see ``retold.voices.find_stretches``.
    The strip is for web pages alone; elsewhere a figure shows the same.
    """
    found = find_stretches(corpus, article, strict=False)
    sizes = {voice: sum(each.end - each.start for each in found if each.voice == voice) for voice in VOICES}
    key = [(voice, f"{voice} {_percent(size / found[-1].end)}") for voice, size in sizes.items() if size]
    pieces = "".join(_piece(stretch) for stretch in found)
    entries = "".join(f'<li class="{_name(voice)}"><span></span>{words}</li>' for voice, words in key)
    label = f"Share of the text by speaker: {', '.join(words for _, words in key)}"
    strip = f'<div class="voice-strip" role="img" aria-label="{label}">{pieces}</div>'
    return nodes.raw("", f'{strip}<ul class="voice-key" aria-hidden="true">{entries}</ul>', format="html")


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.005 else "under 1%"


def _piece(stretch: Stretch) -> str:
    size = stretch.end - stretch.start
    return f'<span class="{_name(stretch.voice)}" style="flex-grow:{size}" title="{stretch.voice}"></span>'


def _name(voice: str) -> str:
    return "voice-" + voice.replace(",", "").replace(" ", "-")
