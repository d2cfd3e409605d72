from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.congress import materials
from domain.congress.materials import (
    Material,
    MaterialIsWithdrawn,
    MaterialRead,
    MaterialReplaced,
    MaterialSent,
    MaterialWasReplaced,
    MaterialWithdrawn,
    NobodyToRemind,
    ReadersReminded,
    RemindedToday,
)
from domain.files import Attached, FileType
from domain.projects.candidate_list import PreReadingTooShort, require_pre_reading
from domain.shared import Invalid, Missing, NotFound
from tests.support.given import given

CONGRESS, SESSION, MATERIAL, DELEGATE = (UUID(int=n) for n in range(1, 5))
DAY = date(2026, 1, 12)
FILE = Attached(file=UUID(int=9), name="议程.pdf", type=FileType.PDF, size=1000, digest="0" * 64)
SENT = MaterialSent(
    congress=CONGRESS, session=SESSION, title="会议议程", words="", file=FILE, delegations=("青山区代表团",), on=DAY
)
REPLACED = MaterialReplaced(title="会议议程（修订）", words="", file=FILE, reason="时间有误", on=date(2026, 1, 13))
WITHDRAWN = MaterialWithdrawn(reason="不再需要", on=date(2026, 1, 14))
RECEIPT = MaterialRead(congress=CONGRESS, material=MATERIAL, delegate=DELEGATE, edition=1)
sent = given(SENT, evolve=materials.evolve)


def test_a_material_needs_a_title_and_words_or_a_file_and_goes_to_delegations_of_the_roll() -> None:
    known = {"青山区代表团", "东河区代表团"}
    assert materials.send_material(SENT, known) == SENT
    with pytest.raises(Missing) as nothing:
        materials.send_material(replace(SENT, title=" ", file=None), known)
    assert nothing.value.fields == ("title", "words")
    with pytest.raises(Invalid) as unknown:
        materials.send_material(replace(SENT, delegations=("没有的代表团",)), known)
    assert unknown.value.value == "没有的代表团"


def test_a_receipt_is_given_once_for_each_edition_and_only_by_whom_it_was_sent_to() -> None:
    sent.when(lambda now: materials.read_material(now, None, RECEIPT, "青山区代表团")).then(RECEIPT)
    first = materials.evolve_reading(None, RECEIPT)
    sent.when(lambda now: materials.read_material(now, first, RECEIPT, "青山区代表团")).then()
    sent.when(lambda now: materials.read_material(now, None, RECEIPT, "东河区代表团")).refused(NotFound)
    replaced = given(SENT, REPLACED, evolve=materials.evolve)
    second = replace(RECEIPT, edition=2)
    replaced.when(lambda now: materials.read_material(now, first, second, "青山区代表团")).then(second)


def test_who_had_an_earlier_edition_open_gives_no_receipt_for_the_new_one() -> None:
    replaced = given(SENT, REPLACED, evolve=materials.evolve)
    replaced.when(lambda now: materials.read_material(now, None, RECEIPT, "青山区代表团")).refused(
        MaterialWasReplaced, title="会议议程（修订）"
    )
    sent.when(lambda now: materials.read_material(now, None, replace(RECEIPT, edition=2), "青山区代表团")).refused(
        NotFound
    )


def test_a_replaced_material_keeps_the_edition_before_and_a_withdrawn_one_ends() -> None:
    sent.when(
        lambda now: materials.replace_material(
            now, title="会议议程（修订）", words="", file=None, reason="时间有误", on=date(2026, 1, 13)
        )
    ).then(REPLACED)
    state = given(SENT, REPLACED, evolve=materials.evolve).state
    assert isinstance(state, Material)
    assert [edition.title for edition in state.editions] == ["会议议程", "会议议程（修订）"]
    ended = given(SENT, WITHDRAWN, evolve=materials.evolve)
    ended.when(lambda now: materials.withdraw_material(now, "再次", DAY)).refused(MaterialIsWithdrawn, title="会议议程")
    ended.when(lambda now: materials.read_material(now, None, RECEIPT, "青山区代表团")).refused(MaterialIsWithdrawn)


def test_readers_are_reminded_once_a_day_and_only_while_somebody_has_not_read() -> None:
    def remind(today: date, unread: int) -> ReadersReminded:
        return materials.remind_readers(last, congress=CONGRESS, about=MATERIAL, unread=unread, today=today)

    last = None
    reminded = remind(DAY, 12)
    assert reminded == ReadersReminded(congress=CONGRESS, about=MATERIAL, on=DAY, unread=12)
    last = materials.evolve_reminding(None, reminded)
    with pytest.raises(RemindedToday):
        remind(DAY, 12)
    with pytest.raises(NobodyToRemind):
        remind(date(2026, 1, 13), 0)
    assert remind(date(2026, 1, 13), 3).unread == 3


def test_rule_16_a_material_sent_late_changes_nothing_about_the_seven_days_of_the_list() -> None:
    published_on, vote_on = date(2026, 3, 1), date(2026, 3, 8)
    late = replace(SENT, on=date(2026, 3, 7))
    assert materials.send_material(late, {"青山区代表团"}).on == date(2026, 3, 7)
    require_pre_reading(published_on, vote_on, 7)
    with pytest.raises(PreReadingTooShort):
        require_pre_reading(published_on, date(2026, 3, 7), 7)
