"""The upper level reads, the lower levels write: every page and form of an office below, seen from above."""

import re
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI

from domain.accounts.permissions import Grant, Role
from interfaces.composition import House
from interfaces.web._base.discovery import all_routes
from tests.support import levels, programs, visitors
from tests.support.levels import CITY, EAST, HILLS
from tests.support.programs import every_operation
from tests.support.visitors import Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

OPEN_FROM_ABOVE = (
    *("", "/projects", "/projects/candidates.xlsx", "/sessions", "/asks", "/delegates", "/delegates/roll.xlsx"),
    *("/units", "/profiles", "/proposals", "/calls", "/houses", "/screening", "/deliberation", "/materials"),
    *("/calendar", "/calendar/calendar.ics", "/below", "/below/below.xlsx"),
    *("/inquiries", "/duties", "/duties/duties.xlsx", "/volunteers", "/volunteers/observations", "/visits"),
)
SHUT_FROM_ABOVE = (
    *("/accounts", "/audit", "/accounts/slips", "/projects/import", "/delegates/import", "/look"),
    *("/inquiries/new", "/volunteers/new", "/volunteers/observations/new", "/visits/new"),
)

Somebody = Callable[..., Visitor]


@pytest.fixture
def somebody(house: House, site: FastAPI) -> Somebody:
    """A city with its districts and towns, and people with roles in it: `somebody((Role.STAFF, CITY))`."""
    levels.build(house.history)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)

    def signed_in(*roles: tuple[Role, UUID]) -> Visitor:
        made = visitors.account(house, *(Grant(role=role, congress=congress) for role, congress in roles))
        return visitors.sign_in(house, visitors.visitor(site), made)

    return signed_in


@pytest.mark.parametrize("role", [Role.STAFF, Role.AUDITOR, Role.UPPER_READER, Role.ADMINISTRATOR])
def test_an_office_reads_its_children_and_grandchildren_and_nobody_else(somebody: Somebody, role: Role) -> None:
    city = somebody((role, CITY))
    for slug, name in (("east", "东河区人民代表大会"), ("hills", "丘陵镇人民代表大会")):
        read = city.open(f"/staff/{slug}")
        assert read.status == 200
        assert f"您正在查看下级：{name}，只能阅读。" in read.words
        assert "/staff/city/below" in read.links()
    assert city.open("/staff/elsewhere").status == 404
    district = somebody((role, EAST))
    assert district.open("/staff/hills").status == 200
    assert [district.open(f"/staff/{slug}").status for slug in ("city", "west", "elsewhere")] == [404, 404, 404]
    assert somebody((role, HILLS)).open("/staff/east").status == 404


def test_pages_lists_and_exports_are_read_and_secrets_are_not(somebody: Somebody) -> None:
    city = somebody((Role.STAFF, CITY))
    for page in OPEN_FROM_ABOVE:
        shown = city.open(f"/staff/hills{page}")
        assert shown.status == 200, page
        if shown.headers["content-type"].startswith("text/html"):
            posting = [form.get("action") for form in shown.document.forms if form.get("method") == "post"]
            assert posting == ["/account/sign-out"], page
            offered = [link for link in shown.links() if link.split("?")[0].endswith(("/new", "/import", "/edit"))]
            assert offered == [], page
    for page in SHUT_FROM_ABOVE:
        assert city.open(f"/staff/hills{page}").status in {403, 404}, page
    photo = f"/proposals/{uuid4()}/photos/{uuid4()}"
    assert city.open(f"/staff/hills{photo}").status == 403, "photos show people and homes"
    assert city.open(f"/staff/city{photo}").status == 404
    for area in ("unit", "delegate", "scrutineer"):
        assert city.open(f"/{area}/hills").status == 404, area


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.GOVERNMENT, Role.VENUE, Role.SCRUTINEER])
def test_who_does_not_read_the_upper_office_reads_none_below(somebody: Somebody, role: Role) -> None:
    assert somebody((role, CITY)).open("/staff/hills").status == 404


def test_no_form_of_an_office_below_does_anything_from_above(house: House, somebody: Somebody) -> None:
    city = somebody((Role.STAFF, CITY), (Role.AUDITOR, CITY), (Role.ADMINISTRATOR, CITY))
    token = city.open("/staff/hills").document.xpath("string(//input[@name='csrf']/@value)")
    recorded, forms = house.history.last_position(), list(_forms())
    assert len(forms) > 60
    for path in forms:
        typed = {"csrf": token, "command_key": str(uuid4())}
        assert city.client.post(path, data=typed).status_code == 403, path
    assert house.history.last_position() == recorded
    assert "您是从上级查看丘陵镇人大，只能阅读" in city.client.post(forms[0], data=typed).text


def test_roles_of_ones_own_below_count_beside_reading_from_above(somebody: Somebody) -> None:
    """Who checks in at the township's door and reads the city's office does both, each within its acts."""
    venue = somebody((Role.UPPER_READER, CITY), (Role.VENUE, HILLS))
    assert "您正在查看下级" in venue.open("/staff/hills").words
    token = venue.at.document.xpath("string(//input[@name='csrf']/@value)") if venue.at else ""
    refused = venue.client.post("/staff/hills/units", data={"csrf": token, "command_key": "k", "units": "水务局"})
    assert refused.status_code == 403
    assert "您的账号没有办理这件事的权限" in refused.text


def test_programs_read_from_above_and_change_nothing(house: House, site: FastAPI, somebody: Somebody) -> None:
    somebody((Role.STAFF, HILLS))
    grant = Grant(role=Role.STAFF, congress=CITY)
    office = programs.program(house, site, grant)
    assert office.get("/congresses/hills").json()["name"] == "丘陵镇人民代表大会"
    assert office.get("/congresses/hills/units").status_code == 200
    assert [one["slug"] for one in office.get("/congresses").json()["items"]] == [
        *("city", "east", "west", "hills", "lake", "street")
    ]
    assert office.get("/congresses/elsewhere/units").status_code == 404
    offices = cycle([programs.program(house, site, grant) for _ in range(3)])  # one token may not call them all at once
    recorded = house.history.last_position()
    for called in every_operation():
        if called.changes and called.path.startswith("/congresses/qc"):
            nothing: dict[str, Any] = {"files": {"nothing": b""}} if called.route.takes_form else {"json": {}}
            path = called.path.replace("/qc", "/hills", 1)
            answer = next(offices).send(called.method, path, if_match="*", **nothing)
            assert answer.status_code in {403, 404}, (called.method, path, answer.json())
    assert house.history.last_position() == recorded
    alone = programs.program(house, site, grant, congress=CITY)
    assert alone.get("/congresses/hills/units").status_code == 404


def _forms() -> Iterator[str]:
    for route in all_routes():
        path = str(getattr(route, "path", ""))
        if "POST" in getattr(route, "methods", ()) and path.startswith("/staff/{slug}/"):
            yield re.sub(r"\{(\w+)(?::\w+)?\}", _place, path)


def _place(place: re.Match[str]) -> str:
    numbers = {"number", "batch", "team", "year", "first_year", "last_year"}
    return {"slug": "hills"}.get(place[1], "1" if place[1] in numbers else str(uuid4()))
