"""Screening 初筛: a positive and a negative list as data, and what a proposal or candidate was found to be."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID, uuid5

from domain.shared import Invalid, Missing, Refused


class ApprovalKind(StrEnum):
    """Whose consent a candidate may need, in the order that a congress's rules give them."""

    DEPARTMENTS = "departments"
    """Opinions of the departments concerned."""
    EXECUTIVE_MEETING = "executive_meeting"
    """Government executive meeting 政府常务会议."""
    PARTY_COMMITTEE = "party_committee"
    """Party committee 党委会议."""
    LEGALITY = "legality"
    """Review of legality 合法性审查."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of a list. `code` is short, stable and unique in its rules, e.g. 正3, 负2."""

    code: str
    name: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRules:
    """What a project should be, what it must not be, and who must consent in which order."""

    positive: tuple[Criterion, ...]
    negative: tuple[Criterion, ...]
    approvals: tuple[ApprovalKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRulesAdopted:
    """The congress screens by these rules from now on; what was screened before keeps the version it names."""

    congress: UUID
    version: int
    rules: ScreeningRules
    decision: str
    """By whom and when, as cited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedRules:
    """The rules in force."""

    version: int
    rules: ScreeningRules
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What was found: `hits` of the negative list, `unmet` lines of the positive list, by the rules of this version.

    Version 0 are the ready-made rules, used until a congress adopts its own.
    """

    version: int
    hits: tuple[Criterion, ...] = ()
    unmet: tuple[Criterion, ...] = ()
    note: str = ""


@dataclass(eq=False)
class NegativeListHit(Refused):
    """The negative list blocks the candidacy; every rule that was hit is named (rule 18)."""

    title: str
    rules: tuple[Criterion, ...]


@dataclass(eq=False)
class NotScreened(Refused):
    """The congress has adopted screening rules, and nobody has screened this."""

    title: str


def rules_stream(congress: UUID) -> UUID:
    """The screening rules of a congress, version after version."""
    return uuid5(congress, "screening-rules")


def adopt_rules(
    current: AdoptedRules | None, congress: UUID, rules: ScreeningRules, decision: str
) -> ScreeningRulesAdopted:
    """The next version. Raises Missing (positive, negative, decision) or Invalid (code, name, approvals)."""
    said = {"positive": rules.positive, "negative": rules.negative, "decision": decision.strip()}
    if empty := tuple(name for name, value in said.items() if not value):
        raise Missing(fields=empty)
    seen: set[str] = set()
    for line in (*rules.positive, *rules.negative):
        if not line.name.strip():
            raise Invalid(field="name", reason="empty", value=line.code)
        if not line.code.strip() or line.code in seen:
            raise Invalid(field="code", reason="code_repeated", value=line.code)
        seen.add(line.code)
    if len(set(rules.approvals)) != len(rules.approvals):
        raise Invalid(field="approvals", reason="approval_repeated")
    version = current.version + 1 if current else 1
    return ScreeningRulesAdopted(congress=congress, version=version, rules=rules, decision=decision.strip())


def evolve_rules(_current: AdoptedRules | None, fact: ScreeningRulesAdopted) -> AdoptedRules:
    """The rules after one more fact."""
    return AdoptedRules(version=fact.version, rules=fact.rules, decision=fact.decision)


def screened(
    current: AdoptedRules | None, ready_made: ScreeningRules, hits: tuple[str, ...], unmet: tuple[str, ...], note: str
) -> Screening:
    """A finding by the rules in force, or the ready-made ones. Raises Invalid for a code that the rules do not have."""
    rules = current.rules if current else ready_made
    return Screening(
        version=current.version if current else 0,
        hits=_lines("hits", rules.negative, hits),
        unmet=_lines("unmet", rules.positive, unmet),
        note=note.strip(),
    )


def require_clean(title: str, screening: Screening | None, *, needed: bool) -> None:
    """Rule 18. Raises NegativeListHit, or NotScreened where screening is `needed`."""
    if screening is None:
        if needed:
            raise NotScreened(title=title)
        return
    if screening.hits:
        raise NegativeListHit(title=title, rules=screening.hits)


def _lines(field: str, rules: tuple[Criterion, ...], codes: tuple[str, ...]) -> tuple[Criterion, ...]:
    by_code = {line.code: line for line in rules}
    if strange := next((code for code in codes if code not in by_code), None):
        raise Invalid(field=field, reason="no_such_rule", value=strange)
    return tuple(replace(line, words="") for line in rules if line.code in codes)


READY_MADE = ScreeningRules(
    positive=(
        Criterion(code="正1", name="普惠性", words="多数群众受益，不针对少数人。"),
        Criterion(code="正2", name="公益性", words="属于政府公共服务范围，不以营利为目的。"),
        Criterion(code="正3", name="均衡性", words="兼顾城乡、区域和不同群体。"),
        Criterion(code="正4", name="可行性", words="用地、规划、资金等条件具备或者能够落实。"),
        Criterion(code="正5", name="急迫性", words="群众反映强烈，需要尽快解决。"),
        Criterion(code="正6", name="当年见效", words="能够当年完成，或者当年有明确的阶段目标。"),
        Criterion(code="正7", name="可量化", words="内容和规模有能够核对的指标。"),
        Criterion(code="正8", name="财政资金为主", words="所需资金主要由财政安排。"),
    ),
    negative=(
        Criterion(code="负1", name="以社会资本投入为主", words="主要靠社会资本投资的项目。"),
        Criterion(code="负2", name="上级项目的延续或者配套", words="上级已经部署、本级只是延续或者配套的项目。"),
        Criterion(code="负3", name="增加负担或者债务风险", words="加重群众、企业负担，或者形成政府债务风险的项目。"),
        Criterion(code="负4", name="变相的政府重大投资项目", words="应当按政府投资程序另行决定的重大工程。"),
        Criterion(code="负5", name="个别人或者个别单位的诉求", words="只涉及单个人、单个单位利益的事项。"),
        Criterion(code="负6", name="形象工程", words="重形式、轻实效的项目。"),
    ),
)
"""The lists of the field's regulations (domain.md, stage 2), offered until a congress adopts its own."""
