"""Write a small, wholly invented story, and change it: a ferry company, its pilots, and their port."""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from hypothesis.configuration import set_hypothesis_home_dir
from retold import Corpus, load_corpus

set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "retold-hypothesis")
hypothesis.settings.register_profile("steady", derandomize=True, database=None, deadline=None)
hypothesis.settings.load_profile("steady")

SEED_101, SEED_102, SEED_103 = "seeds/101_night.txt", "seeds/102_dark.txt", "seeds/103_winter.txt"
A101, A102, A103 = (f"annotations/{number}.yaml" for number in (101, 102, 103))
SOURCES, CLAIMS, ISSUES, CONTEXT = (
    f"annotations/{name}.yaml" for name in ("sources", "claims", "issues", "context")
)
SUMS = "seeds/SHA256SUMS"

FILES: dict[str, str] = {
    SEED_101: """\
Ferries to stop at night, Gazette reports

Brightwater Ferries will stop its night boats in winter, the Eskholm Gazette reported, citing two pilots.

"No boat will sail after dusk," one of the pilots told the Gazette.
The company refuses to rehire seven pilots before talks begin, the union's chairwoman Anna Berg said.
At least nine of the 14 boats were damaged last autumn, according to the port office.

The strait is six miles wide.
Photo: Harbour Post
""",
    SEED_102: """\
Union and company at odds

The Eskholm Gazette writes that Brightwater will end its night boats from December.

– No boat will sail after dark, a pilot told the paper.

About nine boats were damaged in autumn 2023, four officials said.
The port denied that it had closed the pier. Brightwater declined to comment.
""",
    SEED_103: """\
🛥 Night boats may stop

Night boats may stop this winter. “Nobody sails in the dark”, a former pilot said.
Several boats need repairs, and almost half of the crews want a contract.
The film “Low Tide” was shot on the pier.
""",
    A101: """\
# yaml-language-server: $schema=article.schema.json
article:
  title: Ferries to stop at night, Gazette reports
  outlet: harbour-post
  outlet_certainty: high
  outlet_evidence: the photo credit
  published: "2023-11-20"
  published_evidence: the dateline
headings: [{exact: "Ferries to stop at night, Gazette reports"}]
own_voice: The strait is six miles wide.
paratext: "Photo: Harbour Post"
not_quantities:
  - words: one of the pilots
    reason: says which pilot
attributions:
  - id: gazette
    source: gazette
    source_text: the Eskholm Gazette
    cue: reported
    content: Brightwater Ferries will stop its night boats in winter
  - id: pilots
    source: two-pilots
    source_text: two pilots
    cue: citing
    content: Brightwater Ferries will stop its night boats in winter
    within: gazette
  - id: gazette-dusk
    source: gazette
    source_text: the Gazette
    content: '"No boat will sail after dusk,"'
  - id: dusk
    source: one-pilot
    source_text: one of the pilots
    cue: told
    content: '"No boat will sail after dusk,"'
    within: gazette-dusk
    form: direct
    quote_mark: straight
    certainty: carried-over
    contested:
      - {field: source, reading: a third pilot, reason: the pilots are not numbered}
    note: speaks for the pilots
  - id: gazette-rehire
    source: gazette
    content:
      The company refuses to rehire seven pilots before talks begin,
      the union's chairwoman Anna Berg said.
    certainty: inferred
  - id: chairwoman
    source: anna-berg
    source_text: the union's chairwoman Anna Berg
    cue: said
    content: The company refuses to rehire seven pilots before talks begin
    within: gazette-rehire
  - id: port-office
    source: port-office
    source_text: the port office
    cue: according to
    content: At least nine of the 14 boats were damaged last autumn
    form: document
quantities:
  - {id: two-sources, surface: two, value: 2, unit: pilot, kind: count}
  - {id: seven-pilots, surface: seven, value: 7, unit: pilot, kind: count}
  - id: nine-damaged
    surface: At least nine
    value: 9
    unit: boat
    hedge: at-least
    kind: count
    base: the 14 boats
    state: damaged
    period: last autumn
    claim: boats-damaged
  - {id: fleet, surface: "14", value: 14, unit: boat, kind: count}
  - {id: strait, surface: six miles, value: 6, unit: mile, kind: distance}
positions:
  - id: rehire
    quote: refuses to rehire seven pilots before talks begin
    actor: company
    issue: rehiring
    stance: against
    move: refusal
    condition:
      act: drop the demand
      by: union
      object: talks
events:
  - id: stop
    event: night-stop
    surface: will stop its night boats in winter
    time: in winter
    status: planned
    stated: 2023-12/2024-02
    reconciled: 2023-12/2024-02
  - id: damage
    event: damage
    surface: were damaged last autumn
    time: last autumn
    stated: 2022-09/2022-11
    reconciled: 2023-09/2023-11
    reason: the autumn was not over when this was printed
    order:
      - relation: before
        event: night-stop
        source: text
""",
    A102: """\
article:
  title: Union and company at odds
  outlet: coast-daily
  outlet_certainty: high
  outlet_evidence: the address
  published: 2023-11-21/..
  published_evidence: not before the Gazette
headings: Union and company at odds
attributions:
  - id: gazette
    source: gazette
    source_text: The Eskholm Gazette
    cue: writes that
    content: Brightwater will end its night boats from December
  - id: paper
    source: gazette
    source_text: the paper
    content: No boat will sail after dark
    certainty: carried-over
  - id: pilot
    source: one-pilot
    source_text: a pilot
    cue: told
    content: No boat will sail after dark
    within: paper
    form: direct
    quote_mark: dash
  - id: officials
    source: four-officials
    source_text: four officials
    cue: {exact: said, prefix: "officials "}
    content: About nine boats were damaged in autumn 2023
    descriptor: {number: four, role: officials}
  - id: port
    source: port-office
    source_text: The port
    cue: denied that
    content: it had closed the pier
    polarity: denies
  - id: company
    source: brightwater
    source_text: {exact: Brightwater, suffix: " declined"}
    content: declined to comment
    polarity: declines
quantities:
  - id: nine-damaged
    surface: About nine
    value: 9
    unit: boat
    hedge: about
    kind: count
    claim: boats-damaged
  - {id: officials-number, surface: four, value: 4, unit: official, kind: count}
events:
  - id: stop
    event: night-stop
    surface: will end its night boats from December
    time: from December
    status: planned
    stated: 2023-12/..
    reconciled: 2023-12/2024-02
    reason: the Gazette speaks of winter
    order:
      - {relation: after, event: damage, source: tide-table}
  - id: damage
    event: damage
    surface: were damaged in autumn 2023
    time: in autumn 2023
    stated: 2023-09/2023-11
    reconciled: 2023-09/2023-11
  - id: pier
    event: pier-closed
    surface: it had closed the pier
    status: negated
    reason: no time is given
""",
    A103: """\
article:
  title: 🛥 Night boats may stop
  outlet: island-news
  outlet_certainty: probable
  outlet_evidence: the apostrophes
  published: 2023-11-20/..
  published_evidence: not before the Gazette
headings: 🛥 Night boats may stop
own_voice:
  - Night boats may stop this winter.
  - Several boats need repairs, and almost half of the crews want a contract.
  - The film “Low Tide” was shot on the pier.
not_speech:
  - {words: Low Tide, kind: title, reason: a film}
attributions:
  - id: former
    source: former-pilot
    source_text: a former pilot
    cue: said
    content: “Nobody sails in the dark”
    form: direct
    quote_mark: curly
    descriptor: {former: true, role: pilot, access: outside}
quantities:
  - {id: several, surface: Several, value: null, unit: unspecified, hedge: vague, kind: vague, base: boats}
  - {id: half, surface: almost half, value: 50, unit: percent, hedge: almost, kind: share, base: the crews}
events:
  - id: stop
    event: night-stop
    surface: may stop this winter
    time: this winter
    status: hypothetical
    stated: 2023-12/2024-02
    reconciled: 2023-12/2024-02
""",
    SOURCES: """\
sources:
  - {id: harbour-post, name: Harbour Post, kind: outlet, side: third, named: true}
  - {id: coast-daily, name: Coast Daily, kind: outlet, side: third, named: true}
  - {id: island-news, name: Island News, kind: outlet, side: third, named: true}
  - {id: gazette, name: Eskholm Gazette, kind: newsroom, side: third, named: true}
  - {id: two-pilots, name: two pilots, kind: group, side: unknown, named: false, size: {low: 2, high: 2}}
  - id: one-pilot
    name: a pilot
    kind: official
    side: unknown
    named: false
    identity:
      - source: two-pilots
        certainty: inferred
        reason: one of them
  - {id: anna-berg, name: Anna Berg, kind: person, side: union, named: true}
  - {id: port-office, name: Port Office & Pier, kind: institution, side: port, named: true}
  - {id: four-officials, name: four officials, kind: group, side: unknown, named: false, size: {low: 4}}
  - {id: brightwater, name: Brightwater, kind: institution, side: company, named: true}
  - {id: former-pilot, name: a former pilot, kind: official, side: unknown, named: false}
""",
    CLAIMS: """\
claims:
  - id: night-boats-stop
    statement: The night boats will stop in winter.
    kind: event
    readings:
      101: Brightwater Ferries will stop its night boats in winter
      102: Brightwater will end its night boats from December
      103: Night boats may stop this winter
    variants:
      - id: stop-modality
        kind: modality
        severity: 2
        explanation: A plan in two articles, a possibility in the third.
        readings: {101: will stop, 102: will end, 103: may stop}
  - id: boats-damaged
    statement: Nine boats were damaged.
    kind: quantity
    readings:
      101: At least nine of the 14 boats were damaged last autumn
      102: About nine boats were damaged in autumn 2023
      103: null
    variants:
      - id: damaged-hedge
        kind: hedge
        severity: 2
        explanation: A lower bound in one, an estimate in the other.
        readings:
          101: at least nine
          102: about nine
      - id: damaged-source
        kind: attribution
        severity: 3
        explanation: An office in one, four people in the other.
        readings: {101: the port office, 102: four officials}
  - id: no-sailing
    statement: No boat sails in the dark.
    kind: stance
    readings:
      101: '"No boat will sail after dusk,"'
      102: No boat will sail after dark
      103: “Nobody sails in the dark”
  - id: crews
    statement: Half of the crews want a contract.
    kind: quantity
    readings:
      101: null
      102: null
      103: almost half of the crews want a contract
events:
  - {id: night-stop, label: The night boats stop}
  - {id: damage, label: Boats are damaged}
  - {id: pier-closed, label: The pier is closed}
""",
    ISSUES: """\
issues:
  - {id: rehiring, label: Rehiring pilots}
  - {id: night-service, label: The night boats}
actors:
  - {id: company, label: Brightwater, side: company, party: true}
  - {id: union, label: The pilots' union, side: union, party: true}
  - {id: port, label: The port, side: port}
objects:
  - {id: talks, label: Talks}
""",
    CONTEXT: """\
facts:
  - key: tide-table
    statement: Low tide falls < 5 times a week before dawn.
    base: tides of the year
    publisher: Harbour Board
    date: "2023-01-05"
    url: https://example.org/tides
    note: "5 & not 6"
    values: {times: 5}
  - key: undated
    statement: The pier is old.
    publisher: Pier Society
    date: ""
    url: ""
""",
}


