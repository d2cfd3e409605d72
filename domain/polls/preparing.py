"""Preparing a poll: what it needs before anybody is called to vote."""

from dataclasses import dataclass
from enum import StrEnum

from domain.polls.poll import PollPrepared, Sealing
from domain.polls.rules import Form
from domain.shared import Invalid, Missing, Refused

WHITE = "白色"
"""The colour of ballot papers where no other was chosen."""


class Medium(StrEnum):
    """How ballots are given. Papers lie ready beside cards in any case, for those who come late."""

    CARDS = "cards"
    CARDS_AND_PAPER = "cards_and_paper"
    """Whoever prefers paper gets one at the check-in."""
    PAPER = "paper"
    KEYPAD = "keypad"
    """The hall's keypads count; their totals are entered."""


@dataclass(eq=False)
class NoSurplus(Refused):
    """As many candidates as places needs the presidium's recorded waiver (rule 10)."""

    candidates: int
    quota: int


@dataclass(eq=False)
class SealingRequired(Refused):
    """Outside of rehearsals only a profile that says so expressly lets ballots be unsealed."""


@dataclass(eq=False)
class NotForProjects(Refused):
    """An evaluation's rules do not decide which projects are adopted."""

    title: str


@dataclass(eq=False)
class NotAnEvaluation(Refused):
    """The rules of a vote give no grades."""

    title: str


def medium_of(prepared: PollPrepared) -> Medium:
    """How ballots of the poll are given."""
    if prepared.keypad:
        return Medium.KEYPAD
    if prepared.card_set is None:
        return Medium.PAPER
    return Medium.CARDS_AND_PAPER if prepared.paper_colour else Medium.CARDS


def prepare_vote(fact: PollPrepared) -> PollPrepared:
    """A vote that decides which projects are adopted.

    Raises Missing (title, items), Invalid (medium), NotForProjects, SealingRequired or NoSurplus (rule 10).
    """
    if fact.profile.form is Form.GRADE:
        raise NotForProjects(title=fact.profile.title)
    quota, candidates = fact.profile.quota, len(fact.items)
    _require_complete(fact)
    if quota is not None and candidates <= quota and not (fact.profile.allow_equal and fact.waiver.strip()):
        raise NoSurplus(candidates=candidates, quota=quota)
    return fact


def prepare_evaluation(fact: PollPrepared) -> PollPrepared:
    """An evaluation of adopted projects. Raises Missing (title, items), Invalid, NotAnEvaluation, SealingRequired."""
    if fact.profile.form is not Form.GRADE:
        raise NotAnEvaluation(title=fact.profile.title)
    _require_complete(fact)
    return fact


def _require_complete(fact: PollPrepared) -> None:
    missing = tuple(name for name in ("title", "items") if not getattr(fact, name))
    if missing:
        raise Missing(fields=missing)
    if fact.keypad and (fact.card_set is not None or fact.paper_colour or fact.profile.form is Form.CHOOSE):
        raise Invalid(field="medium", reason="keypad")
    express = fact.rehearsal or fact.profile.unsealed_allowed
    if fact.sealing is Sealing.UNSEALED and not express:
        raise SealingRequired
