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
