"""The count report on paper: every figure of the count, the rule it was counted by, what is signed."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.shared import CHINA
from interfaces.documents.count_report import CountReport, ReportItem, ReportSignature, count_report
from tests.interfaces.documents.printed import catalogue, scanned, texts, title

REPORT = CountReport(
    congress="青城市人民代表大会",
    session="青城市第十六届人民代表大会第五次会议",
    poll="2026年度民生实事项目票决",
    held_on=date(2026, 1, 24),
    quota=1,
    all_delegates=327,
    attending=314,
    issued=314,
    returned=313,
    void_ballots=2,
    items=(
        ReportItem(
            number=1,
            name="老旧小区改造",
            votes_for=300,
            against=8,
            abstain=3,
            void=2,
            base=327,
            needed=164,
            passed=True,
            rank=1,
            adopted=True,
        ),
        ReportItem(
            number=2,
            name="街心公园",
            votes_for=163,
            against=140,
            abstain=8,
            void=2,
            base=327,
            needed=164,
            passed=False,
            rank=2,
            adopted=False,
        ),
    ),
    remarks=("第2项未过通过线。",),
    profile_title="民生实事项目票决办法",
    profile=("超过全体代表的半数，即至少164票赞成，为通过。", "空白项视为弃权。"),
    count_hash="3f5a0c1be9d4472f8a66e01d5b9c8f7702c4de61a9b1375e0f8d6c2b4a917e35",
    checkpoint="53e719a4",
    box_root="a66e01d5",
    unsealed=True,
    signatures=(
        ReportSignature(role="总监票人", name="杜静浩", signed_at=datetime(2026, 1, 24, 11, 32, tzinfo=CHINA)),
        ReportSignature(role="监票人", name="唐丽秀"),
        ReportSignature(role="监票人", name="邓丽芳"),
    ),
)


def printed(report: CountReport) -> str:
    return "".join(texts(count_report(report)))


def test_the_figures_of_the_poll_are_on_the_report() -> None:
    page = printed(REPORT)
    for words, number in (("全体代表（应到）", 327), ("实到代表", 314), ("发出", 314), ("收回", 313), ("未收回", 1)):
        assert f"{words}{number}" in page
    assert "整张无效2" in page


def test_every_item_is_one_line_whose_columns_add_up_to_the_ballots_returned() -> None:
    page = printed(REPORT)
    assert "序号项目赞成反对弃权无效合计通过线名次通过列入" in page
    assert "1老旧小区改造300832313164" in page
    assert "2街心公园16314082313164" in page


def test_what_passed_and_what_was_adopted_are_both_said() -> None:
    page = printed(REPORT)
    assert "3131641是列入" in page
    assert "3131642否—" in page
    assert "应选1项。共2项付表决，列入1项。" in page


def test_the_profile_is_printed_in_plain_words() -> None:
    page = printed(REPORT)
    assert all(sentence in page for sentence in (REPORT.profile_title, *REPORT.profile, *REPORT.remarks))


def test_the_hash_that_is_signed_is_printed_whole_with_root_and_checkpoint() -> None:
    page = printed(REPORT)
    assert all(shown in page for shown in (REPORT.count_hash, "53e719a4", "票箱根a66e01d5"))


def test_chief_and_two_scrutineers_have_a_line_to_sign() -> None:
    page = printed(REPORT)
    assert page.count("签名", page.index("签名即告失效") + 2, page.index("五、")) == 3
    assert "总监票人杜静浩系统内已签2026年1月24日11:32" in page


def test_an_unsealed_poll_says_so() -> None:
    warning = "未密封：计票之前，掌握数据库的人能够读到选票上的标记。"
    assert warning in printed(REPORT)
    assert warning not in printed(replace(REPORT, unsealed=False))


def test_a_poll_by_choosing_has_the_columns_of_its_form() -> None:
    item = ReportItem(
        number=1, name="老旧小区改造", votes_for=300, not_ticked=11, void=2, passed=True, rank=1, adopted=True
    )
    page = printed(replace(REPORT, chosen=True, items=(item,)))
    assert "赞成未选无效合计通过线" in page
    assert "1老旧小区改造300112313—1是列入" in page


def test_keys_not_pressed_have_a_column_only_where_there_are_any() -> None:
    item = ReportItem(
        number=1,
        name="会议表决",
        votes_for=2639,
        against=160,
        abstain=57,
        not_pressed=16,
        passed=True,
        rank=1,
        adopted=True,
    )
    assert "263916057160" in printed(replace(REPORT, returned=2872, items=(item,)))
    assert "未按键" not in printed(REPORT)


def test_an_invalid_poll_shows_its_reason_and_no_result() -> None:
    page = printed(replace(REPORT, items=(), returned=315, invalid="收回票数多于发出票数，本次表决无效。"))
    assert "收回票数多于发出票数，本次表决无效。" in page
    assert "通过线名次" not in page
    assert "未收回0" in page


@pytest.mark.parametrize("count", [1, 35, 120])
def test_any_number_of_items_fits(count: int) -> None:
    items = tuple(replace(REPORT.items[0], number=n, name=f"第{n}个项目的名称" * 4) for n in range(1, count + 1))
    assert all(f"第{n}个项目的名称" in printed(replace(REPORT, items=items, quota=None)) for n in (1, count))


def test_an_open_quota_is_said_in_words() -> None:
    assert "不设应选数。" in printed(replace(REPORT, quota=None))


def test_the_same_count_gives_the_same_bytes() -> None:
    assert count_report(REPORT) == count_report(REPORT)
    assert catalogue(count_report(REPORT)) == (True, True)
    assert title(count_report(REPORT)) == "2026年度民生实事项目票决计票报告单"


def test_the_signed_checkpoint_is_on_the_report_as_text_and_as_a_code() -> None:
    note = "rd.example.cn/history\n3127\nVV3Hc+zaCbz+aLkzK45k0oXpHzq5BTINZOL7nXZxyxc=\n\n— rd.example.cn/history mQPS\n"
    report = replace(REPORT, checkpoint=note, checkpoint_key="rd.example.cn/history+9903d263+ASqT")
    pages = count_report(report)
    page = "".join(texts(pages))
    for line in ("五、检查点", "3127", "VV3Hc+zaCbz+aLkzK45k0oXpHzq5BTINZOL7nXZxyxc=", "+9903d263+ASqT"):
        assert line in page
    assert scanned(pages) == [note]


def test_a_report_without_a_checkpoint_has_no_place_for_one() -> None:
    assert "检查点" not in printed(replace(REPORT, checkpoint=""))
