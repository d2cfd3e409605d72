"""Scans as one of the two entries: read in memory, completed by a person, checked against people."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from application.polls.after_closing import decide_incident, report_incident
from application.polls.preparing import cancel_poll
from application.private.workings import parts_of, picture_of
from domain.accounts.permissions import Actor
from domain.polls.accounting import IncidentDecision, IncidentKind
from domain.polls.ballot_form import Row
from domain.shared import Refused
from interfaces.composition import House
from interfaces.documents.ballot_paper import ballot_papers
from interfaces.paper.layout import layout_of
from interfaces.scanning.scan import ScanningNotInstalled
from tests.interfaces.web.polls.conftest import settled, url_of
from tests.support import pens
from tests.support.papers import enter, entry_of, mixed_hall, returned
from tests.support.polls import Hall
from tests.support.stores import by
from tests.support.visitors import Visitor
from tests.support.voters import row

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def hall(house: House) -> Hall:
    """Closed: 18 cards, 12 papers handed out and returned."""
    made = mixed_hall(house.office, house.box, house.private)
    made.close()
    returned(made, 12)
    settled(house)
    return made


def picture(hall: Hall, marks: Row, *, faint: bool = False) -> bytes:
    """One paper of the poll, filled in and scanned; `faint`: the first mark is hardly there."""
    (page,) = pens.rendered(ballot_papers(hall.poll, hall.state.prepared, 1, colour="白色"))
    chance = np.random.default_rng(5)
    for place, line in enumerate(layout_of(hall.form).pages[0].rows):
        area = next(box.area for box in line.boxes if box.mark == marks[place])
        if faint and place == 0:
            pens.stroke(page, [(0.3, 0.5), (0.55, 0.5)], area, pens.SCALE, 170, 0.35)
        else:
            pens.fill(page, area, pens.SCALE, chance)
    return cv2.imencode(".png", page)[1].tobytes()


def uploaded(*pictures: bytes) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("files", (f"IMG_{number}.png", one, "image/png")) for number, one in enumerate(pictures)]


def test_a_scan_fills_the_form_that_a_person_completes(hall: Hall, staff: Visitor) -> None:
    staff.open(f"{url_of(hall)}/papers/1/1/scan")
    page = staff.send(files=uploaded(picture(hall, row(hall, 1, 2)), picture(hall, row(hall, 1)), b"no picture"))
    assert "扫描读出2张，本批12张" in page.words
    assert "IMG_2.png 第1页：读不出图像" in page.words
    assert page.document.xpath("//input[@name='r1.1']/@value") == ["2"]
    assert page.document.xpath("//input[@name='r2.1']/@value") == ["1"]
    by_hand = {f"r{item}.1": "12" for item in range(1, 7)} | {f"r{item}.2": "" for item in range(1, 7)}
    assert staff.send(**by_hand).said == "已录入。"
    assert "扫描录入" in staff.open(f"{url_of(hall)}/papers").words


def test_what_the_machine_doubts_is_decided_by_the_chief_with_the_picture(
    hall: Hall, staff: Visitor, signs_in: Callable[[Actor], Visitor]
) -> None:
    staff.open(f"{url_of(hall)}/papers/1/1/scan")
    page = staff.send(files=uploaded(picture(hall, row(hall, 1), faint=True)))
    assert page.document.xpath("//input[@name='r1.d']/@value") == ["1"]
    rest = {"r1.1": "11"} | {f"r{item}.2": "12" for item in range(2, 7)}
    assert staff.send(**rest).said == "已录入。"
    enter(hall, 2, entry_of(hall, [row(hall, 1)] * 11 + [("?", *row(hall)[1:])], doubtful={"1": 1}))
    chief = signs_in(hall.chief)
    page = chief.open(f"/scrutineer/jz/polls/{hall.poll}/papers/doubtful")
    (source,) = page.document.xpath("//img[@class='doubt-picture']/@src")
    assert chief.open(source).content.startswith(b"\xff\xd8")
    assert staff.open(source).status == 403
    assert not staff.open(f"{url_of(hall)}/papers/doubtful").document.xpath("//img")


def test_nothing_is_counted_by_machine_alone(hall: Hall, staff: Visitor) -> None:
    enter(hall, 2, entry_of(hall, [row(hall, 1)] * 12), scanned=True)
    assert staff.open(f"{url_of(hall)}/papers/1/1/scan").status == 409
    staff.open(f"{url_of(hall)}/papers/1/1")
    page = staff.send(scanned="yes", **{f"r{item}.1": "12" for item in range(1, 7)})
    assert page.status == 409
    assert "另一组已经是扫描录入" in page.words


def test_no_page_of_a_scan_is_kept_and_pictures_go_with_the_figures(hall: Hall, staff: Visitor, house: House) -> None:
    staff.open(f"{url_of(hall)}/papers/1/1/scan")
    scan = picture(hall, row(hall, 1), faint=True)
    staff.send(files=uploaded(scan))
    kept = picture_of(house.private, hall.poll, 1, "1", 1)
    assert kept is not None
    assert len(kept) < len(scan) / 4
    assert not parts_of(house.private, hall.poll)
    house.sweep()
    assert picture_of(house.private, hall.poll, 1, "1", 1) is not None


def test_a_scan_that_comes_after_the_poll_has_ended_is_refused_and_leaves_no_picture(
    hall: Hall, staff: Visitor, house: House
) -> None:
    staff.open(f"{url_of(hall)}/papers/1/1/scan")
    report_incident(house.office, by(hall.clerk), hall.poll, IncidentKind.OTHER, "票箱的封条破了")
    decide_incident(house.office, by(hall.chief), hall.poll, 1, IncidentDecision.REPEAT, "查不明")
    cancel_poll(house.office, by(hall.clerk), hall.poll, "重新表决")
    page = staff.send(files=uploaded(picture(hall, row(hall, 1), faint=True)))
    assert page.status == 409
    assert picture_of(house.private, hall.poll, 1, "1", 1) is None


def test_a_scan_without_a_file_is_asked_for_again(hall: Hall, staff: Visitor) -> None:
    staff.open(f"{url_of(hall)}/papers/1/1/scan")
    page = staff.send()
    assert page.status == 422
    assert "请选择文件。" in page.words


def test_without_the_extra_the_page_says_what_to_install(
    hall: Hall, staff: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Refused:
        raise ScanningNotInstalled

    monkeypatch.setattr("interfaces.scanning.scan._load", missing)
    page = staff.open(f"{url_of(hall)}/papers/1/1/scan")
    assert page.status == 200
    assert "omr" in page.words
    assert not page.document.xpath("//input[@type='file']")
