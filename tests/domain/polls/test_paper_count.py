"""Papers counted by two teams, keypads by two people; rules 3, 4, 5, 11, 12 and 15 with their numbers."""

from dataclasses import replace
from uuid import UUID, uuid5

import pytest

from domain.polls.accounting import IncidentDecided, IncidentDecision, IncidentKind, IncidentReported
from domain.polls.after_closing import IncidentsUndecided, PollToBeRepeated
from domain.polls.before_count import (
    BatchesNotEntered,
    DoubtfulUndecided,
    EntriesDiffer,
    KeypadDiffers,
    KeypadNotEntered,
    PapersNotTakenOut,
    obstacles_to_count,
)
from domain.polls.box_opening import BoxOpened, OpenedOn
from domain.polls.columns import VoteColumns
from domain.polls.count import form_of
from domain.polls.opening_the_box import BoxNotOpened, OpeningsDiffer
from domain.polls.paper import BatchEntered, DoubtfulMarkDecided, KeypadTotalsEntered, PapersReturned
from domain.polls.paper_count import (
    BatchTooSmall,
    BothScanned,
    CountedByKeypad,
    Differences,
    EnteredForOtherTeam,
    EntriesNotEqual,
    Entry,
    EntryDoesNotAddUp,
    FiguresFixed,
    ItemCount,
    PapersFixed,
    check_entry,
    columns_of_entry,
    decide_doubtful,
    differences,
    enter_batch,
    enter_keypad,
    proposed_batches,
    read_entry,
    return_papers,
    written_entry,
)
from domain.polls.poll import (
    Poll,
    PollClosed,
    PollFact,
    PollInWrongStage,
    PollOpened,
    PollPrepared,
    PollStage,
    Sealing,
)
from domain.polls.rules import BlankItem
from domain.shared import Invalid, Missing, NotFound
from tests.support.poll_facts import (
    CONGRESS,
    POLL,
    ROOT,
    folded,
    prepared,
    signature,
    until_closed,
    until_counted,
    until_signed,
)

WANG, LI, ZHAO = (uuid5(CONGRESS, f"team/{name}") for name in ("王", "李", "赵"))
FORM = form_of(POLL, prepared())


def entry(papers: int, votes_for: int, *, abstain: int = 0, void: int = 0, doubtful: int = 0, blank: int = 0) -> Entry:
    """The same figures for all twelve items; the rest is against."""
    against = papers - void - votes_for - abstain - doubtful - blank
    items = tuple(
        ItemCount(id=item.id, marks=(blank, votes_for, against, abstain), doubtful=doubtful) for item in FORM.items
    )
    return Entry(papers=papers, void=void, items=items)


def changed(known: Entry, item: str, **figures: object) -> Entry:
    """The same entry with other figures for one item."""
    items = tuple(replace(one, **figures) if one.id == item else one for one in known.items)  # type: ignore[arg-type]  # the names are those of ItemCount
    return replace(known, items=items)


def entered(batch: int, team: int, digest: str, who: UUID, **more: object) -> BatchEntered:
    return BatchEntered(batch=batch, team=team, digest=digest, entrant=who, **more)  # type: ignore[arg-type]  # the names are those of the fact


def mixed(*papers: PollFact, issued: int = 60, cards: int = 254, sealing: Sealing = Sealing.UNSEALED) -> Poll:
    """Closed with 250 ballots in the box; 60 of the 314 were handed a paper."""
    opened = PollOpened(all_delegates=327, attending=314, issued=314, papers=issued, form="")
    closed = PollClosed(ballots=250, root=ROOT, cards_printed=cards, cards_voided=0, cards_drawn=cards, papers=issued)
    return folded(replace(prepared(), sealing=sealing), opened, closed, *papers)


def keypads(*facts: PollFact) -> Poll:
    by_keypad: PollPrepared = replace(prepared(), keypad=True, card_set=None)
    opened = PollOpened(all_delegates=2980, attending=2872, issued=2872, form="")
    closed = PollClosed(ballots=0, root=ROOT, cards_printed=0, cards_voided=0)
    return folded(by_keypad, opened, closed, *facts)


