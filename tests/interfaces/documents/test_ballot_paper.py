"""Ballot papers as they come out of the printer."""

from dataclasses import replace

import numpy as np
import pypdfium2
import pytest

from domain.polls.count import form_of
from domain.polls.poll import PollPrepared
from domain.polls.rules import BlankItem, RuleProfile
from domain.shared import Invalid
from interfaces.documents.ballot_paper import COLOURS, ballot_papers
from interfaces.paper.form_code import form_code, shown_code
from interfaces.paper.layout import layout_of
from tests.interfaces.documents.printed import catalogue, pages, scanned, texts, title
from tests.support.paper_polls import CHOICE, EVALUATION, LIMITED, NAMES, VOTE, paper_of, poll_of
from tests.support.poll_facts import POLL


def papers(poll: PollPrepared, copies: int = 1, colour: str = "蓝", watermark: str = "") -> bytes:
    return ballot_papers(POLL, poll, copies, colour=colour, watermark=watermark)


def test_a_paper_says_what_is_voted_on_and_how() -> None:
    (said,) = texts(papers(poll_of(5)))
    assert "青城市第十六届人民代表大会第五次会议" in said
    assert "2026年度民生实事项目票决" in said
    assert all(name.replace(" ", "") in said for name in NAMES)
    assert "每个项目在“赞成”“反对”“弃权”中选一个方框，在框内作记号，样式如下。" in said
    assert "没有作记号的项目按弃权计。作两个记号的该项无效。" in said
    assert "蓝色·表决票" in said


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (replace(VOTE, blank_item=BlankItem.INVALID), "没有作记号的项目，该项无效。"),
        (LIMITED, "赞成最多3项，多于此数整张票无效。"),
        (CHOICE, "赞成最多3项，多于此数整张票无效。没有作记号的项目不算赞成。"),
        (EVALUATION, "每个项目选一个方框，在框内作记号，样式如下。"),
    ],
)
def test_a_paper_says_what_its_profile_makes_of_marks(rules: RuleProfile, sentence: str) -> None:
    assert sentence in texts(papers(poll_of(3, rules)))[0]


def test_an_evaluation_names_its_options() -> None:
    (said,) = texts(papers(poll_of(3, EVALUATION)))
    assert "满意基本满意不满意不了解" in said
    assert "测评票" in said


def test_papers_of_a_poll_are_all_alike() -> None:
    poll = poll_of(20)
    printed = papers(poll, copies=3)
    pictures = [np.array(page) for page in pages(printed)]
    assert len(pictures) == 6
    assert all((pictures[place] == pictures[place + 2]).all() for place in range(4))
    assert set(texts(printed)) == set(texts(papers(poll)))


def test_every_page_carries_the_form_code_as_text_and_as_a_code() -> None:
    poll = poll_of(60)
    code = form_code(form_of(POLL, poll))
    printed = papers(poll)
    assert scanned(printed) == [f"PJ1:{code}:{page}:4" for page in range(1, 5)]
    assert all(f"表样码{shown_code(code)}第{page}页，共4页" in said for page, said in enumerate(texts(printed), 1))


def test_sixty_items_stand_on_their_pages_in_order() -> None:
    said = "".join(texts(papers(poll_of(60))))
    places = [said.index(f"{number}{NAMES[(number - 1) % 5]}".replace(" ", "")) for number in range(1, 61)]
    assert places == sorted(places)


def test_boxes_are_printed_where_the_layout_says_in_true_size() -> None:
    paper = paper_of(poll_of(12))
    picture = paper.blanks[0]
    for row in paper.layout.pages[0].rows:
        for box in row.boxes:
            area, dots = box.area, 8
            across = picture[round((area.top + area.height / 2) * dots)]
            left, right = (round(edge * dots) for edge in (area.left, area.right))
            assert across[left + 2] < 60
            assert across[right - 2] < 60
            assert (across[left + 5 : right - 5] > 240).all()
            assert (across[left - 8 : left - 2] > 240).all()