def record_checksums(root: Path) -> None:
    """Write ``seeds/SHA256SUMS`` for the seeds as they are now."""
    seeds = sorted((root / "seeds").glob("*.txt"))
    lines = [f"{hashlib.sha256(seed.read_bytes()).hexdigest()}  {seed.name}\n" for seed in seeds]
    (root / SUMS).write_text("".join(lines), encoding="utf-8")


def write_story(root: Path) -> Path:
    """Write the invented story under ``root`` and return it."""
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    record_checksums(root)
    return root


def change(root: Path, file: str, old: str, new: str, *, count: int = 1, record: bool = True) -> None:
    """Replace ``old``, which stands ``count`` times in the file, and record the seeds' checksums anew."""
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) == count, f"{old!r} stands {text.count(old)} times in {file}"
    (root / file).write_text(text.replace(old, new), encoding="utf-8")
    if record and file.startswith("seeds/") and file != SUMS:
        record_checksums(root)


def line_of(root: Path, file: str, words: str) -> int:
    """Return the number of the one line of a file that holds ``words``."""
    lines = (root / file).read_text(encoding="utf-8").split("\n")
    found = [number for number, line in enumerate(lines, start=1) if words in line]
    assert len(found) == 1, f"{words!r} stands on the lines {found} of {file}"
    return found[0]


