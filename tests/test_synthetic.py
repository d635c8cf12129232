"""Grow corpora of known transmission: valid on disk, the same for a seed, and true to what they tell."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from retold import Corpus, find_problems, load_corpus
from retold.provenance import carriers, newsroom_roots

from bench.synthetic import Grown, Rates, grow, write
from bench.synthetic.growth import SLOTS

FAITHFUL = Rates(drop=0, mutation=0, paraphrase=0, uncredited=0)
EVERY = {"attribution", "actor", "scope", "modality", "hedge", "value", "time", "quotation"}


@pytest.fixture(scope="module")
def grown() -> Grown:
    """Return two families, of twelve witnesses and eight, each with two originals."""
    rates = Rates(mutation=0.5, miscredited=0.1)
    return grow(20, seed=1, family=12, newsrooms=2, rates=rates)


@pytest.fixture(scope="module")
def written(grown: Grown, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Return what is loaded of the two families as written."""
    return load_corpus(write(grown, tmp_path_factory.mktemp("grown") / "corpus"))


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(grow(1), id="one witness"),
        pytest.param(grow(5, seed=3, rates=FAITHFUL), id="copies without change"),
        pytest.param(grow(8, family=3, places=1), id="families of one claim"),
        pytest.param(grow(9, rates=Rates(drop=0.9, mutation=1, paraphrase=1)), id="hardly a trace"),
        pytest.param(grow(6, newsrooms=3, rates=Rates(miscredited=1)), id="wrong credits"),
        pytest.param(grow(6, rates=Rates(uncredited=1)), id="no credits"),
    ],
)
def test_what_is_written_has_no_problem(made: Grown, tmp_path: Path) -> None:
    assert find_problems(write(made, tmp_path / "corpus")) == []


def digest(folder: Path) -> str:
    """Return the SHA-256 of all files' names and bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    parts = (str(path.relative_to(folder)).encode() + path.read_bytes() for path in files)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def test_a_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    first, again, other = (
        digest(write(grow(5, seed=seed), tmp_path / name)) for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first == again != other


def test_an_article_has_the_length_and_the_annotations_of_a_real_one(written: Corpus) -> None:
    words = [len(article.text.split()) for article in written.articles.values()]
    annotations = [passage for passage in written.passages.values() if passage.layer != "claim"]
    assert all(400 <= each <= 600 for each in words)
    assert 15 <= len(annotations) / len(words) <= 30
    assert {passage.layer for passage in annotations} == {"attribution", "quantity", "position", "event"}


def test_every_witness_copies_one_before_it_of_its_family(grown: Grown) -> None:
    for family in grown.families:
        before = list(family.originals)
        for witness in family.witnesses:
            assert witness.parent in before
            at = witness.id
            while at not in family.originals:
                at = grown.parents[at]
            assert at == witness.original
            before.append(witness.id)


def test_places_differ_from_the_parents_where_a_mutation_is_recorded_and_nowhere_else(grown: Grown) -> None:
    told = {witness.id: witness.tellings for witness in grown.witnesses}
    recorded = {(m.witness, m.claim, m.kind, m.before, m.after) for m in grown.mutations}
    found = {
        (witness, claim, kind, told[grown.parents[witness]][claim].slots[kind], words)
        for witness, tellings in told.items()
        if grown.parents[witness] in told
        for claim, telling in tellings.items()
        for kind, words in telling.slots.items()
        if words != told[grown.parents[witness]][claim].slots[kind]
    }
    assert found == {each for each in recorded if grown.parents[each[0]] in told} != set()


def test_every_kind_of_mutation_occurs() -> None:
    made = grow(50, rates=Rates(mutation=1))
    assert {mutation.kind for mutation in made.mutations} == EVERY
    assert {kind for kinds in SLOTS.values() for kind in kinds} | {"attribution"} == EVERY


def test_faithful_copies_all_read_alike() -> None:
    made = grow(5, rates=FAITHFUL)
    assert made.mutations == ()
    assert len({str(sorted(witness.tellings.items())) for witness in made.witnesses}) == 1


def test_the_corpus_has_the_claims_of_the_truth(grown: Grown, written: Corpus) -> None:
    assert {claim: carriers(written, claim) for claim in written.claims} == {
        claim: [witness.id for witness in family.witnesses if claim in witness.tellings]
        for family in grown.families
        for claim in family.claims
    }


def test_variants_are_the_places_with_more_than_one_content(grown: Grown, written: Corpus) -> None:
    for witness in grown.witnesses:
        for claim, telling in witness.tellings.items():
            for variant in written.claims[claim].variants:
                slots = {str(kind): words for kind, words in telling.slots.items()}
                assert variant.readings[witness.id] == (slots[variant.kind] or "none")
    mutated = {(mutation.claim, mutation.kind) for mutation in grown.mutations}
    kinds = {(claim.id, variant.kind) for claim in written.claims.values() for variant in claim.variants}
    assert kinds <= mutated
    assert len(kinds) > 20


def test_roots_are_the_originals_of_the_carriers(grown: Grown) -> None:
    family = grown.families[0]
    for claim in family.claims:
        carrying = [witness for witness in family.witnesses if claim in witness.tellings]
        assert grown.roots[claim] == {witness.original for witness in carrying}
    assert {len(roots) for roots in grown.roots.values()} == {0, 1, 2}


def test_without_wrong_or_lost_credits_the_roots_are_counted_right(tmp_path: Path) -> None:
    made = grow(15, newsrooms=3, rates=Rates(uncredited=0))
    corpus = load_corpus(write(made, tmp_path / "corpus"))
    for claim, roots in made.roots.items():
        assert newsroom_roots(corpus, claim) == (len(roots), len(roots))


def test_families_share_no_words_in_a_row() -> None:
    made = grow(20, family=10)
    texts = []
    for family in made.families:
        tellings = (telling for witness in family.witnesses for telling in witness.tellings.values())
        sentences = [" ".join(telling.wording) for telling in tellings]
        sentences += [" ".join(each) for witness in family.witnesses for each in witness.background]
        words = [re.sub(r"\{\w+\}", "", sentence).split() for sentence in sentences]
        texts.append({tuple(each[at : at + 2]) for each in words for at in range(len(each) - 1)})
    assert texts[0] & texts[1] == set()