def blocked(poll: Poll, **differing: Differences) -> list[type]:
    return [type(refused) for refused in obstacles_to_count(poll, {int(k[1:]): v for k, v in differing.items()})]


@pytest.mark.parametrize(
    ("papers", "least", "sizes"),
    [
        (0, 10, ()),
        (7, 10, (7,)),
        (19, 10, (19,)),
        (60, 10, (60,)),
        (150, 10, (50, 50, 50)),
        (313, 10, (53, 52, 52, 52, 52, 52)),
        (313, 200, (313,)),
    ],
)
def test_rule_12_batches_are_proposed_even_and_never_small(papers: int, least: int, sizes: tuple[int, ...]) -> None:
    assert proposed_batches(papers, least) == sizes


def test_rule_12_a_batch_below_the_group_size_is_refused_by_name() -> None:
    with pytest.raises(BatchTooSmall) as refusal:
        return_papers(mixed(), (50, 9))
    assert (refusal.value.batch, refusal.value.papers, refusal.value.least) == (2, 9, 10)


def test_rule_12_few_papers_are_one_batch() -> None:
    assert return_papers(mixed(), (9,)).batches == (9,)


def test_no_paper_at_all_is_recorded_too() -> None:
    poll = mixed(return_papers(mixed(), ()))
    assert poll.papers.taken_out
    assert poll.papers.returned == 0
    assert blocked(poll) == []


@pytest.mark.parametrize("sizes", [(0,), (50, -1)])
def test_a_batch_holds_papers(sizes: tuple[int, ...]) -> None:
    with pytest.raises(Invalid):
        return_papers(mixed(), sizes)


def test_papers_returned_are_fixed_by_the_first_count() -> None:
    """A paper found later would stand as the difference of two counts."""
    with pytest.raises(PapersFixed):
        return_papers(folded(*until_counted()), (20,))


def test_a_poll_on_keypads_has_no_papers_and_one_on_papers_no_keypads() -> None:
    with pytest.raises(CountedByKeypad):
        return_papers(keypads(), (20,))
    with pytest.raises(CountedByKeypad):
        enter_keypad(mixed(), entry(20, 20), FORM, KeypadTotalsEntered(team=1, entrant=LI, returned=20, digest="d"))


@pytest.mark.parametrize("stage", ["open", "declared"])
def test_papers_are_counted_between_closing_and_declaration(stage: str) -> None:
    with pytest.raises(PollInWrongStage):
        return_papers(replace(mixed(), stage=PollStage(stage)), (20,))


def test_rule_11_an_item_that_is_short_is_named_short_by_100() -> None:
    """95 + 27 + 0 = 122 beside rows of 222."""
    right = entry(222, 195)
    wrong = changed(right, "3", marks=(0, 95, 27, 0))
    with pytest.raises(EntryDoesNotAddUp) as refusal:
        check_entry(wrong, FORM)
    assert refusal.value.short == {"3": 100}


def test_rule_11_every_wrong_item_is_named_at_once() -> None:
    wrong = changed(changed(entry(50, 40), "1", marks=(0, 41, 10, 0)), "2", marks=(0, 30, 10, 0))
    with pytest.raises(EntryDoesNotAddUp) as refusal:
        check_entry(wrong, FORM)
    assert refusal.value.short == {"1": -1, "2": 10}


def test_void_papers_have_no_marks_on_any_item() -> None:
    check_entry(entry(50, 40, void=3), FORM)
    with pytest.raises(EntryDoesNotAddUp):
        check_entry(replace(entry(50, 40), void=3), FORM)
    with pytest.raises(Invalid):
        check_entry(replace(entry(50, 40), void=51), FORM)


