from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.classify.entities import find

if TYPE_CHECKING:
    from pipelines.records import Entity


def named(body: str, title: str = "", language: str = "en") -> dict[str, Entity]:
    return {entity.name: entity for entity in find(title, body, language)}


def test_a_subsidiary_is_not_its_owner() -> None:
    found = named("Google Cloud grew, said Google. Amazon Web Services (AWS) is bigger; Amazon owns AWS.")
    assert found["Google Cloud"].offsets == ((0, 12),)
    assert found["Google"].id == "wikidata:Q95"
    assert found["Amazon Web Services"].aliases == ("AWS",)
    assert len(found["Amazon Web Services"].offsets) == 3
    assert len(found["Amazon"].offsets) == 1


def test_a_product_is_not_its_maker() -> None:
    found = named("Last year the Tesla Cybertruck sold well. Tesla was glad.")
    assert found["Tesla Cybertruck"].kind == "product"
    assert found["Tesla"].kind == "company"


def test_a_name_with_an_introduced_short_form_is_one() -> None:
    body = (
        "The money comes from Southern Harbour Investment Managers (SHIM), a private equity firm. With SHIM's help, "
        "Quay+Two Datacenters (Quay+Two) will build. Quay+Two is glad."
    )
    found = named(body)
    assert found["Southern Harbour Investment Managers"].aliases == ("SHIM",)
    assert len(found["Southern Harbour Investment Managers"].offsets) == 3
    assert found["Quay+Two Datacenters"].aliases == ("Quay+Two",)
    assert found["Quay+Two Datacenters"].kind == "company"


def test_a_short_form_of_no_name_is_no_name() -> None:
    assert named("They signed a memorandum of understanding (MOU). The MOU holds for a year.") == {}


def test_a_person_is_one_under_full_name_and_surname() -> None:
    found = named('Jane Miller, CEO of Quayside, was pleased. "It works," Miller said. Dr. Okonkwo agreed.')
    assert found["Jane Miller"].aliases == ("Miller",)
    assert found["Jane Miller"].kind == "person"
    assert found["Okonkwo"].kind == "person"
    assert found["Quayside"].kind == "company"


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        ("We asked Quayline GmbH about it.", "Quayline GmbH", "company"),
        ("On Monday Quayline, a logistics startup, closed.", "Quayline", "company"),
        ("The Ministry of Ports, Fisheries, and Evaluation of Public Works agreed.", "Ministry of Ports, Fisheries, and Evaluation of Public Works", "organisation"),
        ("She teaches at the University of Bergen now.", "University of Bergen", "organisation"),
        ("It will be based in Nouarak, a suburban area near the coast.", "Nouarak", "place"),
        ("The office is in Dakar now.", "Dakar", "place"),
        ("They tested the Quay Phone 17C for a week.", "Quay Phone 17C", "product"),
        ("Then QuayStack was updated.", "QuayStack", "product"),
    ],
)  # fmt: skip
def test_kinds(body: str, name: str, kind: str) -> None:
    assert named(body)[name].kind == kind


def test_known_companies_carry_ticker_and_id_under_any_legal_form() -> None:
    found = named("Shares of Nvidia Corp. rose. Nvidia is glad.")
    assert found["Nvidia Corp"].id == "wikidata:Q182477"
    assert found["Nvidia Corp"].ticker == "NASDAQ:NVDA"
    assert found["Nvidia Corp"].aliases == ("Nvidia",)


@pytest.mark.parametrize(
    "body", ["Oracle of old, they called her.", "Amazon rainforest loss fell.", "Reading is fun.", "Mobile was fine."]
)
def test_common_words_are_no_names(body: str) -> None:
    assert named(body) == {}


def test_a_common_word_is_a_name_once_its_surroundings_say_so() -> None:
    found = named("Oracle was quiet. Yesterday the database maker Oracle spoke.")
    assert len(found["Oracle"].offsets) == 2


def test_german_nouns_are_no_names() -> None:
    found = named("Die Firma Hafenwolke GmbH baut in Berlin ein Rechenzentrum für Kunden und Partner.", language="de")
    assert {(name, entity.kind) for name, entity in found.items()} == {
        ("Hafenwolke GmbH", "company"),
        ("Berlin", "place"),
    }


def test_known_names_are_found_in_chinese() -> None:
    assert named("华为和小米发布了新手机。", language="zh").keys() == {"华为", "小米"}


def test_a_name_that_only_the_title_gives_has_no_offsets() -> None:
    assert named("It was a good day.", title="Microsoft Buys a Lake")["Microsoft"].offsets == ()


