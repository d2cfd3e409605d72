"""A rule profile in plain sentences, with the numbers it comes to for a congress."""

from collections.abc import Iterator
from fractions import Fraction

from domain.polls.reckoning import Operator, Threshold
from domain.polls.rules import (
    BlankItem,
    EvaluationRules,
    Form,
    LateArrivals,
    MaxFor,
    PassBase,
    Publication,
    RuleProfile,
    ScrutineerRule,
    Shortfall,
    TieAtCut,
    quorum_number,
)
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import number, percent
from interfaces.web.profiles import words


def in_plain_words(rules: RuleProfile, all_delegates: int) -> tuple[str, ...]:
    """What the profile means for a congress of so many delegates N."""
    return tuple(_sentences(rules, all_delegates))


def share_words(threshold: Threshold, base: str) -> str:
    """超过全体代表的半数, 不少于全体代表的2/3: the operator is always said."""
    half = threshold.share == Fraction(1, 2)
    if threshold.operator is Operator.OVER:
        return _("超过%(base)s的半数", base=base) if half else _("超过%(base)s的%(f)s", base=base, f=threshold.fraction)
    if half:
        return _("不少于%(base)s的半数", base=base)
    return _("不少于%(base)s的%(f)s", base=base, f=threshold.fraction)


def line_words(rules: RuleProfile) -> str:
    """What the pass line is called: 过半数 where it is one, else 通过线."""
    passing = rules.passing
    over_half = passing.operator is Operator.OVER and passing.share == Fraction(1, 2)
    return _("过半数") if over_half else _("通过线")


def _sentences(rules: RuleProfile, all_delegates: int) -> Iterator[str]:
    yield _quorum(rules, all_delegates)
    if rules.evaluation is not None:
        yield from _evaluation(rules, rules.evaluation, all_delegates)
    else:
        yield _form(rules)
        yield _blank(rules)
        yield _majority(rules, all_delegates)
        yield _cut(rules)
        yield _surplus(rules)
        if rules.quota is not None:
            yield _tie(rules)
            yield _shortfall(rules)
    yield from _order(rules)


def _quorum(rules: RuleProfile, all_delegates: int) -> str:
    return _(
        "到会：全体代表%(all)s人，到会%(share)s，即至少%(n)s人，方可投票。",
        all=number(all_delegates),
        share=share_words(rules.quorum, _("全体代表")),
        n=number(quorum_number(rules, all_delegates)),
    )


def _form(rules: RuleProfile) -> str:
    if rules.form is Form.CHOOSE:
        if rules.quota is None:
            return _("投票：在赞成的项目上打勾，个数不限。")
        return _("投票：在赞成的项目上打勾，最多%(n)s个；多于%(n)s个的，整张票无效。", n=rules.quota)
    told = _("投票：每个项目选赞成、反对或弃权中的一种。")
    if rules.max_for is MaxFor.QUOTA and rules.quota is not None:
        told += _("赞成最多%(n)s个，超过的整张票无效。", n=rules.quota)
    return told


def _blank(rules: RuleProfile) -> str:
    if rules.form is Form.CHOOSE:
        return _("未选：没有打勾的项目不得票，也不算反对。")
    told = {
        BlankItem.ABSTAIN: _("未填：没有选择的项目计为弃权，仍计入收回票数。"),
        BlankItem.INVALID: _("未填：没有选择的项目，该项计为无效。"),
        BlankItem.NOT_PRESSED: _("未填：没有选择的项目单列为“未按键”。"),
    }
    return told.get(rules.blank_item, "")


def _majority(rules: RuleProfile, all_delegates: int) -> str:
    if rules.pass_base is PassBase.NONE:
        return _("通过：不设通过线，只比较赞成票的多少；一票赞成也没有的项目不列入。")
    least = max(1, rules.passing.least(all_delegates))
    share = share_words(rules.passing, str(words.BASES[rules.pass_base]))
    if rules.pass_base is PassBase.ALL_DELEGATES:
        return _("通过：赞成票%(share)s，即至少%(n)s票。", share=share, n=number(least))
    at_quorum = quorum_number(rules, all_delegates)
    if rules.pass_base is PassBase.ATTENDING:
        return _(
            "通过：赞成票%(share)s。全部到会时至少%(most)s票，刚够%(quorum)s人到会时至少%(least)s票。",
            share=share,
            most=number(least),
            quorum=number(at_quorum),
            least=number(max(1, rules.passing.least(at_quorum))),
        )
    return _(
        "通过：赞成票%(share)s。例如%(base)s为%(hundred)s张时，至少%(n)s票。",
        share=share,
        base=str(words.BASES[rules.pass_base]),
        hundred=100,
        n=max(1, rules.passing.least(100)),
    )


def _cut(rules: RuleProfile) -> str:
    if rules.quota is None:
        return _("列入：不限名额，通过的项目全部列入。")
    if rules.pass_base is PassBase.NONE:
        return _("列入：按赞成票从多到少，前%(n)s项列入。", n=rules.quota)
    return _("列入：应选%(n)s项；通过的项目按赞成票从多到少，前%(n)s项列入，通过但排在后面的不列入。", n=rules.quota)


