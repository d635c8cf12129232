"""Draw who speaks throughout an article as a strip across its page."""

from __future__ import annotations

from docutils import nodes
from retold.corpus import Corpus
from retold.voices import VOICES, Stretch, Voice, find_stretches

_APART = ("heading", "paratext")


def voice_strip(corpus: Corpus, article: str) -> nodes.raw:
    """Return an article's stretches in proportion, with a key that gives the share of each voice.

    Shares are of the text outside headings and paratext, as in the figure of all articles. Layers that no
    words name are drawn as ``probably relayed``, see ``retold.voices.find_stretches``. The strip is for web
    pages alone.
    """
    found = find_stretches(corpus, article, strict=False)
    sizes = {voice: sum(each.end - each.start for each in found if each.voice == voice) for voice in VOICES}
    whole = sum(size for voice, size in sizes.items() if voice not in _APART)
    key = [(voice, _words(voice, size, whole)) for voice, size in sizes.items() if size]
    pieces = "".join(_piece(stretch) for stretch in found)
    entries = "".join(f'<li class="{_name(voice)}"><span></span>{words}</li>' for voice, words in key)
    label = f"Shares of the text outside headings, by speaker: {', '.join(words for _, words in key)}"
    strip = f'<div class="voice-strip" role="img" aria-label="{label}">{pieces}</div>'
    return nodes.raw("", f'{strip}<ul class="voice-key" aria-hidden="true">{entries}</ul>', format="html")


def _words(voice: Voice, size: int, whole: int) -> str:
    if voice in _APART:
        return voice
    percent = round(100 * size / whole)
    return f"{voice} {percent or 'under 1'}\u00a0%"


def _piece(stretch: Stretch) -> str:
    size = stretch.end - stretch.start
    return f'<span class="{_name(stretch.voice)}" style="flex-grow:{size}" title="{stretch.voice}"></span>'


def _name(voice: str) -> str:
    return "voice-" + voice.replace(",", "").replace(" ", "-")
