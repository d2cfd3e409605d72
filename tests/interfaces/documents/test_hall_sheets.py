"""Paper for the hall."""

from datetime import date

from interfaces.documents.hall_sheets import HallPoster, RollDelegation, RollLine, RollSheet, hall_poster, roll_sheet
from tests.interfaces.documents.printed import catalogue, scanned, texts

SESSION = "青城市第十六届人民代表大会第五次会议"
POSTER = HallPoster(session=SESSION, poll="2026年度民生实事项目票决", ballot_page="https://piaojue.example/v")
ROLL = RollSheet(
    session=SESSION,
    day=date(2026, 1, 24),
    delegations=(
        RollDelegation(
            name="东河区代表团", delegates=tuple(RollLine(number=f"{n:04}", name=f"代表{n}") for n in range(1, 80))
        ),
        RollDelegation(name="西河镇代表团", delegates=(RollLine(number="0080", name="买买提·吐尔逊"),)),
    ),
)


def test_the_poster_opens_the_ballot_page_and_nothing_else() -> None:
    assert scanned(hall_poster(POSTER)) == ["https://piaojue.example/v"]
    (page,) = texts(hall_poster(POSTER))
    assert "piaojue.example/v" in page
    assert "此码人人相同，不含票卡编码。" in page


def test_every_delegate_has_a_line_under_the_own_delegation() -> None:
    sheets = texts(roll_sheet(ROLL))
    assert all(f"{n:04}代表{n}" in "".join(sheets) for n in range(1, 80))
    assert "西河镇代表团" in sheets[-1]
    assert "0080买买提·吐尔逊" in sheets[-1]
    assert "东河区代表团" in sheets[0]
    assert "共79人" in sheets[0]


def test_the_headings_come_again_on_every_page() -> None:
    assert all("证号姓名签名证号姓名签名" in sheet for sheet in texts(roll_sheet(ROLL)))


def test_the_files_are_tagged_and_in_chinese() -> None:
    assert catalogue(hall_poster(POSTER)) == catalogue(roll_sheet(ROLL)) == (True, True)