def _surplus(rules: RuleProfile) -> str:
    if rules.quota is None:
        return _("差额：不限名额，没有差额要求。")
    told = _(
        "差额：差额率＝（候选项目数－应选数）÷应选数，一般不低于%(rate)s，即候选项目至少%(n)s项；低于时系统提醒。",
        rate=percent(rules.min_surplus_rate * 100),
        n=_fewest(rules),
    )
    if rules.allow_equal:
        return told + _("候选项目不多于%(n)s项（等额）时，须有主席团的决定。", n=rules.quota)
    return told + _("候选项目不多于%(n)s项（等额）时，不能表决。", n=rules.quota)


def _fewest(rules: RuleProfile) -> int:
    quota = rules.quota or 0
    wanted = Fraction(quota) * (1 + Fraction(rules.min_surplus_rate))
    return max(-(-wanted.numerator // wanted.denominator), quota + (not rules.allow_equal))


def _tie(rules: RuleProfile) -> str:
    last, following = rules.quota, (rules.quota or 0) + 1
    told = {
        TieAtCut.SECOND_BALLOT: _("得票相同的项目对剩余名额再次投票，其他项目不受影响。"),
        TieAtCut.PRESIDIUM_DECIDES: _("剩余名额由主席团在得票相同的项目中决定。"),
        TieAtCut.ADMIT_ALL: _("得票相同的项目全部列入，列入数可以多于应选数。"),
    }
    head = _("并列：第%(last)s名与第%(next)s名得票相同时，", last=last, next=following)
    return head + told[rules.tie_at_cut]


def _shortfall(rules: RuleProfile) -> str:
    told = {
        Shortfall.CLOSE: _("空出的名额不再补足，未通过的项目不能递补。"),
        Shortfall.SECOND_BALLOT: _("就未通过的项目按得票多少差额确定，再次投票。"),
        Shortfall.STANDING_COMMITTEE: _("空出的名额交常委会决定。"),
    }
    return _("不足：通过的项目不足%(n)s项时，", n=rules.quota) + told[rules.shortfall]


def _evaluation(rules: RuleProfile, evaluation: EvaluationRules, all_delegates: int) -> Iterator[str]:
    names = {option.id: option.name or option.id for option in evaluation.options}
    scores = _("，").join(
        _("%(name)s%(score)s分", name=option.name or option.id, score=number(option.score))
        for option in evaluation.options
    )
    yield _("测评：每个项目选一个等次：%(scores)s。", scores=scores)
    if rules.blank_item is BlankItem.INVALID:
        yield _("未填：空白或多选的项目无效，不计入该项目的有效票。")
    else:
        yield _("未填：空白的项目单列，不计入该项目的有效票。")
    base = str(words.BASES[evaluation.base])
    for grade in evaluation.grades:
        name = grade.name or grade.grade
        if grade.threshold is None:
            yield _("等次：其余的，评为“%(grade)s”。", grade=name)
            continue
        told = _(
            "等次：%(options)s票%(share)s的，评为“%(grade)s”",
            options="＋".join(names.get(id, id) for id in grade.of),
            share=share_words(grade.threshold, base),
            grade=name,
        )
        if evaluation.base is PassBase.ALL_DELEGATES:
            told += _("（%(all)s人中至少%(n)s票）", all=number(all_delegates), n=grade.threshold.least(all_delegates))
        yield told + _("。")
    if evaluation.score_bands:
        bands = _("，").join(
            _("%(n)s分以上为%(name)s", n=number(band.at_least), name=band.name) for band in evaluation.score_bands
        )
        yield _("得分：%(bands)s（“以上”含本数）。", bands=bands)


def _order(rules: RuleProfile) -> Iterator[str]:
    if rules.pre_reading_days:
        yield _("送达：候选项目材料须在表决前至少%(n)s天送到代表手中。", n=rules.pre_reading_days)
    if rules.late_arrivals is LateArrivals.PAPER:
        yield _("迟到：开始投票后到会的代表，用纸质票表决。")
    else:
        yield _("迟到：开始投票后到会的代表，不参加本次表决。")
    if rules.scrutineers is ScrutineerRule.DELEGATES:
        yield _("监票：总监票人1人、监票人至少2人，由代表担任，不得来自候选项目的责任单位，经全体会议通过。")
    else:
        yield _("监票：总监票人1人、监票人至少2人，由组织评议的机构工作人员担任。")
    if rules.publication is Publication.FULL_COUNTS:
        yield _("公布：公布每个项目的得票数；少于%(n)s张票的分组数字不公布。", n=rules.min_group_size)
    else:
        yield _("公布：只公布列入的项目；少于%(n)s张票的分组数字不公布。", n=rules.min_group_size)
    if rules.unsealed_allowed:
        yield _("密封：允许使用未密封的选票；每个页面和计票报告单都会写明“未密封”。")
    else:
        yield _("密封：不允许使用未密封的选票。")
    if rules.hall_word:
        yield _("口令：提交电子选票时，须输入会场屏幕上显示的六位数字；截止时作废。")
