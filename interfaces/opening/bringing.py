"""Taking shares one by one, from a hidden prompt or from scanned lines; a wrong one is named, a good one kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from domain.polls.box_file import BoxFile
from domain.polls.share import (
    DIGITS,
    MistypedShare,
    Share,
    read_share,
    require_share_of,
    share_fingerprint,
    share_text,
)
from domain.shared import Refused, normal_code


@dataclass(eq=False)
class UnknownShare(Refused):
    """Well-formed, but none of the shares that were recorded for this key."""


@dataclass(eq=False)
class ShareTwice(Refused):
    """The same share was brought before."""


_TOO_LONG: Final = 4 * DIGITS


class Brought:
    """The shares that are there so far."""

    def __init__(self, box: BoxFile) -> None:
        self._box = box
        self.shares: list[Share] = []
        self.names: list[str] = []

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return max(0, self._box.threshold - len(self.shares))

    def take(self, typed: str) -> str:
        """Keeps a share and gives its holder's name.

        Raises MistypedShare, ShareOfAnotherPoll, ShareOfAnotherKey, UnknownShare or ShareTwice.
        """
        share = require_share_of(read_share(typed[:_TOO_LONG]), self._box.poll, self._box.public_key)
        fingerprint = share_fingerprint(share_text(share))
        name = next((holder.name for holder in self._box.holders if holder.share == fingerprint), None)
        if name is None:
            raise UnknownShare
        if name in self.names:
            raise ShareTwice
        self.shares.append(share)
        self.names.append(name)
        return name


def shares_in(lines: Iterable[str]) -> Iterator[str]:
    """The shares of a text file: scanned as one line each, or written as six rows each.

    Raises MistypedShare (length) for what is left over.
    """
    kept = ""
    for line in lines:
        kept += normal_code(line)
        if len(kept) >= DIGITS:
            yield kept[:DIGITS]
            kept = kept[DIGITS:]
    if kept:
        raise MistypedShare(reason="length")
