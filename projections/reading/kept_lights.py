"""A scheme of lights as a row keeps it: plain JSON, read back as it was."""

from decimal import Decimal
from typing import Any, Final

from domain.projects.lights import Band, Colour, LightRules

_CAUSES: Final = ("milestone_overdue", "accepted", "suspended", "terminated")


def kept(rules: LightRules) -> dict[str, Any]:
    """The scheme for a JSON column."""
    limits = [None if band.at_least is None else str(band.at_least) for band in rules.bands]
    bands = [[band.colour.value, band.words, limit] for band, limit in zip(rules.bands, limits, strict=True)]
    return {"bands": bands, "causes": {name: getattr(rules, name).value for name in _CAUSES}}


def read(told: dict[str, Any]) -> LightRules:
    """The scheme that `kept` was given."""
    bands = tuple(
        Band(colour=Colour(colour), words=words, at_least=None if limit is None else Decimal(limit))
        for colour, words, limit in told["bands"]
    )
    return LightRules(bands=bands, **{name: Colour(colour) for name, colour in told["causes"].items()})