@pytest.mark.parametrize("figures", [{"marks": (0, 51, -1, 0)}, {"marks": (0, 40, 10)}, {"unreadable": -1}])
def test_figures_that_cannot_be_are_refused(figures: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        check_entry(changed(entry(50, 40), "1", **figures), FORM)


def test_rule_15_201_and_202_stop_exactly_that_item() -> None:
    first, second = entry(313, 201), changed(entry(313, 201), "4", marks=(0, 202, 111, 0))
    assert differences(first, second) == Differences(items=("4",))
    assert not differences(first, first)


def test_another_number_of_void_papers_opens_every_item_again() -> None:
    assert differences(entry(50, 40), entry(50, 40, void=1)).papers


def test_rule_15_nobody_enters_for_both_teams() -> None:
    poll = mixed(PapersReturned(batches=(30, 30)), entered(1, 1, "a", WANG))
    with pytest.raises(EnteredForOtherTeam):
        enter_batch(poll, entry(30, 20), FORM, entered(2, 2, "b", WANG))
    assert enter_batch(poll, entry(30, 20), FORM, entered(2, 1, "b", WANG)).team == 1


def test_who_entered_for_one_team_stays_there_after_papers_are_cut_anew() -> None:
    poll = mixed(PapersReturned(batches=(60,)), entered(1, 1, "a", WANG), PapersReturned(batches=(30, 30)))
    with pytest.raises(EnteredForOtherTeam):
        enter_batch(poll, entry(30, 20), FORM, entered(1, 2, "b", WANG))


def test_there_are_two_teams_and_so_many_batches() -> None:
    poll = mixed(PapersReturned(batches=(60,)))
    with pytest.raises(Invalid):
        enter_batch(poll, entry(60, 20), FORM, entered(1, 3, "b", WANG))
    with pytest.raises(NotFound):
        enter_batch(poll, entry(60, 20), FORM, entered(2, 1, "b", WANG))


def test_an_entry_counts_the_papers_of_its_batch_whatever_it_says() -> None:
    poll = mixed(PapersReturned(batches=(60,)))
    with pytest.raises(EntryDoesNotAddUp) as refusal:
        enter_batch(poll, entry(59, 20), FORM, entered(1, 1, "b", WANG))
    assert set(refusal.value.short.values()) == {1}


def test_nothing_is_counted_by_machine_alone() -> None:
    poll = mixed(PapersReturned(batches=(60,)), entered(1, 1, "a", WANG, scanned=True))
    with pytest.raises(BothScanned):
        enter_batch(poll, entry(60, 20), FORM, entered(1, 2, "a", LI, scanned=True))
    assert enter_batch(poll, entry(60, 20), FORM, entered(1, 2, "a", LI)).digest == "a"


def test_rule_4_a_doubtful_mark_waits_for_the_chief_with_a_reason() -> None:
    agreed = entry(60, 50, doubtful=1)
    poll = mixed(
        PapersReturned(batches=(60,)), entered(1, 1, "a", WANG, doubtful=12), entered(1, 2, "a", LI, doubtful=12)
    )
    assert blocked(poll) == [DoubtfulUndecided]
    fact = DoubtfulMarkDecided(batch=1, item="5", reason=" 勾出格，意思清楚 ", digest="x")
    decided = decide_doubtful(poll, agreed, fact)
    assert decided.reason == "勾出格，意思清楚"
    (waiting,) = obstacles_to_count(mixed(*_with(poll), decided), {})
    assert isinstance(waiting, DoubtfulUndecided)
    assert waiting.marks == 11
    with pytest.raises(Missing):
        decide_doubtful(poll, agreed, replace(fact, reason=" "))
    with pytest.raises(NotFound):
        decide_doubtful(poll, agreed, replace(fact, number=2))
    with pytest.raises(EntriesNotEqual):
        decide_doubtful(poll, None, fact)


def _with(poll: Poll) -> tuple[PollFact, ...]:
    return PapersReturned(batches=poll.papers.batches), *poll.papers.entries.values()


def test_a_decision_taken_twice_counts_once_and_the_later_holds() -> None:
    both = (entered(1, 1, "a", WANG, doubtful=1), entered(1, 2, "a", LI, doubtful=1))
    first = DoubtfulMarkDecided(batch=1, item="5", reason="一", digest="x")
    poll = mixed(PapersReturned(batches=(60,)), *both, first, replace(first, reason="二", digest="y"))
    assert [one.digest for one in poll.papers.decided] == ["y"]
    assert blocked(poll) == []


def test_a_batch_entered_anew_has_its_doubts_decided_anew() -> None:
    both = (entered(1, 1, "a", WANG, doubtful=1), entered(1, 2, "a", LI, doubtful=1))
    decided = DoubtfulMarkDecided(batch=1, item="5", reason="一", digest="x")
    poll = mixed(PapersReturned(batches=(60,)), *both, decided, entered(1, 1, "b", WANG, doubtful=1))
    assert poll.papers.decided == ()


def test_decided_doubts_count_as_what_the_chief_saw() -> None:
    known = changed(entry(60, 50), "1", marks=(0, 50, 7, 0), doubtful=3)
    decided = {("1", 1): "for", ("1", 2): "", ("1", 3): "?"}
    columns = columns_of_entry(known, prepared().profile, FORM, decided)
    assert isinstance(columns, VoteColumns)
    first = columns.items[0]
    assert (first.votes_for, first.against, first.abstain, first.void) == (51, 7, 1, 1)
    assert first.total == columns.returned == 60


def test_rule_3_papers_with_too_many_ticks_are_void_and_stay_in_r() -> None:
    columns = columns_of_entry(entry(60, 50, void=2), prepared().profile, FORM)
    assert isinstance(columns, VoteColumns)
    assert (columns.returned, columns.void_ballots) == (60, 2)
    assert {(item.void, item.total) for item in columns.items} == {(2, 60)}


def test_an_entry_comes_back_as_it_was_written() -> None:
    known = entry(60, 50, void=2, doubtful=1, blank=3)
    assert read_entry(written_entry(known)) == known


def test_rule_5_keypads_have_a_column_for_not_pressed() -> None:
    """2639 / 160 / 57 and 16 not pressed are the 2872 present."""
    items = tuple(ItemCount(id=item.id, marks=(16, 2639, 160, 57)) for item in FORM.items)
    totals = Entry(papers=2872, items=items)
    fact = KeypadTotalsEntered(team=1, entrant=WANG, returned=0, digest="a")
    assert enter_keypad(keypads(), totals, FORM, fact).returned == 2872
    rules = replace(prepared().profile, blank_item=BlankItem.NOT_PRESSED)
    columns = columns_of_entry(totals, rules, FORM)
    assert isinstance(columns, VoteColumns)
    first = columns.items[0]
    assert (first.votes_for, first.against, first.abstain, first.not_pressed) == (2639, 160, 57, 16)
    short = replace(totals, items=(replace(items[0], marks=(0, 2639, 160, 57)), *items[1:]))
    with pytest.raises(EntryDoesNotAddUp) as refusal:
        enter_keypad(keypads(), short, FORM, fact)
    assert refusal.value.short == {"1": 16}


def test_rule_5_keypad_totals_are_entered_by_two_people() -> None:
    one = KeypadTotalsEntered(team=1, entrant=WANG, returned=2872, digest="a")
    other = replace(one, team=2, entrant=LI)
    assert blocked(keypads()) == [KeypadNotEntered]
    assert blocked(keypads(one)) == [KeypadNotEntered]
    assert blocked(keypads(one, replace(other, digest="b"))) == [KeypadDiffers]
    assert blocked(keypads(one, other)) == []
    with pytest.raises(EnteredForOtherTeam):
        enter_keypad(keypads(one), entry(2872, 2000), FORM, replace(other, entrant=WANG))


def test_everything_that_is_missing_is_named_at_once() -> None:
    assert blocked(mixed()) == [PapersNotTakenOut]
    cut = mixed(PapersReturned(batches=(30, 30)), entered(1, 1, "a", WANG), sealing=Sealing.SEALED)
    assert blocked(cut) == [BatchesNotEntered, BatchesNotEntered, BoxNotOpened]
    team_1, team_2 = obstacles_to_count(cut, {})[:2]
    assert isinstance(team_1, BatchesNotEntered)
    assert isinstance(team_2, BatchesNotEntered)
    assert (team_1.batches, team_2.batches) == ((2,), (1, 2))


def test_rule_15_what_differs_stops_the_count_by_batch_and_item() -> None:
    poll = mixed(PapersReturned(batches=(60,)), entered(1, 1, "a", WANG), entered(1, 2, "b", LI))
    (differs,) = obstacles_to_count(poll, {1: Differences(items=("4",))})
    assert isinstance(differs, EntriesDiffer)
    assert (differs.batch, differs.items) == (1, ("4",))
    (unknown,) = obstacles_to_count(poll, {})
    assert isinstance(unknown, EntriesDiffer)
    assert len(unknown.items) == 12


def test_an_undecided_incident_or_a_repetition_stops_the_count() -> None:
    reported = IncidentReported(number=1, kind=IncidentKind.UNUSED_CARD_HAS_BALLOT)
    repeat = IncidentDecided(number=1, decision=IncidentDecision.REPEAT, reason="复制")
    none = PapersReturned(batches=())
    assert blocked(mixed(none, reported)) == [IncidentsUndecided]
    assert blocked(mixed(none, reported, repeat)) == [PollToBeRepeated]
    proceed = replace(repeat, decision=IncidentDecision.PROCEED)
    assert blocked(mixed(none, reported, proceed)) == []


def test_a_sealed_box_is_opened_twice_and_both_agree() -> None:
    one = BoxOpened(opened_on=OpenedOn.BROWSER, root=ROOT, ballots=250, holders=(LI, WANG), digest="a")
    other = replace(one, opened_on=OpenedOn.OFFLINE)
    none = PapersReturned(batches=())
    assert blocked(mixed(none, one, sealing=Sealing.SEALED)) == [BoxNotOpened]
    assert blocked(mixed(none, one, replace(other, digest="b"), sealing=Sealing.SEALED)) == [OpeningsDiffer]
    assert blocked(mixed(none, one, other, sealing=Sealing.SEALED)) == []


def test_rule_2_more_returned_than_issued_needs_no_figure_to_be_void() -> None:
    poll = mixed(PapersReturned(batches=(65,)))
    assert blocked(poll) == []


def test_rule_11_a_figure_changed_after_signing_voids_the_signatures() -> None:
    facts = (*until_signed(), entered(1, 1, "a", WANG))
    poll = folded(*facts)
    assert poll.stage is PollStage.CLOSED
    assert poll.signatures == ()
    assert poll.counted is not None


def test_rule_11_no_signature_before_the_new_count() -> None:
    signed = until_signed()
    with pytest.raises(PollInWrongStage):
        _sign(folded(*signed, entered(1, 1, "a", WANG)))


def _sign(poll: Poll) -> None:
    from domain.polls.declaring import sign_count  # noqa: PLC0415  # beside its only use

    assert poll.counted is not None
    mine = signature(poll.chief or LI, poll.counted)
    sign_count(poll, delegate=mine.delegate, name=mine.name, shown_hash=mine.count_hash)


def test_rule_12_figures_of_a_small_part_are_fixed_by_the_count() -> None:
    """Nine papers beside 313 ballots: the difference of two counts would tell what they said."""
    counted = folded(*until_closed(), PapersReturned(batches=(9,)), entered(1, 1, "a", WANG))
    counted = replace(counted, counted=folded(*until_counted()).counted)
    with pytest.raises(FiguresFixed):
        enter_batch(counted, entry(9, 9), FORM, entered(1, 2, "b", LI))
    larger = replace(counted, papers=replace(counted.papers, batches=(10,)))
    assert enter_batch(larger, entry(10, 9), FORM, entered(1, 2, "b", LI)).digest == "b"
