"""The sealed box by program: what is known of it, its second opening, its end, and whom it is handed to."""

import json

import pytest
from fastapi import FastAPI

from domain.accounts.permissions import Role
from domain.polls.box_file import read_box, require_whole
from domain.polls.box_opening import OpenedOn
from domain.polls.card import card_id
from domain.polls.poll import PollStage, Sealing
from domain.polls.raw_columns import raw_text
from interfaces.composition import House
from tests.support import polls, programs
from tests.support.polls import Hall
from tests.support.programs import Program, Programs
from tests.support.sealing import MadeKey, columns_in, guarded, record_opening, sealed

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def hall(house: House) -> Hall:
    made = polls.prepared(house.office, house.box, sealing=Sealing.SEALED)
    made.private = house.private
    return made


@pytest.fixture
def key(hall: Hall) -> MadeKey:
    """A key that was tried; everybody voted and the box is closed."""
    made = guarded(hall)
    hall.release()
    hall.seat()
    hall.open()
    for card in hall.cards:
        hall.box.cast(hall.poll, card_id(card), sealed(("for",) * len(hall.form.items), hall, made))
    hall.close()
    return made


@pytest.fixture
def chief(house: House, site: FastAPI, hall: Hall, key: MadeKey) -> Program:
    assert key.fingerprint
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return programs.program(house, site, account=hall.chief.account)


def root(hall: Hall) -> str:
    return f"/congresses/jz/polls/{hall.poll}"


def holders(hall: Hall, number: int) -> list[str]:
    return [str(entry.delegate) for entry in hall.delegates[:number]]


def test_the_box_is_opened_a_second_time_by_program(chief: Program, hall: Hall, key: MadeKey) -> None:
    told = chief.get(f"{root(hall)}/sealing").json()
    assert (told["fingerprint"], told["threshold"], told["tried"]) == (key.fingerprint, 2, True)
    handed = chief.get(f"{root(hall)}/box.json")
    box = read_box(handed.text)
    require_whole(box)
    assert not any(card_id(card) in handed.text for card in hall.cards)
    columns = columns_in(hall, key)
    record_opening(hall, columns, OpenedOn.BROWSER)
    body = {"columns": raw_text(columns), "holders": holders(hall, 1)}
    few = chief.post(f"{root(hall)}/opened-offline", body)
    assert (few.status_code, few.json()["refused"]) == (409, "TooFewShares")
    agreed = chief.post(f"{root(hall)}/opened-offline", {**body, "holders": holders(hall, 2)}).json()
    assert agreed["agrees"] is True
    assert agreed["openings"]["offline"]["ballots"] == len(hall.cards)
    assert '"marks"' not in json.dumps(agreed)


def test_the_box_is_handed_to_its_scrutineers_only(hall: Hall, chief: Program, program: Programs) -> None:
    for role in (Role.STAFF, Role.AUDITOR, Role.ADMINISTRATOR):
        outsider = program(role, None if role is Role.ADMINISTRATOR else hall.congress)
        assert outsider.get(f"{root(hall)}/box.json").status_code == 403
        assert outsider.post(f"{root(hall)}/cannot-open", {"brought": 0, "reason": "x"}).status_code == 403
    assert chief.get(f"{root(hall)}/box.json").status_code == 200


def test_a_box_nobody_can_open_ends_and_its_bytes_go(chief: Program, hall: Hall) -> None:
    early = chief.post(f"{root(hall)}/delete-sealed", {"destroyed": holders(hall, 3)})
    assert (early.status_code, early.json()["refused"]) == (409, "PollInWrongStage")
    ended = chief.post(f"{root(hall)}/cannot-open", {"brought": 1, "reason": "两份份额遗失"})
    assert ended.status_code == 200
    assert hall.state.stage is PollStage.CANCELLED
    some = chief.post(f"{root(hall)}/delete-sealed", {"destroyed": holders(hall, 2)})
    assert (some.status_code, some.json()["errors"][0]["field"]) == (422, "destroyed")
    gone = chief.post(f"{root(hall)}/delete-sealed", {"destroyed": holders(hall, 3)}).json()
    assert gone["deleted"] is True
    assert hall.box.ballots(hall.poll) == []
    assert len(hall.box.receipts(hall.poll)) == len(hall.cards)
