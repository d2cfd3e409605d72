"""The rule profile on paper."""

from dataclasses import replace
from datetime import date

from interfaces.documents.profile_sheet import ProfileField, ProfileSheet, profile_sheet
from tests.interfaces.documents.printed import catalogue, texts

SHEET = ProfileSheet(
    congress="青城市人民代表大会",
    session="青城市第十六届人民代表大会第五次会议",
    title="民生实事项目票决办法",
    version=2,
    adopted_on=date(2026, 1, 23),
    decision="主席团第三次会议",
    sentences=("超过全体代表的半数，即至少164票赞成，为通过。", "空白项视为弃权。"),
    example=("全体代表327人，到会至少218人方可表决。",),
    fields=(ProfileField(name="应选数", value="10"), ProfileField(name="计票基数", value="全体代表")),
    profile_hash="3f5a0c1b",
)


def test_every_field_and_sentence_is_printed() -> None:
    page = "".join(texts(profile_sheet(SHEET)))
    for shown in (*SHEET.sentences, *SHEET.example, "应选数10", "计票基数全体代表", "3f5a0c1b"):
        assert shown in page


def test_an_adopted_profile_names_its_adoption() -> None:
    assert "第2版·2026年1月23日通过·主席团第三次会议" in texts(profile_sheet(SHEET))[0]


def test_a_draft_says_that_it_is_one() -> None:
    draft = replace(SHEET, adopted_on=None, decision="", session="", example=(), profile_hash="")
    page = texts(profile_sheet(draft))[0]
    assert "草案·第2版·尚未通过" in page
    assert "按本次会议的人数" not in page


def test_the_file_is_tagged_and_in_chinese() -> None:
    assert catalogue(profile_sheet(SHEET)) == (True, True)
