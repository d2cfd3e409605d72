"""The second part of a poll's life as a state machine: unused cards, incidents, two openings of the box, the papers."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from application.polls import after_closing, paper_count
from application.polls.opening_the_box import open_box as open_the_box
from domain.polls.accounting import IncidentDecision, IncidentKind
from domain.polls.ballot import CardHasBallot
from domain.polls.box_opening import OpenedOn
from domain.polls.paper_count import Entry
from domain.polls.poll import PollStage
from domain.polls.raw_columns import RawColumns
from tests.application.polls.poll_life import AFTER_CLOSING, PollUntilClosing, cards
from tests.support import papers, sealing
from tests.support.poll_model import DOUBTED, MARKS, MISCOUNTED, TRUE

found_in_the_boxes = st.sampled_from([(), (1,), (2,), (3,), (2, 2), (2, 1), (9,)])
entries = st.sampled_from([TRUE, TRUE, MISCOUNTED, DOUBTED])
batches = st.integers(1, 2)


class PollUntilCount(PollUntilClosing):
    """From the closing on."""

    @precondition(lambda self: self.comes(*AFTER_CLOSING))
    @rule(card=cards)
    def hand_in(self, card: int) -> None:
        hall, model, code = self.hall, self.model, self.hall.secrets[card]
        expected = model.expected_of_handing_in(card)
        if self.ask(expected, lambda by: after_closing.hand_in_unused(self.office, hall.box, by, hall.poll, code)):
            model.handed_in.add(card)
        if expected is CardHasBallot and card not in model.copies:
            model.copies.add(card)
            model.incidents.append(None)

    @precondition(lambda self: self.comes(*AFTER_CLOSING))
    @rule()
    def report_incident(self) -> None:
        poll, kind = self.hall.poll, IncidentKind.USED_BUT_NOT_VOTED
        if self.ask(
            self.model.expected_of_incident(),
            lambda by: after_closing.report_incident(self.office, by, poll, kind, "代表称没有投过"),
        ):
            self.model.incidents.append(None)

    @precondition(lambda self: self.comes(*AFTER_CLOSING))
    @rule(number=st.integers(1, 3), decision=st.sampled_from(IncidentDecision))
    def decide_incident(self, number: int, decision: IncidentDecision) -> None:
        poll = self.hall.poll
        if self.ask(
            self.model.expected_of_deciding(number),
            lambda by: after_closing.decide_incident(self.office, by, poll, number, decision, "已查明"),
            self.table[0],
        ):
            self.model.incidents[number - 1] = decision

    @precondition(lambda self: self.comes(*AFTER_CLOSING))
    @rule(place=st.sampled_from(OpenedOn), entry=st.sampled_from([TRUE, TRUE, MISCOUNTED]))
    def open_box(self, place: OpenedOn, entry: str = TRUE) -> None:
        hall = self.hall
        columns, entry = self._columns(entry)
        if self.ask(
            self.model.expected_of_opening_the_box(),
            lambda by: open_the_box(
                self.office,
                hall.private,
                by,
                hall.poll,
                opened_on=place,
                columns=columns,
                holders=[entry.delegate for entry in hall.delegates[:2]],
            ),
            self.table[0],
        ):
            self.model.openings[place] = entry

    def _columns(self, entry: str) -> tuple[RawColumns, str]:
        """What an opening gives, or is said to give, and what that amounts to: an empty box cannot be miscounted."""
        hall = self.hall
        if self.key is None or self.model.stage is not PollStage.CLOSED:
            nothing = RawColumns(
                poll=hall.poll, form="", key="", root="", ballots=0, undecodable=0, void_ballots=0, items=()
            )
            return nothing, entry
        columns = sealing.columns_in(hall, self.key)
        blank, votes_for, against, abstain = columns.items[0].marks
        if entry == TRUE or not votes_for + abstain:
            return columns, TRUE
        marks = (blank, votes_for - 1, against + 1, abstain) if votes_for else (blank, 0, against + 1, abstain - 1)
        return replace(columns, items=(replace(columns.items[0], marks=marks), *columns.items[1:])), entry

    @precondition(lambda self: self.comes(*AFTER_CLOSING))
    @rule(sizes=found_in_the_boxes)
    def return_papers(self, sizes: tuple[int, ...]) -> None:
        poll = self.hall.poll
        if self.ask(
            self.model.expected_of_returning(sizes),
            lambda by: paper_count.return_papers(self.office, by, poll, sizes),
        ):
            self.model.batches, self.model.entries, self.model.decided = sizes, {}, {}

    @precondition(lambda self: self.comes(*AFTER_CLOSING))
    @rule(person=st.integers(0, 2), team=st.integers(1, 2), batch=batches, entry=entries)
    def enter(self, person: int, team: int, batch: int, entry: str) -> None:
        hall, model = self.hall, self.model
        sizes = model.batches or ()
        counted = self._entry(sizes[batch - 1] if batch <= len(sizes) else 2, entry)
        if self.ask(
            model.expected_of_entering(person, team, batch),
            lambda by: paper_count.enter_batch(
                self.office, hall.private, by, hall.poll, team=team, batch=batch, entry=counted
            ),
            self.table[person],
        ):
            model.entries[batch, team] = entry
            model.teams[person] = team
            model.decided.pop(batch, None)
            model.count_is_old()

    def _entry(self, size: int, entry: str) -> Entry:
        rows = [MARKS[paper % len(MARKS)] for paper in range(size)]
        second = rows[0][1]
        if entry == TRUE:
            return papers.entry_of(self.hall, rows)
        if entry == MISCOUNTED:
            return papers.entry_of(self.hall, [("against", second), *rows[1:]])
        item = self.hall.form.items[0].id
        return papers.entry_of(self.hall, [("?", second), *rows[1:]], doubtful={item: 1})

    @precondition(lambda self: self.comes(*AFTER_CLOSING))
    @rule(batch=batches, mark=st.sampled_from(["for", "abstain", "", "?"]))
    def decide_mark(self, batch: int, mark: str) -> None:
        hall = self.hall
        if self.ask(
            self.model.expected_of_deciding_a_mark(batch),
            lambda by: paper_count.decide_doubtful(
                self.office,
                hall.private,
                by,
                hall.poll,
                batch=batch,
                item=hall.form.items[0].id,
                number=1,
                mark=mark,
                reason="笔迹清楚",
            ),
            self.table[0],
        ):
            self.model.decided[batch] = mark
            self.model.count_is_old()
