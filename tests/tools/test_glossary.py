"""Holds the keeper of the glossary to finding other words, and phrases that are not said."""

import pytest
from babel.messages import Catalog

from tools.glossary import faults


def said(english: str, translated: str, language: str = "es") -> list[str]:
    catalogue = Catalog(language)
    catalogue.add(english, translated)
    return [fault.partition(":")[0] for fault in faults(catalogue, language)]


def test_a_term_has_its_word_in_each_language() -> None:
    assert said("Cancel this session", "Cancelar esta sesión") == []
    assert said("Cancel this session", "Cancelar este encuentro") == [
        "'session' has another word in the glossary"
    ]
    assert said("Two open spaces", "Deux forums ouverts", "fr") == []


@pytest.mark.parametrize(
    ("english", "translated", "phrase"),
    [
        ("I shall announce it.", "Lo anunciaré.", "I shall"),
        ("I'll host", "Voy a acoger", "acoger"),
    ],
)
def test_some_phrases_are_not_said(english: str, translated: str, phrase: str) -> None:
    assert f"{phrase!r} is not said" in said(english, translated)


@pytest.mark.parametrize("name", ["/merge", "marketplace=", "`role`"])
def test_names_that_are_typed_are_no_terms(name: str) -> None:
    assert said(name, name) == []
