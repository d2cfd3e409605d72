"""Every kind of line has words and a group, in both languages."""

from datetime import date

import pytest

from interfaces.public.projects import timeline, told_of_supervision, told_of_work
from interfaces.public.projects.timeline import GROUPS, group_of, lines
from projections.progress_timeline import Entry, Reader

KINDS = (*timeline._SAID, *told_of_work.TOLD, *told_of_supervision.TOLD)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_belongs_to_one_group(kind: str) -> None:
    fitting = [group for group, (_words, beginnings) in GROUPS.items() if kind.startswith(beginnings)]
    assert fitting == [group_of(kind)]


TOLD: dict[str, dict[str, object]] = {
    "plan_published": {"lead_unit": "市水务局", "milestones": 3, "deadline": "2026-12-20"},
    "milestone": {"name": "主体完工", "words": ""},
    "report": {
        "due_on": "2026-09-21",
        "percent": "40.50",
        "funds_spent": "5000000",
        "words": "完成74个",
        "problems": "",
        "photos": ["a"],
    },
    "report_sent_back": {"due_on": "2026-09-21", "reason": "不实"},
    "urged": {"level": "supervision", "words": "限期赶上", "due_on": "2026-07-01"},
    "difficulty_decided": {"title": "第三次会议", "words": "限期迁改", "unit": "住建局", "due_on": "2026-07-01"},
    "adjustment_decided": {
        "adjusted": "change",
        "changes": [["target", "点位", "1000 处", "600 处"], ["deadline", "", "2026-12-20", "2027-06-30"]],
        "reason": "征迁受阻",
        "body": "standing_committee",
        "number": "12号",
    },
    "session_informed": {"adjusted": "suspension", "session": "六次会议"},
    "completed": {"completion": "carried_over", "words": "", "carried_to": 2027},
    "look_back": {"nth": 1, "in_use": False, "findings": "两处停用", "measures": "限期恢复", "photos": []},
    "inspection": {
        "inspected": "group",
        "title": "年中",
        "sites": 3,
        "words": "顺利",
        "findings": [["破损", True]],
    },
    "duty_approved": {
        "unit": "水务局",
        "outcome": "under_way",
        "promised_on": "2026-08-01",
        "answer": "清淤",
        "remark": "",
    },
    "duty_escalated": {"unit": "水务局", "step": "reported", "to": "区政府", "words": "逾期", "working_days": 10},
    "duty_overdue": {"unit": "水务局", "due_on": "2026-07-31"},
    "ask_overdue": {"ask": "progress", "due_on": "2026-07-31"},
    "ask_escalated": {"ask": "progress", "step": 2, "to": "分管领导", "working_days": 7},
    "observation": {"number": 7, "observed": "problem", "words": "夜间施工", "place": "北街"},
}
SAID = {
    "plan_published": ("实施计划公布，市水务局牵头，分 3 个节点，2026年12月20日前完成。",),
    "milestone": ("节点完成：主体完工。",),
    "report": ("完成 40.5%，已支出资金 500 万元。", "完成74个"),
    "report_sent_back": ("9月进度报告退回重报。", "不实"),
    "urged": ("发出督办通知：限期赶上", "要求2026年7月1日前办结"),
    "difficulty_decided": ("第三次会议研究：限期迁改", "由住建局于2026年7月1日前办理"),
    "adjustment_decided": (
        "常委会决定重大调整（12号）。",
        "点位：1000 处 → 600 处（-40%）",
        "完成时间：2026年12月20日 → 2027年6月30日",
        "征迁受阻",
    ),
    "session_informed": ("暂缓实施已向六次会议报告。",),
    "completed": ("结转 2027 年继续实施。",),
    "look_back": ("第 1 次回头看：没有正常使用。", "两处停用", "措施：限期恢复"),
    "inspection": ("代表小组监督：年中，看了 3 处。", "顺利", "问题：破损"),
    "duty_approved": ("水务局的答复得到认可。", "正在办理，承诺2026年8月1日前完成", "清淤"),
    "duty_escalated": ("提级报告水务局，送区政府。", "逾期 10 个工作日", "逾期"),
    "duty_overdue": ("水务局的交办事项 2026年7月31日 到期，已经逾期。",),
    "ask_overdue": ("2026年7月31日 到期没有答复，已经逾期。",),
    "ask_escalated": ("逾期 7 个工作日，第 2 级督办：分管领导。",),
    "observation": ("第 7 号监督员：发现问题。", "夜间施工", "北街"),
}


@pytest.mark.parametrize("kind", TOLD)
def test_a_line_says_what_happened_and_then_more_of_it(kind: str) -> None:
    (line,) = lines([Entry(1, date(2026, 7, 1), kind, Reader.OFFICE, dict(TOLD[kind]))], with_counts=True)
    assert (line.said, *line.more) == SAID[kind]
    assert line.group


def test_a_report_is_named_after_the_month_it_was_due() -> None:
    (line,) = lines([Entry(1, date(2026, 9, 19), "report", Reader.RESIDENT, dict(TOLD["report"]))], with_counts=True)
    assert (line.heading, line.photos) == ("9月进度报告", ("a",))