def test_a_figure_in_other_units_is_an_alias() -> None:
    found = named("It spans 2,000 square meters (21,525 square feet).")
    assert found["2,000 square meters"].aliases == ("21,525 square feet",)


@given(st.text(alphabet="AaBb .,()'’\n-&+1$éЖ中", max_size=400), st.sampled_from(["en", "de", "zh", None]))
@settings(max_examples=150, deadline=None)
def test_offsets_hold_the_forms_of_the_name_in_any_text(body: str, language: str | None) -> None:
    for entity in find("", body, language):
        forms = {entity.name, *entity.aliases}
        assert {body[start:end] for start, end in entity.offsets} <= forms


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        ("We met Demis Okafor, chief executive of Quayline.", "Demis Okafor", "person"),
        ("It was said by spokesperson Wanjiru Achieng today.", "Wanjiru Achieng", "person"),
        ("Then Theresa May of the harbour office spoke.", "Theresa May", "person"),
        ("Then Ursula von der Weide spoke.", "Ursula von der Weide", "person"),
        ("They asked Prof. Dr. Jean-Claude van Acker about it.", "Jean-Claude van Acker", "person"),
        ("A deal with Bank of Westphalia was signed.", "Bank of Westphalia", "company"),
        ("Later Microsoft Israel hired more people.", "Microsoft Israel", "company"),
        ("Later Microsoft Surface Hub sold well.", "Microsoft Surface Hub", "product"),
        ("The new iPhone 17 Pro Max is heavy.", "iPhone 17 Pro Max", "product"),
        ("They tried the Pixel 9a for a week.", "Pixel 9a", "product"),
        ("It runs on Claude 3.5 Sonnet now.", "Claude 3.5 Sonnet", "product"),
        ("Secondo Harbour S.p.A. di Roma va bene.", "Harbour S.p.A.", "company"),
        ("We asked Harbour Holding N.V. about it.", "Harbour Holding N.V", "company"),
    ],
)
def test_offices_branches_and_editions_tell_the_kind(body: str, name: str, kind: str) -> None:
    assert named(body)[name].kind == kind


def test_a_release_of_a_program_is_the_program() -> None:
    found = named("They moved to Kubernetes v1.33 in May. Kubernetes is hard.")
    assert found["Kubernetes v1.33"].aliases == ("Kubernetes",)
    assert found["Kubernetes v1.33"].id


def test_a_count_behind_a_product_is_no_version() -> None:
    assert "iPhone" in named("They sold the iPhone 17 million times.")


def test_what_a_hyphen_adds_to_a_name_is_no_part_of_it() -> None:
    found = named("The Sam Altman-backed reactor startup and the Nvidia-powered machines of a Lagos-based company.")
    assert found["Sam Altman"].kind == "person"
    assert found["Nvidia"].kind == "company"
    assert found["Lagos"].kind == "place"


def test_a_german_office_joined_to_a_company_names_both() -> None:
    found = named("Gestern lobte Siemens-Chef Roland Busch das Werk.", language="de")
    assert found["Siemens"].kind == "company"
    assert found["Roland Busch"].kind == "person"


def test_a_longer_known_name_leaves_nothing_of_itself_over() -> None:
    found = named("He reads the New York Times and went to the University of California, Berkeley.")
    assert {"New York Times", "University of California, Berkeley"} == found.keys()


def test_a_word_with_capitals_that_shortens_a_company_is_the_company() -> None:
    found = named("They visited Quay+Two Datacenters in May. On Monday Quay+Two’s site opened.")
    assert found["Quay+Two Datacenters"].aliases == ("Quay+Two",)


def test_the_river_is_not_the_company_in_the_same_article() -> None:
    found = named("Rain fell when Amazon opened. The Amazon river floods; fish of the Amazon basin die.")
    assert len(found["Amazon"].offsets) == 1


def test_what_a_common_word_owns_makes_it_a_name() -> None:
    assert named("Apple's iPhone is old.")["Apple"].kind == "company"
    assert "Apple" not in named("Apple trees are old.")


def test_a_headline_in_capitals_gives_its_known_names() -> None:
    found = named("It was a good day.", title="GOOGLE AND MICROSOFT SIGN A DEAL OVER A TARGET")
    assert {"GOOGLE", "MICROSOFT"} == found.keys()
    assert found["GOOGLE"].id == "wikidata:Q95"


def test_a_currency_is_no_place_and_no_product() -> None:
    assert all(entity.kind == "money" for entity in find("", "It cost US$ 5 million or EUR 3 million.", "en"))
