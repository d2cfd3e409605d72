"""A small city of nobody's: twelve delegates in three delegations, four candidates for two places."""

import csv
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

SLUG = "lingzhou"
NAME = "灵州市人民代表大会"
SESSION = "灵州市第十七届人民代表大会第三次会议"
YEAR = 2026
UNITS = ("市水利局, 0953-2010001", "市教育局\t0953-2010002", "市民政局；0953-2010003", "市交通运输局")

ROLL_HEADINGS = ("姓名", "代表证号", "所属代表团", "性别", "工作单位")
ROLL: tuple[tuple[str, ...], ...] = (
    ("马文海", "L001", "城关代表团", "男", "灵州一中"),
    ("苏兰", "L002", "城关代表团", "女", "灵州市人民医院"),
    ("丁学义", "L003", "城关代表团", "男", "灵州粮油公司"),
    ("何巧玲", "L004", "城关代表团", "女", "城关镇"),
    ("白志强", "L005", "崇兴代表团", "男", "崇兴镇台子村"),
    ("杨秀英", "L006", "崇兴代表团", "女", "崇兴镇中心小学"),
    ("哈存良", "L007", "崇兴代表团", "男", "崇兴镇杜木桥村"),
    ("王淑芬", "L008", "崇兴代表团", "女", "崇兴镇卫生院"),
    ("金玉山", "L009", "郝家桥代表团", "男", "郝家桥镇"),
    ("李桂香", "L010", "郝家桥代表团", "女", "郝家桥镇王家嘴村"),
    ("周新民", "L011", "郝家桥代表团", "男", "市水利局"),
    ("吴晓燕", "L012", "郝家桥代表团", "女", "灵州市图书馆"),
)
SCRUTINEERS = ("马文海", "苏兰", "丁学义")
"""The chief and two others; none works for a unit that leads a candidate."""
READER = "白志强"

CARD_HEADINGS = (
    "项目编号",
    "项目名称",
    "类别",
    "建设目的",
    "建设内容与规模",
    "量化指标",
    "建设地点",
    "总投资(万元)",
    "当年投资(万元)",
    "资金来源",
    "受益群众",
    "受益人数",
    "开工时间",
    "完成时间",
    "牵头单位",
    "责任人",
)
WATER, SCHOOL, CANTEEN, ROADS = "农村饮水管网改造", "小学午餐供餐中心", "社区老年食堂", "乡村道路安全防护"
CARDS: tuple[tuple[str, ...], ...] = (
    (
        "1",
        WATER,
        "供水",
        "解决管网老化、冬季停水的问题。",
        "更换主管网38公里，入户1260户。",
        "主管网=38公里；入户=1260户",
        "崇兴镇、郝家桥镇",
        "1860",
        "1860",
        "市级财政60%；上级补助40%",
        "两镇11个村的村民",
        "21500",
        "2026-03-15",
        "2026-10-31",
        "市水利局",
        "周副局长",
    ),
    (
        "2",
        SCHOOL,
        "教育",
        "解决学生中午吃饭难的问题。",
        "新建供餐中心1处，供餐学校9所。",
        "供餐中心=1处；供餐学校=9所",
        "城关镇",
        "920",
        "920",
        "市级财政100%",
        "9所小学的学生",
        "6400",
        "2026-03-01",
        "2026-08-25",
        "市教育局",
        "李副局长",
    ),
    (
        "3",
        CANTEEN,
        "养老",
        "解决独居老人做饭难的问题。",
        "新建社区老年食堂6处。",
        "老年食堂=6处",
        "城关镇6个社区",
        "310.5",
        "310.5",
        "市级财政80%；福彩公益金20%",
        "60岁以上老人",
        "3800",
        "2026-04-01",
        "2026-11-30",
        "市民政局",
        "赵科长",
    ),
)
"""Three come by a table; the fourth is entered by hand."""
BY_HAND = {
    "name": ROADS,
    "category": "交通",
    "purpose": "解决临水临崖路段没有护栏的问题。",
    "content": "安装护栏26公里，整治急弯陡坡8处。",
    "targets": "护栏=26公里\n急弯陡坡=8处",
    "place": "白土岗乡、马家滩镇",
    "total_funds": "640",
    "year_funds": "640",
    "sources": "市级财政50%\n上级补助50%",
    "beneficiaries": "沿线9个村的村民",
    "beneficiary_count": "15200",
    "starts_on": "2026-04-10",
    "finishes_on": "2026-09-30",
    "lead_unit_name": "市交通运输局",
}
"""Nobody is responsible for it yet."""

ABSENT_NUMBER = "L012"
VOTES = {
    WATER: "赞成 赞成 赞成 赞成 赞成 赞成 赞成 赞成 赞成 反对",
    SCHOOL: "赞成 赞成 赞成 赞成 赞成 赞成 赞成 弃权 弃权 弃权",
    CANTEEN: "赞成 赞成 赞成 赞成 赞成 赞成 反对 反对 反对 反对",
    ROADS: "弃权 弃权 赞成 赞成 赞成 赞成 赞成 赞成 赞成 赞成",
}
"""Ten ballots, the last two on paper: 9, 7, 6 and 8 for; seven are needed, so three pass, the two first are adopted."""
ON_PAPER = ("L009", "L010")
"""Who prefers paper; everybody else draws a card, and one card is handed in unused."""


def roll_with_a_mistake(folder: Path) -> Path:
    """The roll as a workbook in which one delegate has no certificate number."""
    rows = [list(row) for row in ROLL]
    rows[4][1] = ""
    return workbook(folder / "代表名册.xlsx", ROLL_HEADINGS, rows)


def roll_put_right(folder: Path) -> Path:
    """The roll as the table program of an office saves it as text."""
    path = folder / "代表名册.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([ROLL_HEADINGS, *ROLL])
    return path


def candidates(folder: Path) -> Path:
    """Three candidates as a workbook."""
    return workbook(folder / "候选项目.xlsx", CARD_HEADINGS, CARDS)


def workbook(path: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """A workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (headings, *rows):
        sheet.append(list(row))
    book.save(path)
    return path
