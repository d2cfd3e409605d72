"""poll.json: the items in their order on the ballot, and N, A and I."""

from dataclasses import dataclass

from domain.polls.outcome import Turnout
from interfaces.tally.given import Given, read_json


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedItem:
    """An item as the file names it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPoll:
    """What a count needs to know about a poll."""

    items: tuple[ListedItem, ...]
    turnout: Turnout


def read_poll(file: str) -> CountedPoll:
    """The poll in the file; its title has no effect. Raises CannotBeCounted."""
    fields = read_json(file).fields(("items", "all_delegates", "attending", "issued"), ("title",))
    if "title" in fields:
        fields["title"].text()
    turnout = Turnout(
        all_delegates=fields["all_delegates"].whole(),
        attending=fields["attending"].whole(),
        issued=fields["issued"].whole(),
    )
    return CountedPoll(items=_items(fields["items"].entries()), turnout=turnout)


def _items(given: list[Given]) -> tuple[ListedItem, ...]:
    items: dict[str, ListedItem] = {}
    for entry in given:
        fields = entry.fields(("id", "name"))
        item = ListedItem(id=fields["id"].name(), name=fields["name"].text())
        if item.id in items:
            fields["id"].refuse("doubled")
        items[item.id] = item
    return tuple(items.values())
