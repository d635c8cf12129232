"""Write the story in shared vocabularies: each is read back, offline, by a reader that is not ours."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rdflib
from conftest import A101, A102, A103, CLAIMS, SEED_101, SEED_102, SEED_103, SOURCES, change, record_checksums
from hypothesis import given
from hypothesis import strategies as st
from prov.model import ProvDocument
from retold import Corpus, load_corpus
from retold.model import Selector
from retold.provenance import find_readings, reading_newsrooms
from retold.text import find_selector
from retold_export import derivation, linked
from retold_export.naming import TERMS, namespace

OA = "http://www.w3.org/ns/oa#"
SCHEMA = "https://schema.org/"
# What the annotations use of http://www.w3.org/ns/anno.jsonld, which readers otherwise fetch.
ANNO = {
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "Annotation": OA + "Annotation",
    "SpecificResource": OA + "SpecificResource",
    "TextQuoteSelector": OA + "TextQuoteSelector",
    "TextPositionSelector": OA + "TextPositionSelector",
    "body": {"@type": "@id", "@id": OA + "hasBody"},
    "target": {"@type": "@id", "@id": OA + "hasTarget"},
    "source": {"@type": "@id", "@id": OA + "hasSource"},
    "selector": {"@type": "@id", "@id": OA + "hasSelector"},
    "exact": OA + "exact",
    "first": {"@type": "@id", "@id": "http://www.w3.org/ns/activitystreams#first"},
    "items": {"@type": "@id", "@id": "http://www.w3.org/ns/activitystreams#items", "@container": "@list"},
}
HOSTILE = "=1+1 <script>alert(\"x\")</script> & 'q' ]]> @id \x01\x0b\x7f\u2028\ufffe \\u003c"
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")


def whole(pieces: Callable[[Corpus], Iterator[str]]) -> Callable[[Corpus], str]:
    return lambda corpus: "".join(pieces(corpus))


to_prov, to_annotations, to_claims = map(whole, (derivation.to_prov, linked.to_annotations, linked.to_claims))
WRITERS = [to_prov, to_annotations, to_claims]


@pytest.fixture(scope="module", params=["story", "book"])
def each(request: pytest.FixtureRequest, corpus: Corpus) -> Corpus:
    return corpus if request.param == "story" else load_corpus(Path(__file__).parents[1])


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("reached for the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)


def records(corpus: Corpus, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_prov(corpus)).get(kind, {})
    return found


def derivations(corpus: Corpus, reading: str) -> dict[str, dict[str, Any]]:
    return {
        each["prov:usedEntity"]: each
        for each in records(corpus, "wasDerivedFrom").values()
        if each["prov:generatedEntity"] == f"corpus:reading/{reading}"
    }


def qualified(name: str) -> dict[str, str]:
    return {"$": name, "type": "xsd:QName"}


def annotated(corpus: Corpus) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(to_annotations(corpus))["first"]["items"]
    return items


def targets(corpus: Corpus) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    by_hash = {article.sha256: article.text for article in corpus.articles.values()}
    for annotation in annotated(corpus):
        for target in annotation["target"]:
            yield by_hash[target["source"]["retold:sha256"]], *target["selector"]


def annotation(corpus: Corpus, passage: str) -> dict[str, Any]:
    [found] = [each for each in annotated(corpus) if each["id"].endswith(f"annotation/{passage}")]
    return found


def nodes(corpus: Corpus) -> dict[str, dict[str, Any]]:
    base = namespace(corpus)
    return {node["@id"].removeprefix(base): node for node in json.loads(to_claims(corpus))["@graph"]}


# All three


@pytest.mark.parametrize("write", WRITERS)
def test_the_text_is_the_same_each_time(each: Corpus, write: Callable[[Corpus], str]) -> None:
    text = write(each)
    assert text == write(load_corpus(each.root))
    assert text.endswith("}\n")
    assert str(each.root) not in text


@pytest.mark.parametrize("write", WRITERS)
def test_pieces_make_the_text_that_is_written_at_once(each: Corpus, write: Callable[[Corpus], str]) -> None:
    text = write(each)
    at_once = json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True)
    assert text == at_once.replace("<", "\\u003c") + "\n"


@pytest.mark.parametrize("write", WRITERS)
def test_a_story_of_nothing_is_json(corpus: Corpus, write: Callable[[Corpus], str]) -> None:
    text = write(replace(corpus, articles={}, passages={}, claims={}, sources={}))
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_names_depend_on_the_texts_alone(corpus: Corpus, changed: Callable[..., Corpus]) -> None:
    assert namespace(changed((A103, "kind: title", "kind: scare"))) == namespace(corpus)
    other = [(file, "on the pier", "off the pier") for file in (SEED_103, A103)]
    assert namespace(changed(*other)) != namespace(corpus)
    assert namespace(corpus).startswith(TERMS)


@pytest.mark.parametrize("write", WRITERS)
@given(words=st.text(min_size=1))
def test_any_words_are_read_back_as_they_were(
    corpus: Corpus, write: Callable[[Corpus], str], words: str
) -> None:
    claim = corpus.claims["crews"].model_copy(update={"statement": words})
    source = corpus.sources["gazette"].model_copy(update={"name": words})
    passages = {name: each for name, each in corpus.passages.items() if each.record.id != "crews"}
    passages["103/claim.crews"] = replace(corpus.passages["103/claim.crews"], record=claim)
    odd = replace(
        corpus,
        claims={**corpus.claims, "crews": claim},
        sources={**corpus.sources, "gazette": source},
        passages=passages,
    )
    text = write(odd)
    assert "<" not in text
    assert json.dumps(words, ensure_ascii=False).replace("<", "\\u003c") in text
    json.loads(text)


def make_hostile(story: Path) -> Corpus:
    words, quoted = "No boat will sail after dark", json.dumps(HOSTILE)
    change(story, SEED_102, words, HOSTILE)
    change(story, A102, words, quoted, count=2)
    change(story, CLAIMS, f"102: {words}", f"102: {quoted}")
    change(story, CLAIMS, "statement: No boat sails in the dark.", f"statement: {quoted}")
    change(story, SOURCES, "name: Eskholm Gazette", f"name: {quoted}")
    return load_corpus(story)


@pytest.mark.usefixtures("offline")
def test_hostile_words_stay_words(story: Path) -> None:
    corpus = make_hostile(story)
    assert all("<" not in write(corpus) for write in WRITERS)
    read = ProvDocument.deserialize(content=to_prov(corpus), format="json")
    [gazette] = read.get_record("corpus:source/gazette")
    assert gazette.label == HOSTILE
    assert nodes(corpus)["claim/no-sailing"]["text"] == HOSTILE
    graph = rdflib.Graph().parse(data=to_claims(corpus), format="json-ld")
    assert rdflib.Literal(HOSTILE) in set(graph.objects(None, rdflib.URIRef(SCHEMA + "text")))
    assert HOSTILE in [quote["exact"] for _, quote, _ in targets(corpus)]


@pytest.mark.usefixtures("offline")
def test_an_article_may_be_named_with_any_signs(story: Path) -> None:
    odd = "a b~<%é"
    (story / SEED_101).rename(story / f"seeds/{odd}_night.txt")
    (story / A101).rename(story / f"annotations/{odd}.yaml")
    text = (story / CLAIMS).read_text(encoding="utf-8")
    (story / CLAIMS).write_text(text.replace("101:", f'"{odd}":'), encoding="utf-8")
    record_checksums(story)
    corpus = load_corpus(story)
    read = ProvDocument.deserialize(content=to_prov(corpus), format="json")
    assert read.get_record("corpus:article/a%20b~%3C%25%C3%A9")
    assert "article/a%20b~%3C%25%C3%A9" in nodes(corpus)
    names = [each["id"] for each in annotated(corpus)]
    assert all(rdflib.URIRef(name).n3() for name in names)
    assert f"{namespace(corpus)}annotation/a%20b~%3C%25%C3%A9/pilots" in names


# PROV


def bare(text: str | None) -> Any:
    """Return a PROV-JSON document without the running numbers of its relations."""
    document = json.loads(text or "")
    for relation in ("wasAttributedTo", "wasDerivedFrom"):
        document[relation] = sorted(json.dumps(each, sort_keys=True) for each in document[relation].values())
    return document


def test_relations_are_numbered_throughout(each: Corpus) -> None:
    relations = [*records(each, "wasAttributedTo"), *records(each, "wasDerivedFrom")]
    assert sorted(int(name.removeprefix("_:id")) for name in relations) == list(range(1, len(relations) + 1))


def test_prov_reads_the_document_back_equal(each: Corpus) -> None:
    text = to_prov(each)
    read = ProvDocument.deserialize(content=text, format="json")
    assert bare(read.serialize(format="json")) == bare(text)
    assert ProvDocument.deserialize(content=read.serialize(format="json"), format="json") == read
    claims = sum(passage.layer == "claim" for passage in each.passages.values())
    stories = {source.id for source in each.sources.values() if source.kind == "newsroom"}
    entities = {str(entity.identifier) for entity in read.get_records() if entity.is_element()}
    assert len([name for name in entities if ":reading/" in name]) == claims
    assert {f"corpus:source/{source}" for source in each.sources} <= entities
    assert {name for name in entities if ":story/" in name} <= {f"corpus:story/{each}" for each in stories}


def test_every_name_in_a_relation_is_declared(each: Corpus) -> None:
    declared = {*records(each, "entity"), *records(each, "agent")}
    for relation in ("wasAttributedTo", "wasDerivedFrom"):
        assert records(each, relation)
        for record in records(each, relation).values():
            ends = ("prov:entity", "prov:agent", "prov:generatedEntity", "prov:usedEntity")
            assert {record[end] for end in ends if end in record} <= declared


def test_the_primary_sources_of_a_claim_are_its_newsroom_roots(each: Corpus) -> None:
    primary: dict[str, set[str]] = {}
    for how in records(each, "wasDerivedFrom").values():
        if how.get("prov:type") == qualified("prov:PrimarySource"):
            primary.setdefault(how["prov:generatedEntity"], set()).add(how["prov:usedEntity"])
    for claim in each.claims:
        for reading in find_readings(each, claim):
            stories = {f"corpus:story/{root}" for root in reading_newsrooms(each, reading)}
            assert primary.get(f"corpus:reading/{reading.article}/{claim}", set()) == stories


def test_a_reading_quotes_its_article_and_goes_back_to_the_newsroom_named(corpus: Corpus) -> None:
    found = derivations(corpus, "101/night-boats-stop")
    assert found["corpus:article/101"]["prov:type"] == qualified("prov:Quotation")
    story = found["corpus:story/gazette"]
    assert story["prov:type"] == qualified("prov:PrimarySource")
    assert (story["retold:certainty"], story["retold:implied"]) == ("explicit", False)
    reading = records(corpus, "entity")["corpus:reading/101/night-boats-stop"]
    assert reading["prov:value"] == "Brightwater Ferries will stop its night boats in winter"
    assert reading["retold:claim"] == qualified("corpus:claim/night-boats-stop")


def test_a_reading_is_attributed_to_every_layer(corpus: Corpus) -> None:
    found = {
        each["prov:agent"]: (each["retold:depth"]["$"], each["retold:polarity"])
        for each in records(corpus, "wasAttributedTo").values()
        if each["prov:entity"] == "corpus:reading/101/night-boats-stop"
    }
    assert found == {
        "corpus:source/gazette": ("1", "asserts"),
        "corpus:source/two-pilots": ("2", "asserts"),
    }


def test_a_reading_without_newsroom_goes_back_to_its_article_alone(corpus: Corpus) -> None:
    assert list(derivations(corpus, "101/boats-damaged")) == ["corpus:article/101"]


def test_an_inferred_layer_is_marked_and_is_no_primary_source(changed: Callable[..., Corpus]) -> None:
    corpus = changed(
        (A102, "source_text: the paper\n    content", "content"),
        (A102, "certainty: carried-over", "certainty: inferred"),
    )
    story = derivations(corpus, "102/no-sailing")["corpus:story/gazette"]
    assert "prov:type" not in story
    assert (story["retold:certainty"], story["retold:implied"]) == ("inferred", True)


def test_agents_are_people_or_organisations_where_the_register_says_so(corpus: Corpus) -> None:
    agents = records(corpus, "agent")
    assert agents["corpus:source/anna-berg"]["prov:type"] == qualified("prov:Person")
    assert agents["corpus:source/gazette"]["prov:type"] == qualified("prov:Organization")
    assert "prov:type" not in agents["corpus:source/two-pilots"]
    assert agents["corpus:source/two-pilots"]["retold:named"] is False


def test_an_article_is_attributed_to_its_outlet(corpus: Corpus) -> None:
    relations = records(corpus, "wasAttributedTo").values()
    found = [each for each in relations if "retold:outlet_certainty" in each]
    assert [each["prov:agent"] for each in found] == [
        "corpus:source/harbour-post",
        "corpus:source/coast-daily",
        "corpus:source/island-news",
    ]
    article = records(corpus, "entity")["corpus:article/101"]
    assert article["prov:label"] == "Ferries to stop at night, Gazette reports"
    assert article["retold:sha256"] == corpus.articles["101"].sha256


def test_an_article_without_title_has_no_label(changed: Callable[..., Corpus]) -> None:
    corpus = changed((A102, "  title: Union and company at odds\n", ""))
    assert "prov:label" not in records(corpus, "entity")["corpus:article/102"]
    assert "headline" not in nodes(corpus)["article/102"]


# Web Annotation


def test_the_collection_names_the_standard_first_and_counts_its_items(each: Corpus) -> None:
    collection = json.loads(to_annotations(each))
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == len(each.passages)
    assert len({item["id"] for item in items}) == len(items)
    assert {item["type"] for item in items} == {"Annotation"}


def test_own_terms_hide_no_term_of_the_standard(each: Corpus) -> None:
    [own] = json.loads(to_annotations(each))["@context"][1:]
    assert own == {"retold": TERMS}
    for item in annotated(each):
        assert all(name == "type" or name.startswith("retold:") for name in item["body"])


def test_words_and_position_select_the_same_place(each: Corpus) -> None:
    found = list(targets(each))
    assert len(found) >= len(each.passages)
    for text, words, position in found:
        assert (words.pop("type"), position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert text[position["start"] : position["end"]] == words["exact"]
        assert find_selector(text, Selector(**words)) == [(position["start"], position["end"])]


def test_words_that_recur_are_told_apart_however_far_the_texts_agree(story: Path) -> None:
    run = "na " * 60
    change(story, SEED_103, "The film", f"{run}ba {run}ba {run}\nThe film")
    second = f'{{exact: ba, prefix: "{run}ba {run}"}}'
    quantity = f"  - {{id: ba, surface: {second}, value: 1, unit: ba, kind: count}}\n"
    change(story, A103, "quantities:\n", f"quantities:\n{quantity}")
    corpus = load_corpus(story)
    [target] = annotation(corpus, "103/ba")["target"]
    words = {name: target["selector"][0][name] for name in ("exact", "prefix", "suffix")}
    assert find_selector(corpus.articles["103"].text, Selector(**words)) == [*corpus.passages["103/ba"].spans]


def test_a_span_in_two_parts_has_two_targets(changed: Callable[..., Corpus]) -> None:
    parts = ["may stop this winter", "Several boats need repairs"]
    corpus = changed((CLAIMS, "103: Night boats may stop this winter", f"103: [{', '.join(parts)}]"))
    found = annotation(corpus, "103/claim.night-boats-stop")["target"]
    assert [target["selector"][0]["exact"] for target in found] == parts


def test_a_body_holds_the_row_of_the_tables(corpus: Corpus) -> None:
    assert annotation(corpus, "101/nine-damaged")["body"] == {
        "type": "Dataset",
        "retold:layer": "quantity",
        "retold:low": 9,
        "retold:unit": "boat",
        "retold:hedge": "at-least",
        "retold:base": "the 14 boats",
        "retold:kind": "count",
        "retold:claim": "boats-damaged",
        "retold:state": "damaged",
        "retold:period": "last autumn",
        "retold:certainty": "explicit",
        "retold:chain": "harbour-post > port-office",
    }
    dusk = annotation(corpus, "101/dusk")["body"]
    assert dusk["retold:source"] == "one-pilot"
    assert dusk["retold:cue_text"] == "told"
    assert dusk["retold:named"] is False
    assert dusk["retold:certainty"] == "carried-over"
    assert dusk["retold:contested"] == ["source: a third pilot"]
    assert dusk["retold:note"] == "speaks for the pilots"


def test_a_body_of_a_reading_names_its_claim(corpus: Corpus) -> None:
    assert annotation(corpus, "103/claim.crews")["body"] == {
        "type": "Dataset",
        "retold:layer": "claim",
        "retold:claim": "crews",
        "retold:statement": "Half of the crews want a contract.",
        "retold:kind": "quantity",
        "retold:chain": "island-news",
    }


@pytest.mark.usefixtures("offline")
def test_annotations_are_linked_data(each: Corpus) -> None:
    collection = json.loads(to_annotations(each))
    collection["@context"][0] = ANNO
    graph = rdflib.Graph().parse(data=json.dumps(collection), format="json-ld")
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(OA + "Annotation")))) == len(each.passages)
    sources = set(graph.objects(None, rdflib.URIRef(OA + "hasSource")))
    files = {str(graph.value(source, rdflib.URIRef(TERMS + "file"))) for source in sources}
    assert files == {article.file for article in each.articles.values()}
    chains = list(graph.objects(None, rdflib.URIRef(TERMS + "chain")))
    assert chains
    assert all(isinstance(chain, rdflib.Literal) for chain in chains)


# schema.org


@pytest.mark.usefixtures("offline")
def test_claims_are_linked_data_and_name_where_they_appear(each: Corpus) -> None:
    graph, schema = rdflib.Graph().parse(data=to_claims(each), format="json-ld"), rdflib.Namespace(SCHEMA)
    base = namespace(each)
    found = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(SCHEMA + "Claim")))
    assert found == {rdflib.URIRef(f"{base}claim/{claim}") for claim in each.claims}
    for claim in each.claims:
        appearances = graph.objects(rdflib.URIRef(f"{base}claim/{claim}"), schema.appearance)
        stored = (graph.value(article, schema.encoding) for article in appearances)
        files = {str(graph.value(file, schema["name"])) for file in stored}
        assert files == {each.articles[reading.article].file for reading in find_readings(each, claim)}
    used = {str(predicate) for predicate in graph.predicates()}
    assert all(name.startswith((SCHEMA, str(rdflib.RDF))) for name in used)
    assert not [name for name in used if "ating" in name or "review" in name.lower()]


def test_a_claim_first_appears_where_exactly_one_newsroom_is_named(each: Corpus) -> None:
    found = nodes(each)
    for claim in each.claims:
        roots = set().union(*(reading_newsrooms(each, reading) for reading in find_readings(each, claim)))
        first = found[f"claim/{claim}"].get("firstAppearance")
        wanted = {"@id": f"{namespace(each)}story/{min(roots)}"} if len(roots) == 1 else None
        assert first == wanted


def test_two_newsrooms_leave_the_first_appearance_open(changed: Callable[..., Corpus]) -> None:
    corpus = changed(
        (SOURCES, "name: Port Office & Pier, kind: institution", "name: Port Office & Pier, kind: newsroom"),
        (A102, "gazette\n    source_text: the paper", "port-office\n    source_text: the paper"),
    )
    found = nodes(corpus)
    assert "firstAppearance" not in found["claim/no-sailing"]
    assert found["claim/boats-damaged"]["firstAppearance"]["@id"].endswith("/story/port-office")
    assert found["story/port-office"]["publisher"]["name"] == "Port Office & Pier"


def test_the_newsrooms_story_has_its_publisher(corpus: Corpus) -> None:
    story = nodes(corpus)["story/gazette"]
    assert story["@type"] == "CreativeWork"
    assert story["publisher"] == {"@type": "Organization", "name": "Eskholm Gazette"}


def test_an_outlet_that_is_only_probable_goes_unnamed(corpus: Corpus, changed: Callable[..., Corpus]) -> None:
    assert nodes(corpus)["article/101"]["publisher"]["name"] == "Harbour Post"
    unsure = changed((A101, "outlet_certainty: high", "outlet_certainty: probable"))
    assert "publisher" not in nodes(unsure)["article/101"]
    assert "Harbour Post" not in to_claims(unsure)


def test_a_story_without_claims_is_still_written(story: Path) -> None:
    events = "events:\n  - {id: night-stop, label: The night boats stop}\n"
    (story / CLAIMS).write_text(events, encoding="utf-8")
    corpus = load_corpus(story)
    assert [name for name in nodes(corpus) if not name.startswith("article/")] == []
    assert records(corpus, "wasDerivedFrom") == {}
