"""Papers, unused cards and incidents, by program."""

import pytest
from fastapi import FastAPI

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.interfaces.api.test_polls_by_program import at_the_table, hall, root, staff
from tests.support.polls import Hall
from tests.support.programs import Program, Programs
from tests.support.voters import cast_all

__all__ = ["hall", "staff"]

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def closed(hall: Hall, house: House) -> None:
    """Twelve cards were drawn, ten ballots lie in the box."""
    hall.release()
    hall.seat()
    hall.open()
    cast_all(hall, but=2)
    hall.close()
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def test_a_paper_is_handed_out_instead_of_a_card_and_comes_back(hall: Hall, program: Programs) -> None:
    hall.release()
    venue = program(Role.VENUE, hall.congress)
    who = f"/congresses/jz/sessions/{hall.session}/attendees/{hall.delegates[0].delegate}"
    poll = {"poll": str(hall.poll)}
    assert venue.post(f"{who}/issue-paper", poll).json()["refused"] == "NotCheckedIn"
    venue.post(f"{who}/check-in")
    given = venue.post(f"{who}/issue-paper", poll).json()
    assert (given["cards"], given["papers"]) == ([], [str(hall.poll)])
    assert venue.post(f"{who}/draw", poll).json()["refused"] == "HoldsPaper"
    assert venue.post(f"{who}/issue-paper", poll).json()["refused"] == "PaperAlreadyIssued"
    assert venue.post(f"{who}/undo-paper", poll).json()["papers"] == []


def test_papers_are_printed_and_spoiled_ones_replaced(hall: Hall, staff: Program) -> None:
    printed = staff.post(f"{root(hall)}/print-papers", {"papers": 2})
    assert (printed.status_code, printed.content[:4]) == (200, b"%PDF")
    assert staff.post(f"{root(hall)}/replace-paper").status_code == 200
    assert (hall.state.papers.printed, hall.state.papers.replaced) == (2, 1)


def test_unused_cards_are_counted_and_a_copy_waits_for_the_chief(
    house: House, site: FastAPI, hall: Hall, staff: Program
) -> None:
    assert staff.get(f"{root(hall)}/account").json()["refused"] == "PollInWrongStage"
    closed(hall, house)
    counted = staff.post(f"{root(hall)}/hand-in", {"code": hall.cards[10]}).json()
    assert (counted["cards"], counted["in_the_box"], counted["handed_in"], counted["cards_missing"]) == (12, 10, 1, 1)
    assert staff.post(f"{root(hall)}/hand-in", {"code": hall.cards[10]}).json()["refused"] == "CardCountedAlready"
    assert staff.post(f"{root(hall)}/hand-in", {"code": hall.cards[0]}).json()["refused"] == "CardHasBallot"
    assert staff.post(f"{root(hall)}/count").json()["refused"] == "IncidentsUndecided"
    told = {"decision": "proceed", "reason": "代表想起自己已经投过"}
    assert staff.post(f"{root(hall)}/incidents/1/decide", told).status_code == 403
    chief = at_the_table(house, site, hall.chief)
    assert chief.post(f"{root(hall)}/incidents/1/decide", told).status_code == 200
    (incident,) = staff.get(f"{root(hall)}/account").json()["incidents"]
    assert (incident["kind"], incident["decision"]) == ("unused_card_has_ballot", "proceed")


def test_no_key_of_a_command_holds_what_was_scanned(house: House, hall: Hall, staff: Program) -> None:
    closed(hall, house)
    staff.post(f"{root(hall)}/hand-in", {"code": hall.cards[11]}, key="one")
    again = staff.post(f"{root(hall)}/hand-in", {"code": hall.cards[11]}, key="one")
    assert again.status_code == 200
    assert hall.state.cards.handed_in == 1


def test_an_incident_is_reported_while_voting_goes_on(hall: Hall, staff: Program) -> None:
    hall.release()
    hall.seat()
    hall.open()
    told = {"kind": "used_but_not_voted", "note": "三号席代表"}
    assert staff.post(f"{root(hall)}/incidents", told).status_code == 201
    assert [one.note for one in hall.state.cards.undecided] == ["三号席代表"]


def test_the_code_of_the_hall_wall_is_there(hall: Hall, staff: Program) -> None:
    poster = staff.get(f"/congresses/jz/sessions/{hall.session}/hall-poster.pdf")
    assert poster.content.startswith(b"%PDF")
