"""The notice as Word and WPS receive it: what it says, and GB/T 9704's measures in its XML."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import docx
import pytest

from interfaces.documents.notice import Notice, NoticeProject, Turnout, notice
from tests.interfaces.documents.printed import parts

NOTICE = Notice(
    congress="青城市人民代表大会",
    place="青城市",
    session="青城市第十六届人民代表大会第五次会议",
    number="第五号",
    year=2026,
    voted_on=date(2026, 1, 24),
    announced_on=date(2026, 1, 25),
    signatory="青城市第十六届人民代表大会第五次会议主席团",
    profile_title="青城市民生实事项目票决办法",
    projects=(
        NoticeProject(
            number=1,
            name="城乡排水防洪提升",
            lead_unit="水务局",
            total_funds=Decimal(504_000_000),
            year_funds=Decimal(9_000_000),
            adopted=True,
            votes_for=300,
            against=8,
            abstain=3,
            void=2,
        ),
        NoticeProject(number=4, name="老旧小区改造", adopted=True, votes_for=280, against=20, abstain=11, void=2),
        NoticeProject(number=12, name="街心公园", adopted=False, votes_for=150, against=100, abstain=61, void=2),
    ),
    turnout=Turnout(all_delegates=327, attending=314, issued=314, returned=313),
)


ORDER = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "widowControl",
    "numPr",
    "pBdr",
    "shd",
    "tabs",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "jc",
    "outlineLvl",
    "rPr",
)
"""Of the children of w:pPr in the schema, those that occur here or in the template."""


def paragraphs(announced: Notice) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(notice(announced))).paragraphs]


def part(name: str, announced: Notice = NOTICE) -> str:
    return dict(parts(notice(announced)))[name]


def test_the_notice_reads_as_a_congress_writes_it() -> None:
    result = "对2026年度3个民生实事候选项目进行了票决。应到代表327人，实到代表314人，发出表决票314张，收回313张。"
    assert paragraphs(NOTICE)[:8] == [
        "青城市人民代表大会公告",
        "第五号",
        "",
        f"青城市第十六届人民代表大会第五次会议于2026年1月24日以无记名投票方式，{result}",
        "按照《青城市民生实事项目票决办法》，确定下列2个项目为青城市2026年度民生实事项目，现予公告：",
        "1.城乡排水防洪提升（牵头单位：水务局；总投资5.04亿元，当年投资900万元）",
        "4.老旧小区改造",
        "",
    ]


def test_signatory_and_date_end_the_notice() -> None:
    shown = paragraphs(NOTICE)
    place = shown.index("青城市第十六届人民代表大会第五次会议主席团")
    assert shown[place + 1] == "2026年1月25日"
    assert shown[place - 2] == "附件：票决结果"


def test_full_counts_are_an_annex_with_every_item() -> None:
    (table,) = docx.Document(io.BytesIO(notice(NOTICE))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "项目", "赞成", "反对", "弃权", "无效", "结果"],
        ["1", "城乡排水防洪提升", "300", "8", "3", "2", "列入"],
        ["4", "老旧小区改造", "280", "20", "11", "2", "列入"],
        ["12", "街心公园", "150", "100", "61", "2", "未列入"],
    ]
    assert "<w:tblHeader/>" in part("word/document.xml")


def test_a_vote_by_choosing_has_no_column_against() -> None:
    (table,) = docx.Document(io.BytesIO(notice(replace(NOTICE, chosen=True)))).tables
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "项目", "赞成", "无效", "结果"]


def test_where_only_adopted_projects_are_published_no_figure_and_no_other_project_appears() -> None:
    text = "\n".join(paragraphs(replace(NOTICE, turnout=None)))
    assert not docx.Document(io.BytesIO(notice(replace(NOTICE, turnout=None)))).tables
    assert not re.search(r"街心公园|327|314|313|300|280|附件|3个", text)
    assert "对2026年度民生实事候选项目进行了票决。\n" in text


def test_the_page_has_the_measures_of_the_standard() -> None:
    (section,) = docx.Document(io.BytesIO(notice(NOTICE))).sections
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    measures = (section.page_width, section.page_height, *edges)
    assert [round(measure.mm) for measure in measures if measure] == [210, 297, 37, 35, 28, 26]
    document = part("word/document.xml")
    assert re.search(r'<w:docGrid [^>]*w:linePitch="579"', document)
    assert re.search(r'<w:docGrid [^>]*w:type="lines"', document)


@pytest.mark.parametrize(
    ("style", "font", "half_points"), [("公文正文", "仿宋_GB2312", 32), ("公文标题", "方正小标宋简体", 44)]
)
def test_the_styles_have_the_type_of_the_standard(style: str, font: str, half_points: int) -> None:
    found = re.search(rf'<w:style [^>]*>\s*<w:name w:val="{style}"/>.*?</w:style>', part("word/styles.xml"), re.DOTALL)
    assert found
    assert f'w:eastAsia="{font}"' in found[0]
    assert f'<w:sz w:val="{half_points}"/>' in found[0]
    assert re.search(r'<w:spacing [^>]*w:line="579"', found[0])
    assert 'w:lineRule="exact"' in found[0]


def test_the_text_is_checked_as_chinese() -> None:
    assert 'w:eastAsia="zh-CN"' in part("word/styles.xml")


def test_paragraphs_are_indented_by_two_characters() -> None:
    document = part("word/document.xml")
    for beginning in ("按照《", "1.城乡", "4.老旧"):
        before = document[: document.index(beginning)]
        assert 'w:firstLineChars="200"' in before[before.rindex("<w:pPr>") :]


def test_the_date_begins_two_characters_right_of_the_signatory() -> None:
    lefts = [int(found) for found in re.findall(r'w:leftChars="(\d+)"', part("word/document.xml"))]
    assert lefts == [500, 700]


def test_a_short_signatory_leaves_the_date_two_characters_from_the_edge() -> None:
    short = part("word/document.xml", replace(NOTICE, signatory="主席团", announced_on=date(2026, 12, 25)))
    lefts = [int(found) for found in re.findall(r'w:leftChars="(\d+)"', short)]
    assert lefts == [1700, 1900]


def test_pages_are_numbered_by_a_field_on_the_outer_side() -> None:
    files = dict(parts(notice(NOTICE)))
    footers = [text for name, text in files.items() if "footer" in name and name.endswith(".xml")]
    assert len(footers) == 2
    assert all("<w:instrText>PAGE</w:instrText>" in footer for footer in footers)
    assert sorted(re.findall(r'<w:jc w:val="(\w+)"', "".join(footers))) == ["left", "right"]
    assert "evenAndOddHeaders" in files["word/settings.xml"]


def test_the_elements_of_a_paragraph_stand_in_the_order_word_demands() -> None:
    files = dict(parts(notice(NOTICE)))
    for name in ("word/document.xml", "word/styles.xml"):
        for properties in re.findall(r"<w:pPr>(.*?)</w:pPr>", files[name], re.DOTALL):
            places = [ORDER.index(tag) for tag in re.findall(r"<w:(\w+)", properties) if tag in ORDER]
            assert all(one <= other for one, other in pairwise(places)), properties


def test_what_a_name_holds_is_never_markup() -> None:
    sly = replace(NOTICE, projects=(replace(NOTICE.projects[0], name="<w:p/>&amp;]]>\x0b", lead_unit=""),))
    assert any("<w:p/>&amp;]]>" in text for text in paragraphs(sly))


def test_the_file_describes_itself_and_is_the_same_every_time() -> None:
    assert notice(NOTICE) == notice(NOTICE)
    about = docx.Document(io.BytesIO(notice(NOTICE))).core_properties
    assert (about.title, about.author, about.language) == ("青城市人民代表大会公告", "青城市人民代表大会", "zh-CN")
    assert (about.created.date() if about.created else None) == date(2026, 1, 25)
