"""What the pages of rule profiles show: the words, the numbers, the trial count."""

import hashlib
import json
from dataclasses import dataclass, replace
from fractions import Fraction
from uuid import UUID

from application.office import Office
from domain.congress import roll as rolls
from domain.polls.outcome import GradeOutcome, VoteOutcome
from domain.polls.profile import Profile
from domain.polls.reckoning import half_up
from domain.polls.rules import Form, PassBase, RuleProfile, quorum_number
from domain.polls.trial import try_out
from domain.polls.written import written_outcome, written_profile
from domain.shared import Refused
from interfaces.documents.profile_sheet import ProfileField, ProfileSheet
from interfaces.web._base.language import gettext as _
from interfaces.web._base.sentences import sentence
from interfaces.web._base.shown import number, percent
from interfaces.web.polls.results import Result, result_of
from interfaces.web.profiles import words
from interfaces.web.profiles.plain import in_plain_words, share_words

MADE_UP_DELEGATES = 300
"""Stands for N where the roll is still empty."""

MOST_CANDIDATES, MOST_DELEGATES = 99, 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialGrade:
    """One item of a made-up evaluation."""

    name: str
    rank: int | None
    marks: tuple[int, ...]
    rate: str
    score: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTrial:
    """A trial count: a result, or grades, or the sentence why there is none."""

    candidates: int
    attending: int
    returned: int = 0
    result: Result | None = None
    options: tuple[str, ...] = ()
    grades: tuple[TrialGrade, ...] = ()
    refused: str = ""


def all_delegates(office: Office, congress: UUID) -> int:
    """N by the roll of this moment; 0 where it is empty."""
    roll = office.state_of(rolls.roll_stream(congress), rolls.evolve)
    return roll.all_delegates if roll else 0


def trial(rules: RuleProfile, delegates: int, candidates: int | None, attending: int | None) -> ShownTrial:
    """The same made-up ballots counted by these rules; candidates and attendance can be chosen."""
    standing = candidates or _usual_candidates(rules)
    present = min(delegates, attending or max(quorum_number(rules, delegates), delegates * 24 // 25))
    try:
        tried = try_out(rules, candidates=standing, all_delegates=delegates, attending=present)
    except Refused as refused:
        return ShownTrial(candidates=standing, attending=present, refused=sentence(refused))
    match tried.outcome:
        case VoteOutcome() as outcome:
            return ShownTrial(
                candidates=standing,
                attending=present,
                returned=outcome.returned,
                result=_with_names(result_of(written_outcome(outcome), rules)),
            )
        case GradeOutcome() as outcome:
            return _graded(rules, outcome, standing, present)
    too_few = _("到会%(n)s人，不足法定人数，不能投票，没有结果。", n=present)
    return ShownTrial(candidates=standing, attending=present, refused=too_few)


def _with_names(result: Result) -> Result:
    """Made-up items are called by their numbers."""
    return replace(result, rows=tuple(replace(row, name=_("项目%(n)s", n=row.id)) for row in result.rows))


def _usual_candidates(rules: RuleProfile) -> int:
    return 12 if rules.quota is None else min(MOST_CANDIDATES, max(rules.quota + 2, rules.quota * 6 // 5))


def _graded(rules: RuleProfile, outcome: GradeOutcome, candidates: int, attending: int) -> ShownTrial:
    evaluation = rules.evaluation
    options = evaluation.options if evaluation else ()
    names = {grade.grade: grade.name or grade.grade for grade in (evaluation.grades if evaluation else ())}
    first = options[0].id if options else ""
    items = sorted(outcome.items, key=lambda item: (item.rank or len(outcome.items), int(item.column.id)))
    return ShownTrial(
        candidates=candidates,
        attending=attending,
        returned=outcome.returned,
        options=tuple(option.name or option.id for option in options),
        grades=tuple(
            TrialGrade(
                name=item.name,
                rank=item.rank,
                marks=tuple(item.column.counts[option.id] for option in options),
                rate=percent((item.rates or {}).get(first, Fraction(0)) * 100),
                score="–" if item.score is None else half_up(item.score, 2),
                grade="–" if item.grade is None else names.get(item.grade, item.grade),
            )
            for item in items
        ),
    )


def sheet(profile: Profile, *, congress: str, session: str, delegates: int) -> ProfileSheet:
    """The profile as it is printed."""
    adoption = profile.adoption
    return ProfileSheet(
        congress=congress,
        session=session,
        title=profile.rules.title,
        version=profile.version,
        adopted_on=adoption.on if adoption else None,
        decision=adoption.decision if adoption else "",
        sentences=in_plain_words(profile.rules, delegates),
        fields=tuple(ProfileField(name=name, value=value) for name, value in fields(profile.rules)),
        profile_hash=profile_hash(profile.rules),
    )


def profile_hash(rules: RuleProfile) -> str:
    """SHA-256 over the canonical JSON of what a count depends on: the same rules, the same hash."""
    text = json.dumps(written_profile(rules), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def fields(rules: RuleProfile) -> list[tuple[str, str]]:
    """Every field by its name and value."""
    return [
        (_("表决方式"), str(words.SHORT_FORMS[rules.form.value])),
        (_("法定人数"), share_words(rules.quorum, _("全体代表"))),
        (_("未填的项目"), _("不得票") if rules.form is Form.CHOOSE else str(words.BLANKS[rules.blank_item])),
        *(_vote_fields(rules) if rules.evaluation is None else _evaluation_fields(rules)),
        (_("公布"), str(words.PUBLICATIONS[rules.publication])),
        (_("最小分组"), _("%(n)s张票", n=rules.min_group_size)),
        (_("提前送达"), _("%(n)s天", n=rules.pre_reading_days)),
        (_("迟到的代表"), str(words.LATE[rules.late_arrivals])),
        (_("监票人"), str(words.SCRUTINEERS[rules.scrutineers])),
        (_("未密封的选票"), _("允许") if rules.unsealed_allowed else _("不允许")),
        (_("会场口令"), _("要") if rules.hall_word else _("不要")),
    ]


def _vote_fields(rules: RuleProfile) -> list[tuple[str, str]]:
    quota = _("不限") if rules.quota is None else str(rules.quota)
    base = str(words.BASES[rules.pass_base])
    passing = base if rules.pass_base is PassBase.NONE else share_words(rules.passing, base)
    return [
        (_("应选数"), quota),
        (_("通过线"), passing),
        (_("赞成的个数"), str(words.MAX_FOR[rules.max_for])),
        (_("最低差额率"), percent(rules.min_surplus_rate * 100)),
        (_("等额"), _("经主席团决定可以") if rules.allow_equal else _("不允许")),
        (_("末位得票相同"), str(words.TIES[rules.tie_at_cut])),
        (_("名额不足"), str(words.SHORTFALLS[rules.shortfall])),
    ]


def _evaluation_fields(rules: RuleProfile) -> list[tuple[str, str]]:
    evaluation = rules.evaluation
    if evaluation is None:
        return []
    options = "、".join(f"{option.name or option.id}（{number(option.score)}）" for option in evaluation.options)
    bands = "、".join(f"{band.name} ≥ {number(band.at_least)}" for band in evaluation.score_bands) or "–"
    return [
        (_("选项和得分"), options),
        (_("等次的计算基数"), str(words.BASES[evaluation.base])),
        (_("等次"), "、".join(grade.name or grade.grade for grade in evaluation.grades)),
        (_("分数线"), bands),
    ]
