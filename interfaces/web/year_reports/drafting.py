"""The words of a report as the system drafts them; the office works them over before anything is downloaded."""

from collections import Counter
from decimal import Decimal
from typing import Final, NamedTuple

from domain.asks.ask import AskKind, AskStage
from domain.congress.year_report import ReportKind, ReportPart
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.implementation import AdjustmentStage
from interfaces.documents.written import chinese_date, percent
from interfaces.public.projects.timeline import ASKS
from interfaces.web._base.language import CHINESE, speaking, worded
from interfaces.web._base.shown import money, number, rounded
from interfaces.web.year_reports.gathering import Gathered
from interfaces.web.year_reports.looking_back import research_parts
from projections.year_figures import YearFigures

ADJUSTMENTS: Final = {
    AdjustmentKind.CHANGE: "重大调整",
    AdjustmentKind.SUSPENSION: "暂缓",
    AdjustmentKind.TERMINATION: "终止",
    AdjustmentKind.RESUMPTION: "恢复",
}


class Draft(NamedTuple):
    """A title and parts; a part without words waits for the office and is not printed while it is empty."""

    title: str
    parts: tuple[ReportPart, ...]


def drafted(told: Gathered) -> Draft:
    """The report as the record has it today, in Chinese whoever asks."""
    with speaking(CHINESE):
        if told.kind is ReportKind.RESEARCH:
            span = f"{told.first_year}至{told.last_year}年"
            return Draft(f"{span}民生实事项目研究报告", research_parts(told))
        return Draft(f"{told.last_year}年度民生实事项目分析报告", _analysis(told))


def _analysis(told: Gathered) -> tuple[ReportPart, ...]:
    drafted_parts = (
        ("overall", "总体情况", _overall(told)),
        ("progress", "实施进展", _progress(told)),
        ("supervision", "监督情况", _supervision(told)),
        ("problems", "调整、困难和问题", _problems(told)),
        ("evaluation", "完成情况和群众评价", _evaluation(told)),
        ("next", "下一步工作建议", _next(told)),
    )
    return tuple(ReportPart(key=key, heading=heading, words="\n".join(words)) for key, heading, words in drafted_parts)


def _overall(told: Gathered) -> list[str]:
    found, year, rail = [], told.told, told.told.rail
    if year.totals.received:
        one = year.totals
        found.append(
            f"{told.last_year}年度共收到{worded('建议项目')}{number(one.received)}件，其中形成候选项目{one.became_candidate}件、"
            f"合并{one.merged}件、转办{one.transferred}件、列入储备库{one.reserve}件、不予采纳{one.declined}件"
            + (f"，尚有{one.open}件正在办理。" if one.open else "，全部办结。")
        )
    if rail is not None and rail.adopted and rail.voted_on is not None:
        notice = f"（公告{rail.notice_number}）" if rail.notice_number else ""
        base = next((one.all_delegates for one in told.voted if one.all_delegates), None)
        turnout = f"{worded('全体代表')}{base}人，实到{rail.attending}人，" if base and rail.attending else ""
        candidates = f"从{rail.listed}个候选项目中" if rail.listed else ""
        found.append(
            f"{chinese_date(rail.voted_on)}，{turnout}无记名{worded('票决')}，{candidates}产生正式项目{rail.adopted}个{notice}。"
        )
    if (own := told.own) is not None:
        found.append(_size(own))
    return found


def _size(own: YearFigures) -> str:
    people = f"，预计受益群众{number(own.beneficiaries)}人次" if own.beneficiaries else ""
    return f"项目总投资{_money(own.total_funds)}，当年计划投资{_money(own.year_funds)}{people}。"


def _progress(told: Gathered) -> list[str]:
    if not told.projects:
        return []
    counted = Counter(one.words for one in told.projects)
    lights = "、".join(f"{words}{count}个" for words, count in counted.most_common())
    found = [f"截至{chinese_date(told.today)}，{len(told.projects)}个项目中{lights}。"]
    planned = sum((one.row.funds(told.today) or Decimal(0) for one in told.projects), Decimal(0))
    spent = sum((one.row.spent(told.today) for one in told.projects), Decimal(0))
    if planned:
        share = number(rounded(spent * 100 / planned, 1))
        found.append(f"当年计划资金{_money(planned)}，已支出{_money(spent)}，占{share}%。")
    behind = [one for one in told.projects if one.kind in ("bad", "orange")]
    if behind:
        named = "；".join(f"{one.row.name}（{one.row.lead_unit_name}，{one.reason or one.words}）" for one in behind)
        found.append(f"需要重点督办的项目{len(behind)}个：{named}。")
    late = [one for one in told.projects if one.missing]
    if late:
        named = "、".join(one.row.name for one in late)
        found.append(f"进度填报逾期的项目{len(late)}个：{named}。")
    return found


