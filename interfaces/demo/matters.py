"""Which matters residents of a body write about, and how often."""

from collections.abc import Sequence
from random import Random

from domain.projects.card import CandidateCard
from interfaces.demo.suggestions import Theme, themes


def matters_of(cards: Sequence[CandidateCard]) -> list[Theme]:
    """The matters that lead to these candidates, and those that lead elsewhere."""
    names = {card.name for card in cards}
    return [theme for theme in themes() if not theme.is_candidate or theme.name in names]


def some_of(matters: Sequence[Theme], count: int, chance: Random) -> list[Theme]:
    """So many: what leads to candidates is written about three times as often as the rest."""
    weights = [3 if theme.is_candidate else 1 for theme in matters]
    return chance.choices(matters, weights, k=count)
