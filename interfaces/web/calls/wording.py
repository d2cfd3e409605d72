"""The usual wording of a call: what may be proposed, what cannot become a project, what happens with a proposal.

An official text in Chinese whatever the language of the page; the office changes it before publishing.
"""

from datetime import date, timedelta
from typing import Any, Final

from domain.proposals.call import OFFERED, SHORTEST_WINDOW
from interfaces.web._base.language import speaking_of, worded
from projections.calls import CallRow
from projections.congress_directory import ListedCongress

_BODY: Final = """\
为了让民生实事项目由群众提、人大代表定，现向社会公开征集{year}年度民生实事项目建议。

一、可以提什么
与群众日常生活密切相关、多数人受益、当年能够办成见效的公益性实事，例如教育、医疗、养老、托育、住房和老旧小区改造、\
出行停车、供水供暖、环境卫生、食品安全、文化体育、社区服务等方面的项目。
建议项目应当：普遍惠及群众；属于公益性、基础性事项；兼顾不同区域和人群；条件具备、切实可行；群众反映集中、需要迫切；\
当年开工、当年见效；内容具体、可以量化；以财政资金投入为主。

二、哪些不列入
主要由社会资本投资的经营性项目；上级项目的续建或配套；增加基层负担或者债务风险的项目；以民生名义安排的政府重大投资；\
只涉及个人或者单个单位的诉求；形象工程。投诉、举报和具体求助请拨打12345热线。

三、怎样提
一件建议只写一件事，写明做什么、在哪里、为什么、谁受益。

四、提了以后怎样办
每件建议都有查询码，可以随时查询办理情况。征集结束后逐件研究：列为候选项目、并入同类建议、转有关单位办理、存入储备库\
或者不采纳，都会说明理由。候选项目经审定后，由人大代表票决产生年度民生实事项目，结果和进展向社会公布。
联系方式只用于与您核实建议，不对外公开。"""


def usual_title(year: int) -> str:
    """How a call is headed."""
    return f"关于征集{year}年度民生实事项目建议的公告"


def usual_words(year: int, level: str) -> str:
    """The body of a call, in a street in the words of its residents' council."""
    with speaking_of(level):
        return worded(_BODY).format(year=year)


def prefilled(congress: ListedCongress, today: date, last: CallRow | None) -> dict[str, Any]:
    """What the form begins with: next year, thirty days from today, last year's ways and addresses."""
    year = max(today.year, last.year if last else 0) + 1
    known: dict[str, Any] = {
        "year": year,
        "title": usual_title(year),
        "words": usual_words(year, congress.level),
        "opens_on": today,
        "closes_on": today + timedelta(days=SHORTEST_WINDOW - 1),
        "channels": [channel.value for channel in OFFERED],
        "address": "",
        "telephone": "",
        "notice_number": "",
    }
    if last is not None:
        known |= {"channels": last.channels, "address": last.address, "telephone": last.telephone}
        known["title"] = last.title.replace(f"{last.year}年", f"{year}年")
        known["words"] = last.words.replace(f"{last.year}年", f"{year}年")
    return known
