"""The chapter of the book on residents' councils: agenda, discussion, hands, results, the street's own list."""

from typing import Final

from domain.congress.council import (
    AgendaItemEntered,
    AgendaItemPutRight,
    AgendaItemRemoved,
    AgendaOrdered,
    DiscussionCorrected,
    DiscussionNoted,
    HandsShown,
    ItemDecided,
    ItemListed,
    ItemPassedOn,
    ItemPutToPoll,
)
from domain.congress.street_list import StreetListAnnounced

CHAPTER: Final[tuple[tuple[str, int, type], ...]] = (
    ("congress.agenda-item-entered", 1, AgendaItemEntered),
    ("congress.agenda-item-put-right", 1, AgendaItemPutRight),
    ("congress.agenda-ordered", 1, AgendaOrdered),
    ("congress.agenda-item-removed", 1, AgendaItemRemoved),
    ("congress.discussion-noted", 1, DiscussionNoted),
    ("congress.discussion-corrected", 1, DiscussionCorrected),
    ("congress.hands-shown", 1, HandsShown),
    ("congress.item-put-to-poll", 1, ItemPutToPoll),
    ("congress.item-decided", 1, ItemDecided),
    ("congress.item-passed-on", 1, ItemPassedOn),
    ("congress.item-listed", 1, ItemListed),
    ("congress.street-list-announced", 1, StreetListAnnounced),
)
