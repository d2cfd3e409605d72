"""Every sentence a person reads is Chinese in the source and has an English translation."""

import re

import pytest
from babel.messages.catalog import Catalog, Message

from interfaces.locale import update

PLACE = re.compile(r"%\((\w+)\)[a-z]")
ALWAYS_FILLED = {"n", "num", "million", "thousand"}
"""Given to sentences about numbers and amounts, which English counts in other units."""


@pytest.fixture(scope="module")
def english() -> Catalog:
    return update.english()


def texts(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def test_every_sentence_is_translated() -> None:
    assert not update.missing()


def test_no_translation_is_left_of_a_sentence_that_is_gone(english: Catalog) -> None:
    spoken = update.spoken()
    assert not [message.id for message in english if message.id and message.id not in spoken]


def test_a_translation_fills_no_place_that_the_sentence_does_not_have(english: Catalog) -> None:
    wrong = []
    for message in english:
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        known = set(PLACE.findall(" ".join(ids))) | ALWAYS_FILLED
        wrong += [message.id for text in texts(message) if not set(PLACE.findall(text)) <= known]
    assert not wrong
