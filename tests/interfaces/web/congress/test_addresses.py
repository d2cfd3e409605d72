"""No congress can take a word of the addresses that the pages themselves use."""

from domain.congress.congress import RESERVED_SLUGS
from interfaces.web._base.areas import AREAS
from interfaces.web._base.discovery import all_routes
from interfaces.web.switch import BALLOT


def words_of_our_own() -> set[str]:
    """First words of addresses, and those behind an area where a congress's word stands otherwise."""
    paths = [str(getattr(route, "path", "")).strip("/").split("/") for route in all_routes()]
    behind = {area.name for area in AREAS}
    found = {parts[0] for parts in paths} | {parts[1] for parts in paths if len(parts) > 1 and parts[0] in behind}
    return {word for word in found if word and not word.startswith("{")} | {BALLOT.strip("/")}


def test_words_of_our_own_addresses_are_reserved() -> None:
    assert words_of_our_own() - RESERVED_SLUGS == set()
