"""The duty list and the papers of rule 20 as Word, WPS and spreadsheets receive them."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from interfaces.documents.adjustment_papers import (
    AdjustedProject,
    AdjustmentReport,
    AdjustmentRequest,
    ChangedLine,
    adjustment_report,
    adjustment_request,
)
from interfaces.documents.duty_list import (
    DutyLine,
    DutyList,
    DutyMilestone,
    DutyOfUnit,
    duty_list,
    duty_list_workbook,
)

LINE = DutyLine(
    number=1,
    name="城乡排水防洪提升",
    lead_unit="市水务局",
    assisting_units=("市公安局", "市自然资源局"),
    responsible="副局长 王工",
    duty_phone="",
    targets=("雨水管网42公里", "泵站3座"),
    place="新城区",
    starts_on=date(2026, 3, 1),
    deadline=date(2027, 10, 31),
    total_funds=Decimal(382_000_000),
    year_funds=Decimal(247_000_000),
    safeguards="专班每周调度。",
    milestones=(DutyMilestone(name="主体过半", due_on=date(2026, 7, 31), percent="50"),),
    duties=(DutyOfUnit(unit="市公安局", words="疏导交通", due_on=None),),
    annual=("2026年：2.47亿元，完成主体",),
)
LIST = DutyList(
    congress="青城市人民代表大会",
    place="青城市",
    year=2026,
    number="青人办发〔2026〕8号",
    issuer="青城市人民代表大会常务委员会办公室",
    published_on=date(2026, 2, 28),
    source="票决产生2026年度民生实事项目10个（第五号）。",
    lines=(LINE,),
)
CHANGED = AdjustedProject(
    number=1,
    name="城乡排水防洪提升",
    year=2026,
    lead_unit="市水务局",
    kind="调整",
    reason="管线与地铁同步施工",
    lines=(ChangedLine(what="年度目标“雨水管网”", before="42 公里", after="30 公里", change="−28.57%"),),
)


def opened(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def said(paper: docx.document.Document) -> str:
    return "\n".join(paragraph.text for paragraph in paper.paragraphs)


def test_the_table_over_all_projects_lies_down_between_standing_pages() -> None:
    paper = opened(duty_list(LIST))
    assert [section.orientation for section in paper.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    lying = paper.sections[1]
    assert lying.page_width is not None
    assert lying.left_margin is not None
    assert lying.right_margin is not None
    assert round((lying.page_width - lying.left_margin - lying.right_margin) / Mm(1)) == 225
    widths = [column.width for column in paper.tables[0].columns]
    assert round(sum(width for width in widths if width is not None) / Mm(1)) == 225
    assert LIST.number in said(paper)
    assert "总投资3.82亿元" in said(paper)


def test_a_draft_has_no_number_and_a_supplement_names_the_first_list() -> None:
    assert "（草稿）" in said(opened(duty_list(replace(LIST, number="", is_draft=True))))
    later = said(opened(duty_list(replace(LIST, number="15号", adds_to=LIST.number))))
    assert f"{LIST.number}公布以后，又有1个项目落实了实施计划。" in later


def test_the_workbook_leaves_out_columns_nobody_filled_in() -> None:
    page = openpyxl.load_workbook(io.BytesIO(duty_list_workbook(LIST))).worksheets[0]
    headings = [cell.value for cell in page[2]]
    assert "值班电话" not in headings
    assert "年度节点" in headings
    row = dict(zip(headings, (cell.value for cell in page[3]), strict=True))
    assert (row["当年投资（万元）"], row["时间节点"]) == (24_700, "2026年7月31日前 主体过半（50%）")


def test_the_papers_of_rule_20_say_that_the_old_plan_stays_and_count_what_was_decided() -> None:
    asked = AdjustmentRequest(
        addressee="青城市人民代表大会常务委员会",
        place="青城市",
        notice="第五号",
        plan="",
        issuer="市水务局",
        made_on=date(2026, 5, 10),
        project=CHANGED,
    )
    request = opened(adjustment_request(asked))
    assert "决定作出并公布以前，仍按原计划组织实施" in said(request)
    assert request.tables[0].cell(1, 3).text == "−28.57%"
    decided = replace(CHANGED, body="常委会", decision="青人常发〔2026〕11号", notice_on=date(2026, 6, 2))
    stopped = replace(decided, kind="暂缓", lines=())
    report = AdjustmentReport(
        congress="青城市人民代表大会",
        place="青城市",
        session="",
        issuer="青城市人民代表大会常务委员会",
        made_on=date(2027, 1, 10),
        projects=(decided, stopped),
    )
    told = said(opened(adjustment_report(report)))
    assert "依法决定的共2项，其中调整1项、暂缓1项。" in told
    assert "由常委会决定（青人常发〔2026〕11号），2026年6月2日公布。" in told
