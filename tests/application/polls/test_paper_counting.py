"""Papers beside cards in one poll: entered by two teams, added to the box, forgotten at the end (rules 11, 12, 15)."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from application.history.box import Box
from application.office import By, KeyUsedOtherwise, Office
from application.polls import after_closing, counting, paper_count, preparing
from application.polls.paper_count import FiguresLost
from application.private.store import PrivateStore, workings
from application.private.workings import erase_workings, parts_of
from domain.accounts.permissions import Role
from domain.polls.accounting import IncidentDecision, IncidentKind
from domain.polls.before_count import (
    BatchesNotEntered,
    DoubtfulUndecided,
    EntriesDiffer,
    KeypadDiffers,
    KeypadNotEntered,
    PapersNotTakenOut,
)
from domain.polls.box_opening import OpenedOn
from domain.polls.card import card_id
from domain.polls.count import read_count
from domain.polls.declaring import NotThisPollsScrutineer, SignaturesMissing
from domain.polls.opening_the_box import BoxNotOpened, OpeningsDiffer
from domain.polls.paper_count import (
    EnteredForOtherTeam,
    EntriesNotEqual,
    Entry,
    EntryDoesNotAddUp,
    FiguresFixed,
    ItemCount,
    PapersFixed,
    written_entry,
)
from domain.polls.poll import PollInWrongStage, PollStage, Sealing
from domain.shared import Invalid, NotPermitted
from tests.support import polls
from tests.support.papers import both_enter, enter, entry_of, hand_out, mixed_hall, returned, team, without_cards
from tests.support.polls import Hall
from tests.support.sealing import MadeKey, columns_in, guarded, open_twice, record_opening, sealed
from tests.support.stores import by, granted
from tests.support.voters import cast, row

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
Sign = Callable[..., int]


@pytest.fixture
def mixed(office: Office, box: Box, private: PrivateStore) -> Hall:
    """Closed: 18 cards of which 17 voted for items 1 to 3, 12 papers of which 11 came back."""
    hall = mixed_hall(office, box, private)
    for number, card in enumerate(hall.cards[:17]):
        cast(hall, card, row(hall, 1, 2, 3), number)
    hall.close()
    return hall


def papers(hall: Hall, number: int = 11) -> Any:
    return entry_of(hall, [row(hall, 1, 4)] * number)


def count(hall: Hall) -> dict[str, Any]:
    counting.count_poll(hall.office, hall.box, hall.private, by(hall.clerk), hall.poll)
    assert hall.state.counted is not None
    return read_count(hall.state.counted.count)


def recorded(hall: Hall) -> str:
    """Everything in the history, as text."""
    end = hall.office.history.last_position()
    return "\n".join(repr(one) for one in hall.office.history.select(0, end))


def test_cards_and_papers_are_one_sum(mixed: Hall) -> None:
    returned(mixed, 11)
    both_enter(mixed, papers(mixed))
    said = count(mixed)
    votes = [item["for"] for item in said["columns"]["items"]]
    assert votes == [28, 17, 17, 11, 0, 0]
    assert (said["issued"], said["returned"], said["outcome"]["not_returned"]) == (30, 28, 2)
    assert (said["cards"]["in_box"], said["cards"]["not_handed_in"]) == (17, 1)
    assert (said["papers"]["issued"], said["papers"]["returned"], said["papers"]["not_returned"]) == (12, 11, 1)
    assert [item["for"] for item in said["parts"]["paper"]["columns"]["items"]] == [11, 0, 0, 11, 0, 0]


@ONE_STORE
def test_late_arrivals_vote_on_paper_and_count_into_a(office: Office, box: Box, private: PrivateStore) -> None:
    hall = polls.prepared(office, box, delegates=20)
    hall.private = private
    hall.release()
    hall.seat(18)
    hall.open()
    hall.check_in(18)
    hand_out(hall, 18)
    hall.close()
    returned(hall, 1)
    both_enter(hall, entry_of(hall, [row(hall, 1)]))
    said = count(hall)
    assert (said["attending"], said["issued"], said["returned"]) == (19, 19, 1)


@ONE_STORE
def test_nothing_is_counted_before_the_papers_are(mixed: Hall) -> None:
    with pytest.raises(PapersNotTakenOut):
        count(mixed)
    returned(mixed, 11)
    with pytest.raises(BatchesNotEntered):
        count(mixed)
    enter(mixed, 1, papers(mixed))
    with pytest.raises(BatchesNotEntered) as refusal:
        count(mixed)
    assert (refusal.value.team, refusal.value.batches) == (2, (1,))


def test_rule_15_what_two_teams_counted_differently_stops(mixed: Hall) -> None:
    returned(mixed, 11)
    enter(mixed, 1, papers(mixed))
    enter(mixed, 2, entry_of(mixed, [row(mixed, 1, 4)] * 10 + [row(mixed, 1)]))
    with pytest.raises(EntriesDiffer) as refusal:
        count(mixed)
    assert (refusal.value.batch, refusal.value.items) == (1, ("4",))
    enter(mixed, 2, papers(mixed))
    assert count(mixed)["columns"]["items"][3]["for"] == 11


@ONE_STORE
def test_rule_15_nobody_enters_for_both_teams(mixed: Hall) -> None:
    returned(mixed, 11)
    enter(mixed, 1, papers(mixed))
    with pytest.raises(EnteredForOtherTeam):
        paper_count.enter_batch(
            mixed.office, mixed.private, by(team(mixed, 1)), mixed.poll, team=2, batch=1, entry=papers(mixed)
        )


@ONE_STORE
def test_rule_11_an_entry_that_is_short_is_refused_and_not_kept(mixed: Hall) -> None:
    returned(mixed, 11)
    kept = parts_of(mixed.private, mixed.poll)
    with pytest.raises(EntryDoesNotAddUp) as refusal:
        enter(mixed, 1, papers(mixed, 10))
    assert set(refusal.value.short.values()) == {1}
    assert parts_of(mixed.private, mixed.poll) == kept


def test_rule_4_the_chief_decides_on_doubtful_marks(mixed: Hall) -> None:
    returned(mixed, 11)
    doubtful = entry_of(mixed, [row(mixed, 1, 4)] * 10 + [("?", *row(mixed, 4)[1:])], doubtful={"1": 1})
    enter(mixed, 1, doubtful)
    with pytest.raises(EntriesNotEqual):
        decide(mixed, "for")
    enter(mixed, 2, doubtful)
    with pytest.raises(DoubtfulUndecided) as refusal:
        count(mixed)
    assert refusal.value.marks == 1
    with pytest.raises(Invalid):
        decide(mixed, "x")
    decide(mixed, "for")
    said = count(mixed)
    assert said["columns"]["items"][0]["for"] == 28
    assert said["papers"]["doubtful_decided"] == 1
    assert "勾出格" in recorded(mixed)


def decide(hall: Hall, mark: str, who: Any = None) -> int:
    return paper_count.decide_doubtful(
        hall.office,
        hall.private,
        by(who or hall.chief),
        hall.poll,
        batch=1,
        item="1",
        number=1,
        mark=mark,
        reason="勾出格，意思清楚",
    )


@ONE_STORE
def test_nobody_but_the_chief_decides(mixed: Hall) -> None:
    with pytest.raises(NotThisPollsScrutineer):
        decide(mixed, "for", mixed.scrutineers[0])
    with pytest.raises(NotPermitted):
        decide(mixed, "for", mixed.clerk)


@ONE_STORE
@pytest.mark.parametrize("role", [Role.VENUE, Role.DELEGATE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_papers_are_counted_at_the_table(mixed: Hall, role: Role) -> None:
    somebody = granted(role, mixed.congress)
    with pytest.raises(NotPermitted):
        paper_count.return_papers(mixed.office, by(somebody), mixed.poll, [11])
    with pytest.raises(NotPermitted):
        paper_count.enter_batch(
            mixed.office, mixed.private, by(somebody), mixed.poll, team=1, batch=1, entry=papers(mixed)
        )


def test_a_figure_changed_after_signing_voids_the_signatures(mixed: Hall, sign: Sign) -> None:
    """Rule 11: another version, other signatures; nothing is declared in between."""
    returned(mixed, 11)
    both_enter(mixed, papers(mixed))
    first = count(mixed)
    for person in (mixed.chief, *mixed.scrutineers):
        sign(mixed, person)
    assert mixed.state.is_signed
    other = entry_of(mixed, [row(mixed, 1)] * 11)
    enter(mixed, 1, other)
    assert (mixed.state.stage, mixed.state.signatures) == (PollStage.CLOSED, ())
    with pytest.raises(PollInWrongStage):
        declare(mixed)
    with pytest.raises(PollInWrongStage):
        sign(mixed, mixed.chief)
    with pytest.raises(EntriesDiffer):
        count(mixed)
    enter(mixed, 2, other)
    second = count(mixed)
    assert mixed.state.counted is not None
    assert mixed.state.counted.version == 2
    assert second["columns"] != first["columns"]
    with pytest.raises(SignaturesMissing):
        declare(mixed)


def declare(hall: Hall, key: str = "") -> int:
    asked = By(actor=hall.clerk, key=key) if key else by(hall.clerk)
    return counting.declare_poll(
        hall.office, hall.private, asked, hall.poll, notice_number="〔2026〕5号", on=date(2026, 1, 22)
    )


@ONE_STORE
def test_the_number_of_papers_is_fixed_by_the_first_count(mixed: Hall) -> None:
    returned(mixed, 11)
    both_enter(mixed, papers(mixed))
    count(mixed)
    with pytest.raises(PapersFixed):
        returned(mixed, 12)


@ONE_STORE
def test_rule_12_nine_papers_are_told_nowhere_and_not_changed(office: Office, box: Box, private: PrivateStore) -> None:
    hall = mixed_hall(office, box, private, cards=18, papers=9)
    for number, card in enumerate(hall.cards):
        cast(hall, card, row(hall, 1, 2), number)
    hall.close()
    returned(hall, 9)
    both_enter(hall, entry_of(hall, [row(hall, 3)] * 9))
    said = count(hall)
    assert said["parts"]["paper"] == {"ballots": 9, "columns": None}
    assert said["parts"]["electronic"] == {"ballots": 18, "columns": None}
    with pytest.raises(FiguresFixed):
        enter(hall, 1, entry_of(hall, [row(hall, 2)] * 9))
    after_closing.report_incident(hall.office, by(hall.clerk), hall.poll, IncidentKind.OTHER, "纸质票录错了")
    after_closing.decide_incident(hall.office, by(hall.chief), hall.poll, 1, IncidentDecision.REPEAT, "重新表决")
    preparing.cancel_poll(hall.office, by(hall.clerk), hall.poll, "纸质票录错了")
    assert hall.state.stage is PollStage.CANCELLED


def test_rule_12_no_figure_of_a_part_is_ever_recorded(mixed: Hall) -> None:
    """Neither in a fact nor in the key or content of a command: digests are salted, and the salt goes."""
    returned(mixed, 11)
    both_enter(mixed, papers(mixed))
    facts = recorded(mixed)
    for figures in parts_of(mixed.private, mixed.poll).values():
        assert json.dumps(figures["items"]) not in facts
        assert str(figures["items"]) not in facts
    assert "marks" not in facts


@ONE_STORE
def test_a_key_used_for_other_figures_is_refused(mixed: Hall) -> None:
    returned(mixed, 11)
    asked = by(team(mixed, 1))

    def entered(entry: Any) -> int:
        return paper_count.enter_batch(mixed.office, mixed.private, asked, mixed.poll, team=1, batch=1, entry=entry)

    first = entered(papers(mixed))
    assert entered(papers(mixed)) == first
    with pytest.raises(KeyUsedOtherwise):
        entered(entry_of(mixed, [row(mixed, 2)] * 11))


def test_figures_are_erased_by_the_declaration(mixed: Hall, sign: Sign) -> None:
    declared_after(mixed, sign)
    assert kept_for(mixed) == 0


def declared_after(hall: Hall, sign: Sign) -> None:
    returned(hall, 11)
    both_enter(hall, papers(hall))
    count(hall)
    for person in (hall.chief, *hall.scrutineers):
        sign(hall, person)
    assert kept_for(hall) > 0
    declare(hall)


def kept_for(hall: Hall) -> int:
    """Rows of the workings, the salt among them."""
    with hall.private.reading() as connection:
        return len(connection.execute(workings.select().where(workings.c.poll == hall.poll)).all())


def test_figures_left_by_a_crash_after_the_declaration_are_erased_later(
    mixed: Hall, sign: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("application.polls.counting.erase_ended", lambda *_: None)
    declared_after(mixed, sign)
    monkeypatch.undo()
    assert kept_for(mixed) > 0
    counting.erase_ended(mixed.office, mixed.private)
    assert kept_for(mixed) == 0
    counting.erase_ended(mixed.office, mixed.private)


@ONE_STORE
def test_figures_of_a_cancelled_poll_are_erased(mixed: Hall) -> None:
    """More papers than issued: void by its count, cancelled."""
    returned(mixed, 20)
    enter(mixed, 1, papers(mixed, 20))
    said = count(mixed)
    assert said["outcome"] == {"valid": False, "reason": "returned_exceeds_issued"}
    assert (said["columns"], said["parts"]["paper"]["columns"]) == (None, None)
    preparing.cancel_poll(mixed.office, by(mixed.clerk), mixed.poll, "多出纸票")
    counting.erase_ended(mixed.office, mixed.private)
    assert kept_for(mixed) == 0


@ONE_STORE
def test_figures_that_were_lost_are_entered_again(mixed: Hall) -> None:
    """A restored backup holds none; the record says that they were entered."""
    returned(mixed, 11)
    both_enter(mixed, papers(mixed))
    erase_workings(mixed.private, mixed.poll)
    with pytest.raises(FiguresLost):
        count(mixed)
    both_enter(mixed, papers(mixed))
    assert count(mixed)["columns"]["items"][0]["for"] == 28


@ONE_STORE
def test_figures_that_somebody_changed_in_the_store_are_not_counted(mixed: Hall) -> None:
    returned(mixed, 11)
    both_enter(mixed, papers(mixed))
    changed = json.dumps(written_entry(entry_of(mixed, [row(mixed, 5)] * 11)), sort_keys=True)
    with mixed.private.writing() as connection:
        connection.execute(workings.update().where(workings.c.part.like("paper/%")).values(figures=changed))
    with pytest.raises(FiguresLost):
        count(mixed)


def test_a_sealed_box_is_counted_beside_papers_once_it_was_opened_twice(
    office: Office, box: Box, private: PrivateStore
) -> None:
    keys: list[MadeKey] = []
    hall = mixed_hall(office, box, private, sealing=Sealing.SEALED, before=lambda made: keys.append(guarded(made)))
    for card in hall.cards:
        box.cast(hall.poll, card_id(card), sealed(row(hall, 1, 2), hall, keys[0]))
    hall.close()
    returned(hall, 12)
    both_enter(hall, entry_of(hall, [row(hall, 1)] * 12))
    with pytest.raises(BoxNotOpened):
        count(hall)
    columns = columns_in(hall, keys[0])
    record_opening(hall, columns, OpenedOn.BROWSER)
    with pytest.raises(BoxNotOpened) as refusal:
        count(hall)
    assert refusal.value.missing == (OpenedOn.OFFLINE,)
    record_opening(hall, columns, OpenedOn.OFFLINE)
    said = count(hall)
    assert [item["for"] for item in said["columns"]["items"]] == [30, 18, 0, 0, 0, 0]
    assert said["key"] == keys[0].fingerprint
    assert [(one["on"], one["ballots"], one["shares"]) for one in said["openings"]] == [
        ("browser", 18, 2),
        ("offline", 18, 2),
    ]
    assert "marks" not in recorded(hall)


@ONE_STORE
def test_columns_of_an_opening_that_somebody_changed_are_not_counted(
    office: Office, box: Box, private: PrivateStore
) -> None:
    keys: list[MadeKey] = []
    hall = mixed_hall(
        office, box, private, papers=0, sealing=Sealing.SEALED, before=lambda made: keys.append(guarded(made))
    )
    for card in hall.cards:
        box.cast(hall.poll, card_id(card), sealed(row(hall, 1, 2), hall, keys[0]))
    hall.close()
    open_twice(hall, keys[0])
    with private.writing() as connection:
        kept = connection.execute(workings.select().where(workings.c.part.like("box/%"))).first()
        assert kept is not None
        connection.execute(
            workings.update().where(workings.c.part == kept.part).values(figures=kept.figures.replace("18", "17"))
        )
    with pytest.raises(OpeningsDiffer):
        count(hall)


def test_rule_5_a_keypad_poll_is_counted_from_the_totals_of_two_people(
    office: Office, box: Box, private: PrivateStore
) -> None:
    """In small: 20 for, 5 against, 2 abstained and 3 not pressed are the 30 present."""
    hall = without_cards(office, box, private, keypad=True)
    hall.close()
    items = tuple(ItemCount(id=item.id, marks=(3, 20, 5, 2)) for item in hall.form.items)
    totals = Entry(papers=30, items=items)
    with pytest.raises(KeypadNotEntered):
        count(hall)
    enter_totals(hall, 1, totals)
    enter_totals(hall, 2, replace(totals, items=(replace(items[0], marks=(2, 21, 5, 2)), *items[1:])))
    with pytest.raises(KeypadDiffers) as refusal:
        count(hall)
    assert refusal.value.items == ("1",)
    enter_totals(hall, 2, totals)
    said = count(hall)
    first = said["outcome"]["items"][0]
    assert (first["for"], first["against"], first["abstain"], first["not_pressed"]) == (20, 5, 2, 3)
    assert said["profile"]["blank_item"] == "not_pressed"
    assert (said["issued"], said["returned"], said["parts"]["keypad"]["ballots"]) == (30, 30, 30)


def enter_totals(hall: Hall, number: int, totals: Entry) -> int:
    return paper_count.enter_keypad(
        hall.office, hall.private, by(team(hall, number)), hall.poll, team=number, entry=totals
    )


@ONE_STORE
def test_more_keypads_than_delegates_void_the_poll(office: Office, box: Box, private: PrivateStore) -> None:
    hall = without_cards(office, box, private, keypad=True, delegates=12)
    hall.close()
    items = tuple(ItemCount(id=item.id, marks=(0, 13, 0, 0)) for item in hall.form.items)
    for number in (1, 2):
        enter_totals(hall, number, Entry(papers=13, items=items))
    assert count(hall)["outcome"] == {"valid": False, "reason": "returned_exceeds_issued"}


def test_a_poll_on_paper_alone_is_counted(office: Office, box: Box, private: PrivateStore) -> None:
    hall = without_cards(office, box, private, keypad=False)
    hall.close()
    returned(hall, 15, 14)
    for batch, number in ((1, 15), (2, 14)):
        both_enter(hall, entry_of(hall, [row(hall, 1, 2)] * number), batch=batch)
    said = count(hall)
    assert [item["for"] for item in said["columns"]["items"]] == [29, 29, 0, 0, 0, 0]
    assert said["outcome"]["not_returned"] == 1