SITE = {
    "extensions": ["myst_parser", "retold_book.extension", "retold_typst.builder"],
    "smartquotes": False,
    "html_theme": "basic",
    "html_copy_source": False,
    "exclude_patterns": ["_build", "out"],
}
# Sphinx would otherwise add to a default that every later build in this process shares.
SUFFIXES = {".rst": "restructuredtext"}
CONTENTS = "\n```{toctree}\n:glob:\n\nchapters/**\n```\n"
PAGES = {
    "index.md": "# Index\n\nSee {evidence}`nine <101/nine-damaged fact/tide-table>`.\n" + CONTENTS,
    "chapters/outside_facts.md": "# Facts\n\n```{facts}\n```\n",
    **{f"chapters/articles/{a}.md": f"# {a}\n\n```{{article}} {a}\n```\n" for a in ("101", "102", "103")},
}
"""The pages of a small book of the story, by file."""


def build_site(root: Path, pages: dict[str, str]) -> tuple[int, str]:
    """Build the pages beside the story under ``root`` into ``out``; return Sphinx's status and warnings."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace

    citation = "version: 1.2.3\ndate-released: 2024-01-02\n"
    for name, text in {**pages, "CITATION.cff": citation, "conf.py": ""}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    warnings = io.StringIO()
    site = SITE | {"source_suffix": SUFFIXES.copy()}
    with docutils_namespace():
        app = Sphinx(
            root, None, root / "out", root / "out/doctrees", "html", site,
            status=None, warning=warnings, freshenv=True, warningiserror=True, keep_going=True,
        )  # fmt: skip
        app.build()
    return app.statuscode, warnings.getvalue()


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """Return the root of a freshly written story."""
    return write_story(tmp_path / "story")


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Return the story, loaded once; nothing can change it."""
    return load_corpus(write_story(tmp_path_factory.mktemp("story")))


@pytest.fixture
def changed(story: Path) -> Callable[..., Corpus]:
    """Return a function that makes changes ``(file, old, new)`` and loads the story."""

    def load(*changes: tuple[str, str, str]) -> Corpus:
        for each in changes:
            change(story, *each)
        return load_corpus(story)

    return load
