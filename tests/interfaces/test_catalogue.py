"""Every sentence a person reads is Chinese in the source and has an English translation."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
ENGLISH = ROOT / "interfaces/locale/en/LC_MESSAGES/messages.po"
KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, "lazy": None}
PLACE = re.compile(r"%\((\w+)\)[a-z]")
ALWAYS_FILLED = {"n", "num", "million", "thousand"}
"""Given to sentences about numbers and amounts, which English counts in other units."""

Id = str | tuple[str, ...]


@pytest.fixture(scope="module")
def sentences() -> dict[Id, str]:
    """Every sentence of pages and code, with a place where it stands."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {mapping["pattern"]: mapping for mapping in mappings}
    found = extract_from_dir(ROOT, methods, options, KEYWORDS)
    return {message: f"{name}:{line}" for name, line, message, _, _ in found}


@pytest.fixture(scope="module")
def english() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def texts(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def test_every_sentence_is_translated(sentences: dict[Id, str], english: Catalog) -> None:
    missing = {}
    for sentence, place in sentences.items():
        message = english.get(sentence)
        if message is None or message.fuzzy or not texts(message) or not all(texts(message)):
            missing[sentence] = place
    assert not missing


def test_no_translation_is_left_of_a_sentence_that_is_gone(sentences: dict[Id, str], english: Catalog) -> None:
    assert not [message.id for message in english if message.id and message.id not in sentences]


def test_a_translation_fills_no_place_that_the_sentence_does_not_have(english: Catalog) -> None:
    wrong = []
    for message in english:
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        known = set(PLACE.findall(" ".join(ids))) | ALWAYS_FILLED
        wrong += [message.id for text in texts(message) if not set(PLACE.findall(text)) <= known]
    assert not wrong
