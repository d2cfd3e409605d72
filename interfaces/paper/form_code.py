"""The code on a ballot paper: which form it is and which page, the same on every paper of a poll.

It tells nothing about the paper itself: there is no number that two papers of a poll do not share (ballot.md, "Paper").
"""

import re
from dataclasses import dataclass
from typing import Final

from domain.polls.ballot_form import BallotForm, form_hash
from domain.shared import CROCKFORD

LAYOUT: Final = 1
"""Version of the places on the page. Papers of another version are named, never read at wrong places."""

_DIGITS: Final = 8
_SAID = re.compile(rf"PJ(\d{{1,3}}):([{CROCKFORD}]{{{_DIGITS}}}):(\d{{1,2}}):(\d{{1,2}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCode:
    """What the two-dimensional code of a page says; pages count from 1."""

    layout: int = LAYOUT
    form: str
    page: int
    pages: int

    @property
    def text(self) -> str:
        """As it stands in the code."""
        return f"PJ{self.layout}:{self.form}:{self.page}:{self.pages}"


def form_code(form: BallotForm) -> str:
    """Eight Crockford digits: the first forty bits of the form's hash."""
    number = int(form_hash(form)[: _DIGITS * 5 // 4], 16)
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in reversed(range(_DIGITS)))


def shown_code(code: str) -> str:
    """As people compare it: 7K3M-9QXW."""
    return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> PageCode | None:
    """What a code says; None where it is not one of a ballot paper."""
    found = _SAID.fullmatch(text)
    if found is None:
        return None
    layout, form, page, pages = found.groups()
    return PageCode(layout=int(layout), form=form, page=int(page), pages=int(pages))