@pytest.mark.parametrize("items", [2, 12, 60])
def test_nothing_is_printed_within_ten_millimetres_of_the_edge(items: int) -> None:
    for page in paper_of(poll_of(items)).blanks:
        inner = np.zeros_like(page, dtype=bool)
        inner[80:-80, 80:-80] = True
        assert (page[~inner] > 240).all()


@pytest.mark.parametrize("blank", [BlankItem.ABSTAIN, BlankItem.INVALID])
@pytest.mark.parametrize("rules", [VOTE, LIMITED, CHOICE, EVALUATION], ids=lambda rules: rules.form.value)
@pytest.mark.parametrize("items", [3, 12])
def test_what_to_do_leaves_the_table_alone(items: int, rules: RuleProfile, blank: BlankItem) -> None:
    paper = paper_of(poll_of(items, replace(rules, blank_item=blank)))
    advice = paper.layout.pages[0].advice
    assert advice is not None
    for edge in (advice.top, advice.bottom):
        assert (paper.blanks[0][round((edge - 0.4) * 8) : round((edge + 0.4) * 8)] > 240).all()


def test_text_is_never_smaller_than_twelve_points() -> None:
    with pypdfium2.PdfDocument(papers(poll_of(60))) as document:
        for page in document:
            text = page.get_textpage()
            sizes = {
                round(pypdfium2.raw.FPDFText_GetFontSize(text, place), 1)
                for place in range(text.count_chars())
                if text.get_text_range(place, 1).strip()
            }
            assert min(sizes) >= 12


def test_a_name_of_two_hundred_characters_stays_in_its_row() -> None:
    base = poll_of(3)
    name = "供热管网改造工程" * 25
    poll = replace(base, items=(replace(base.items[0], name=name), *base.items[1:]))
    (said,) = texts(papers(poll))
    assert name in said
    paper = layout_of(form_of(POLL, poll))
    assert len(paper.pages[0].rows[0].lines) >= 7


def test_a_long_title_is_set_smaller_and_not_cut() -> None:
    name = "关于对二〇二六年度青城市民生实事项目实施情况进行满意度测评暨对市人民政府有关部门工作进行评议的表决"
    (said,) = texts(papers(replace(poll_of(4), title=name)))
    assert name in said


def test_the_colour_is_a_word_as_well_and_white_papers_have_no_ink() -> None:
    for word in COLOURS:
        assert f"{word}色·表决票" in texts(papers(poll_of(2), colour=word))[0]
    assert papers(poll_of(2), colour="") == papers(poll_of(2), colour="白色")


def test_the_colour_changes_nothing_but_the_band() -> None:
    blue, white = (paper_of(poll_of(12), colour) for colour in ("蓝", "白"))
    below = round((blue.layout.band.bottom + 1) * 8)
    assert (blue.blanks[0][below:] == white.blanks[0][below:]).all()


def test_the_papers_of_a_rehearsal_always_say_so() -> None:
    rehearsal = replace(poll_of(12), rehearsal=True)
    assert "演练" in texts(papers(rehearsal))[0]
    assert "演练" in texts(papers(poll_of(12), watermark="演练"))[0]
    assert "演练" not in texts(papers(poll_of(12)))[0]


def test_a_paper_is_tagged_and_has_a_title() -> None:
    printed = papers(poll_of(12))
    assert catalogue(printed) == (True, True)
    assert title(printed) == "2026年度民生实事项目票决 表决票"


@pytest.mark.parametrize(
    ("copies", "colour", "reason"), [(0, "蓝", "paper_copies"), (5_001, "蓝", "paper_copies"), (1, "金", "colour")]
)
def test_what_cannot_be_printed_is_refused(copies: int, colour: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        papers(poll_of(2), copies, colour)
    assert refused.value.reason == reason