def _supervision(told: Gathered) -> list[str]:
    found, done = [], told.told.supervised
    asked = [(kind, told.asks_of_kind(kind)) for kind in AskKind]
    if any(asks for _kind, asks in asked):
        lines = []
        for kind, asks in asked:
            if asks:
                approved = sum(one.stage == AskStage.APPROVED for one in asks)
                late = sum(one.answered_late() or one.is_overdue(told.today) for one in asks)
                overdue = f"（逾期{late}件）" if late else ""
                lines.append(f"{ASKS[kind.value]}{len(asks)}件，已认可{approved}件{overdue}")
        found.append(f"开展四问：{'；'.join(lines)}。")
    acts = []
    if done.inspections:
        acts.append(f"组织{worded('代表')}视察、调研{done.inspections}次，发现问题{done.problems}个")
    if done.inquiries:
        acts.append(f"开展专题询问、听证{done.inquiries}次")
    if done.duties:
        acts.append(f"交办整改事项{done.duties}件，已办结{done.duties_closed}件")
    return [*found, f"{'；'.join(acts)}。"] if acts else found


def _problems(told: Gathered) -> list[str]:
    found = []
    decided = [one for one in told.adjustments if one.stage in (AdjustmentStage.DECIDED, AdjustmentStage.TOLD)]
    for one in reversed(decided):
        on = f"{chinese_date(one.notice_on)}" if one.notice_on else ""
        kind = ADJUSTMENTS[AdjustmentKind(one.kind)]
        found.append(f"“{one.name}”{kind}，经依法决定（{one.number}，{on}）：{_sentence(one.reason)}")
    logged = sum(one.stage == AdjustmentStage.LOGGED for one in told.adjustments)
    if logged:
        found.append(f"另有一般调整{logged}件，已备案。")
    settled = [one for one in told.difficulties if one.resolved_on is not None]
    if told.difficulties:
        found.append(f"提出困难问题{len(told.difficulties)}个，已解决{len(settled)}个。")
    found.extend(
        f"“{one.project_name}”：{_sentence(one.words)}需要：{_sentence(one.needs)}"
        for one in told.difficulties
        if one.resolved_on is None
    )
    return found


def _evaluation(told: Gathered) -> list[str]:
    found = []
    if (own := told.told.figures) is not None and own.undecided < own.projects:
        found.append(completed_words(own))
    if told.rated:
        named = "、".join(
            one.name + (f"（{number(rounded(one.satisfaction, 2))}%）" if one.satisfaction is not None else "")
            for one in told.rated
        )
        best = Counter(one.grade for one in told.rated).most_common()
        grades = "、".join(f"{grade}{count}个" for grade, count in best)
        found.append(f"对{len(told.rated)}个项目进行了满意度测评，结果为{grades}。满意率：{named}。")
    return found


def completed_words(own: YearFigures) -> str:
    """How the projects ended, with the share that was finished."""
    parts = (
        ("完成", own.completed),
        ("基本完成", own.basically_completed),
        ("结转下年", own.carried_over),
        ("未完成", own.not_completed),
        ("仍在实施", own.undecided),
    )
    ended = "、".join(f"{words}{count}个" for words, count in parts if count)
    rate = percent(own.finished, own.projects)
    return f"{own.projects}个项目中{ended}，办成率{rate}（完成和基本完成，以全部项目为基数）。"


def _next(told: Gathered) -> list[str]:
    """What the answers to the fourth ask say, one line each."""
    found = []
    for one in told.asks_of_kind(AskKind.SUMMARY):
        answer = one.answer or {}
        for name, words in (("lessons", "经验"), ("leftovers", "遗留问题"), ("proposals", "建议")):
            if said := str(answer.get(name) or "").strip():
                found.append(f"{one.project_name or one.unit_name}（{words}）：{_sentence(said)}")
    return found


def _money(yuan: Decimal) -> str:
    return money(yuan).replace(" ", "")


def _sentence(words: str) -> str:
    said = "".join(words.split("\n")).strip()
    return said if said.endswith(("。", "？", "！", "…")) else f"{said}。"
