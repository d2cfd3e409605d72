"""A congress's rule profile 票决办法 from its first draft to its adoption in the session, which locks it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.polls.profile_check import Fault, ProfileFaults, check
from domain.polls.ready_made import READY_MADE
from domain.polls.reckoning import Operator, Threshold
from domain.polls.rules import (
    BlankItem,
    EvaluationRules,
    Form,
    GradeRule,
    LateArrivals,
    MaxFor,
    Option,
    PassBase,
    Publication,
    RuleProfile,
    ScoreBand,
    ScrutineerRule,
    Shortfall,
    TieAtCut,
    base_of,
    needed,
    quorum_number,
    surplus_rate,
)
from domain.shared import Missing, NotFound, Refused

__all__ = [
    "READY_MADE",
    "Adoption",
    "BlankItem",
    "EvaluationRules",
    "Fault",
    "Form",
    "GradeRule",
    "LateArrivals",
    "MaxFor",
    "Operator",
    "Option",
    "PassBase",
    "Profile",
    "ProfileAdopted",
    "ProfileChanged",
    "ProfileDrafted",
    "ProfileExists",
    "ProfileFact",
    "ProfileFaults",
    "ProfileLocked",
    "ProfileNotAdopted",
    "ProfileRevised",
    "Publication",
    "RuleProfile",
    "ScoreBand",
    "ScrutineerRule",
    "Shortfall",
    "Threshold",
    "TieAtCut",
    "adopt_profile",
    "adopted_rules",
    "base_of",
    "check",
    "draft_profile",
    "evolve",
    "known",
    "needed",
    "quorum_number",
    "revise_profile",
    "surplus_rate",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDrafted:
    """The first version of a profile of this congress."""

    congress: UUID
    rules: RuleProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRevised:
    """A later version, complete; earlier ones stay in the history."""

    rules: RuleProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileAdopted:
    """The session adopted the latest version; from now on it cannot change."""

    session: UUID
    on: date
    decision: str
    """Who decided and under which number, as it is printed with the result."""


ProfileFact = ProfileDrafted | ProfileRevised | ProfileAdopted


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """By which session the profile was adopted, when and how."""

    session: UUID
    on: date
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The profile as it stands; `version` counts drafts and revisions from 1."""

    congress: UUID
    rules: RuleProfile
    version: int = 1
    adoption: Adoption | None = None

    @property
    def is_locked(self) -> bool:
        """Whether it was adopted."""
        return self.adoption is not None


@dataclass(eq=False)
class ProfileExists(Refused):
    """A profile was already drafted under this identity."""


@dataclass(eq=False)
class ProfileLocked(Refused):
    """An adopted profile cannot be changed or adopted again; the next one starts as a new draft."""

    session: UUID
    on: date


@dataclass(eq=False)
class ProfileChanged(Refused):
    """The version that was shown for adoption is not the latest one."""

    shown: int
    current: int


@dataclass(eq=False)
class ProfileNotAdopted(Refused):
    """A poll needs a profile that the session has adopted."""

    title: str


def evolve(profile: Profile | None, fact: ProfileFact) -> Profile:
    """The profile after one more fact."""
    match fact:
        case ProfileDrafted():
            return Profile(congress=fact.congress, rules=fact.rules)
        case ProfileRevised():
            before = known(profile)
            return replace(before, rules=fact.rules, version=before.version + 1)
        case ProfileAdopted():
            return replace(known(profile), adoption=Adoption(session=fact.session, on=fact.on, decision=fact.decision))


def known(profile: Profile | None) -> Profile:
    """Raises NotFound for a profile that was never drafted."""
    if profile is None:
        raise NotFound(kind="profile", id="")
    return profile


def draft_profile(profile: Profile | None, *, congress: UUID, rules: RuleProfile) -> ProfileDrafted:
    """A new profile. Raises ProfileExists, ProfileFaults."""
    if profile is not None:
        raise ProfileExists
    check(rules)
    return ProfileDrafted(congress=congress, rules=rules)


def revise_profile(profile: Profile | None, *, rules: RuleProfile) -> tuple[ProfileRevised, ...]:
    """The next version, or nothing when nothing changed. Raises NotFound, ProfileLocked, ProfileFaults."""
    current = _unlocked(profile)
    check(rules)
    return () if rules == current.rules else (ProfileRevised(rules=rules),)


def adopt_profile(
    profile: Profile | None, *, session: UUID, on: date, decision: str, version: int | None = None
) -> ProfileAdopted:
    """The session's decision for the latest version, which is `version` where one was shown.

    Raises NotFound, ProfileLocked, ProfileChanged, ProfileFaults or Missing.
    """
    current = _unlocked(profile)
    if version not in (None, current.version):
        raise ProfileChanged(shown=version or 0, current=current.version)
    check(current.rules)
    if not decision.strip():
        raise Missing(fields=("decision",))
    return ProfileAdopted(session=session, on=on, decision=decision.strip())


def adopted_rules(profile: Profile | None) -> RuleProfile:
    """The rules a poll counts by. Raises NotFound, ProfileNotAdopted."""
    rules = known(profile).rules
    if not known(profile).is_locked:
        raise ProfileNotAdopted(title=rules.title)
    return rules


def _unlocked(profile: Profile | None) -> Profile:
    adoption = known(profile).adoption
    if adoption is not None:
        raise ProfileLocked(session=adoption.session, on=adoption.on)
    return known(profile)
