"""Polls whose ballots are on paper, of every form, with names as offices write them."""

from dataclasses import dataclass, replace
from decimal import Decimal

from domain.polls.ballot_form import BallotForm
from domain.polls.count import form_of
from domain.polls.poll import PollPrepared
from domain.polls.rules import BlankItem, EvaluationRules, Form, GradeRule, MaxFor, Option, RuleProfile
from interfaces.documents.ballot_paper import ballot_papers
from interfaces.paper.layout import PaperLayout, layout_of
from tests.support.pens import Picture, rendered
from tests.support.poll_facts import POLL, prepared

NAMES = (
    "新建城东社区卫生服务中心及配套停车场",
    "老旧小区供热管网改造（二期）",
    "农村饮水安全巩固提升工程：涉及12个苏木乡镇、86个嘎查村，惠及农牧民3.2万人，包括水源井改造、管网延伸与净化设备更新",
    "中小学校“明厨亮灶”",
    "青城市第二人民医院PET-CT及Mini-MRI设备更新",
)

VOTE = RuleProfile(title="票决办法", quota=10)
LIMITED = replace(VOTE, quota=3, max_for=MaxFor.QUOTA)
CHOICE = RuleProfile(title="票决办法", quota=3, form=Form.CHOOSE)
_OPTIONS = {"good": "满意", "fair": "基本满意", "bad": "不满意", "unknown": "不了解"}
EVALUATION = RuleProfile(
    title="测评办法",
    quota=None,
    form=Form.GRADE,
    blank_item=BlankItem.INVALID,
    evaluation=EvaluationRules(
        options=tuple(Option(id=id, score=Decimal(100), name=name) for id, name in _OPTIONS.items()),
        grades=(GradeRule(grade="g"),),
    ),
)


def poll_of(items: int, rules: RuleProfile = VOTE) -> PollPrepared:
    """A poll on so many items, every fifth of them with a long name."""
    base = prepared(items, rules, title="2026年度民生实事项目票决")
    named = tuple(replace(item, name=NAMES[place % len(NAMES)]) for place, item in enumerate(base.items))
    return replace(base, items=named, session_title="青城市第十六届人民代表大会第五次会议")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An empty paper as it comes out of the printer."""

    form: BallotForm
    layout: PaperLayout
    blanks: tuple[Picture, ...]
    """Its pages, as pictures."""


def paper_of(poll: PollPrepared, colour: str = "蓝", dots: float = 8.0) -> Paper:
    """The paper of a poll, printed."""
    form = form_of(POLL, poll)
    pdf = ballot_papers(POLL, poll, 1, colour=colour)
    return Paper(form=form, layout=layout_of(form), blanks=tuple(rendered(pdf, dots)))
