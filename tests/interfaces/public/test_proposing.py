"""A resident's way: the form, the slip with the code, the proposal's fate, support; and what keeps scripts slow."""

import io
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from itertools import count
from uuid import UUID

import pytest
from fastapi import FastAPI
from PIL import Image
from starlette.requests import Request
from starlette.testclient import TestClient

from application.private.contacts import Contact, contact_of
from application.private.files import file_at
from application.private.turns import TooOften
from application.proposals import handling
from domain.projects.origins import ProposalTakenUp
from domain.proposals.call import Channel
from domain.proposals.house import house_code
from domain.proposals.proposal import (
    DeclineReason,
    Proposal,
    ProposalBecameCandidate,
    ProposalForm,
    ProposalShown,
    tracking_code,
)
from domain.shared import project_code
from interfaces.composition import House
from interfaces.public import flood
from interfaces.public.flood import SealedForm
from projections.congress_directory import congresses_named
from projections.proposal_register import proposal_by_code
from tests.support import proposals, visitors, year
from tests.support.proposals import Calling
from tests.support.stores import Clock, by
from tests.support.visitors import Page, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

LIGHTS = {"title": "给北街小学门口装红绿灯", "content": "路口车多，孩子过马路不安全，请装红绿灯。"}


@pytest.fixture
def place(house: House) -> Calling:
    made = proposals.calling(house.office)
    house.followers.wait_for(house.history.last_position())
    return made


@pytest.fixture
def root(house: House, place: Calling) -> str:
    with house.reading.connect() as conn:
        return f"/{congresses_named(conn, {place.congress})[0].slug}/{place.year}"


def code_in(page: Page) -> str:
    assert page.status == 200, page.errors or page.words
    assert page.path.endswith("/sent"), page.errors or page.words
    return page.path.split("/")[2]


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "#345").save(out, "JPEG")
    return out.getvalue()


def proposal_of(house: House, place: Calling, code: str) -> tuple[UUID, Proposal]:
    with house.reading.connect() as conn:
        row = proposal_by_code(conn, code)
    assert row is not None
    return row.proposal, place.proposal(row.proposal)


def written(visitor: Visitor, clock: Clock, root: str, **typed: object) -> Page:
    """Opens the form, takes half a minute over it and sends it."""
    visitor.open(f"{root}/propose")
    clock.now += timedelta(seconds=30)
    return visitor.send(**{**LIGHTS, **typed})


def shown(house: House, place: Calling, proposal: UUID) -> None:
    position = handling.show(house.office, by(place.clerk), proposal, LIGHTS["title"], LIGHTS["content"])
    house.followers.wait_for(position)


def test_a_resident_proposes_with_photos_and_contact_data_that_are_nowhere_in_the_facts(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock
) -> None:
    page = visitor.open(f"{root}/propose?via=qr")
    assert len(page.content) < 30 * 1024
    clock.now += timedelta(seconds=40)
    wrong = visitor.send(
        title=f"{LIGHTS['title']}\0",
        content="请打 13812345678",
        phone="139 1234 5678",
        name="王敏",
        files=[("photos", ("一.jpg", picture())), ("photos", ("坏.jpg", b"<html>"))],
    )
    assert wrong.status == 422
    assert {said.partition("：")[0] for said in wrong.errors} == {"照片", "具体内容和理由"}
    assert "保留已上传的 一.jpg" in wrong.words
    code = code_in(visitor.send(content=LIGHTS["content"]))
    _, known = proposal_of(house, place, code)
    assert (known.received.channel, known.received.form) == (Channel.QR, ProposalForm.PERSON)
    assert known.contact is not None
    assert contact_of(house.private, known.contact) == Contact(name="王敏", phone="139 1234 5678")
    assert [one.name for one in known.received.photos] == ["一.jpg"]
    assert file_at(house.private, known.received.photos[0].file) is not None
    assert "王敏" not in repr(known.received)


def test_a_unit_is_asked_for_its_name_and_telephone_and_a_house_is_remembered(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock
) -> None:
    visitor.open(f"{root}/propose?house={house_code(place.house)}&form=unit")
    clock.now += timedelta(seconds=40)
    refused = visitor.send(**LIGHTS)
    assert {said.partition("：")[0] for said in refused.errors} == {"单位名称", "电话"}
    code = code_in(visitor.send(unit_name="北街社区", phone="0471-6543210", estimated_funds="12.5"))
    _, known = proposal_of(house, place, code)
    assert (known.received.unit_name, known.received.house) == ("北街社区", place.house)
    assert known.received.channel is Channel.HOUSE
    assert known.suggestion.estimated_funds == 125_000


def test_the_same_form_sent_twice_is_one_proposal_and_the_same_words_are_not_taken_again(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock, site: FastAPI
) -> None:
    visitor.open(f"{root}/propose")
    at = visitor.at
    clock.now += timedelta(seconds=30)
    first = code_in(visitor.send(**LIGHTS))
    visitor.at = at
    assert code_in(visitor.send(**LIGHTS)) == first
    again = written(visitors.visitor(site), clock, root, title=f" {LIGHTS['title']}！")
    assert again.status == 409
    assert "不必重复提交" in again.errors[0]
    assert LIGHTS["content"] in again.text


def test_pressing_twice_before_the_lists_show_the_first_is_still_one_proposal(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.open(f"{root}/propose")
    at = visitor.at
    clock.now += timedelta(seconds=30)
    first = code_in(visitor.send(**LIGHTS))
    recorded = house.history.last_position()
    monkeypatch.setattr("interfaces.public.proposing.routes._is_received", lambda *_: False)
    visitor.at = at
    assert code_in(visitor.send(**LIGHTS)) == first
    assert house.history.last_position() == recorded


def test_who_goes_back_and_writes_another_proposal_into_the_same_form_does_not_lose_it(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock
) -> None:
    visitor.open(f"{root}/propose")
    at = visitor.at
    clock.now += timedelta(seconds=30)
    first = code_in(visitor.send(**LIGHTS))
    visitor.at = at
    another = {"title": "公园里\u202e加\x07装长椅", "content": "老人走累了没有地方坐。"}
    page = visitor.send(**another)
    assert (page.status, first[:4] in page.errors[0]) == (409, True)
    clock.now += timedelta(seconds=5)
    second = code_in(visitor.send())
    assert second != first
    _, known = proposal_of(house, place, second)
    assert known.suggestion.title == "公园里加装长椅"  # without what no key writes


def test_addresses_and_forms_no_page_makes_are_answered_plainly(
    visitor: Visitor, house: House, place: Calling, root: str
) -> None:
    slug = root.split("/")[1]
    for path in ("99999999999999999999/proposals", "99999999999999999999/call", "1999/proposals", "%00/propose"):
        assert visitor.open(f"/{slug}/{path}").status == 404, path
    assert visitor.open(f"{root}/proposals?words=%00").status == 404
    fields = dict(visitor.open(f"{root}/propose").document.forms[-1].form_values())
    body = f'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{fields["csrf"]}\r\n--b--\r\n'
    assert visitor.client.post(f"/{slug}/2050/propose", data={**fields, **LIGHTS}).status_code == 404
    for charset in ("punycode", "undefined", "unicode_escape"):
        head = {"content-type": f"multipart/form-data; boundary=b; charset={charset}"}
        assert visitor.client.post(f"{root}/propose", content=body, headers=head).status_code == 403, charset


def test_who_writes_much_the_same_is_offered_to_support_and_not_held_up(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock, site: FastAPI
) -> None:
    proposal, _ = proposal_of(house, place, code_in(written(visitor, clock, root)))
    shown(house, place, proposal)
    neighbour = visitors.visitor(site)
    page = written(neighbour, clock, root, title="北街小学门口要装红绿灯")
    assert page.status == 200
    assert "已经有人提过相近的建议" in page.words
    assert any(f"{root}/proposals/" in link for link in page.links())
    code_in(neighbour.send())


def test_the_code_leads_through_mergers_and_refusals_with_their_reasons(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock
) -> None:
    code = code_in(written(visitor, clock, root))
    proposal, _ = proposal_of(house, place, code)
    assert "正在办理" in visitor.open(f"/t/{code.lower()[:4]}-{code[4:]}").words
    target = place.received("全市学校门口交通安全")
    handling.merge(house.office, by(place.clerk), [proposal], target)
    clock.now += timedelta(days=1)
    position = handling.decline(
        house.office, by(place.clerk), [target], DeclineReason.ALREADY_PLANNED, "交警部门已列入今年计划。"
    )
    house.followers.wait_for(position)
    page = visitor.open(f"/t/{code}")
    assert "与同类建议合并办理" in page.words
    assert "没有采纳：已有计划安排。" in page.words
    assert "交警部门已列入今年计划。" in page.words
    assert "全市学校门口交通安全" not in page.words  # somebody else's words, which the office does not show
    assert visitor.open("/t/0000000000A").status == 404


def test_contact_data_go_for_whoever_gives_the_number_and_guesses_are_few(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock
) -> None:
    code = code_in(written(visitor, clock, root, phone="13912345678"))
    _, known = proposal_of(house, place, code)
    assert known.contact is not None
    visitor.open(f"/t/{code}")
    for guess in range(5):
        assert visitor.send(f"/t/{code}/forget", phone=f"1390000000{guess}").status == 422
    page = visitor.send(f"/t/{code}/forget", phone="13912345678")
    assert page.status == 429
    assert int(page.headers["retry-after"]) > 60
    clock.now += timedelta(minutes=6)
    page = visitor.send(f"/t/{code}/forget", phone="+86 139-1234-5678")
    assert page.said == "联系方式已经删除。"
    assert contact_of(house.private, known.contact) is None
    assert place.proposal(proposal_of(house, place, code)[0]).contact is None


def test_contact_data_are_swept_away_after_the_retention_and_the_proposal_says_so(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock
) -> None:
    code = code_in(written(visitor, clock, root, phone="13912345678"))
    proposal, known = proposal_of(house, place, code)
    assert known.contact is not None
    clock.now += timedelta(days=house.settings.contact_days - 1)
    house.sweep()
    assert contact_of(house.private, known.contact) is not None
    clock.now += timedelta(days=2)
    house.sweep()
    assert contact_of(house.private, known.contact) is None
    assert place.proposal(proposal).contact is None


def test_what_the_office_shows_is_supported_once_a_device_under_a_name_that_is_not_the_code(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock, site: FastAPI
) -> None:
    code = code_in(written(visitor, clock, root))
    proposal, _ = proposal_of(house, place, code)
    assert "还没有公开的建议" in visitor.open(f"{root}/proposals").words
    shown(house, place, proposal)
    page = visitor.open(f"{root}/proposals?words=红绿灯")
    assert "您已附议" in page.words  # whoever proposed has spoken
    assert code not in page.text
    assert str(proposal) not in page.text
    neighbour = visitors.visitor(site)
    page = neighbour.open(f"{root}/proposals")
    action = next(form for form in page.forms() if form and form.endswith("/support"))
    page = neighbour.send(action)
    assert page.said == "附议已经计入，谢谢。"
    assert "1 条建议 · 1 人附议" in page.words
    assert neighbour.client.post(action, data={"csrf": "x"}).status_code == 403
    again = visitors.visitor(site)
    again.client.cookies.update(neighbour.client.cookies)
    again.at = visitors.visitor(site).open(f"{root}/proposals")
    house.followers.wait_for(house.history.last_position())
    assert "1 人附议" in again.open(f"{root}/proposals").words
    assert "没有找到这样的建议" in again.open(f"{root}/proposals?words=路灯").words
    late = visitors.visitor(site)
    late.open(f"{root}/proposals")
    position = handling.decline(
        house.office, by(place.clerk), [proposal], DeclineReason.ALREADY_PLANNED, "已列入计划。"
    )
    house.followers.wait_for(position)
    assert late.send(action).said == "这条建议已经办结，不再计附议。"


def test_outside_the_window_the_page_says_when_and_where_else(
    visitor: Visitor, place: Calling, root: str, clock: Clock
) -> None:
    clock.now += timedelta(days=20)
    page = visitor.open(f"{root}/propose")
    assert "征集已于" in page.words
    assert not [form for form in page.forms() if form and "propose" in form]


def worked(form: SealedForm) -> str:
    """What a browser's script finds."""
    return next(str(n) for n in count() if flood.is_work_done(form, str(n)))


def test_a_hundred_people_behind_one_address_pass_in_ten_minutes_and_a_script_of_ten_a_second_is_slowed(
    site: FastAPI, house: House, place: Calling, root: str, clock: Clock
) -> None:
    client = TestClient(site, base_url=house.settings.public_url, client=("203.0.113.7", 1))
    person = Visitor(client)
    form = person.open(f"{root}/propose")
    fields = dict(form.document.forms[-1].form_values())

    def sends(number: int) -> int:
        """Sends a form of its own that was given out half a minute ago."""
        sealed = form_of(house, place, clock).text
        data = {**fields, **LIGHTS, "title": f"{number} 号楼加装电梯", "content": f"第 {number} 件", "seen": "yes"}
        answer = client.post(f"{root}/propose", data={**data, "sealed": sealed}, follow_redirects=False)
        return answer.status_code

    for number in range(100):
        clock.now += timedelta(seconds=6)
        assert sends(number) == 303, f"person {number} was held up"
    answers = []
    for number in range(100, 350):  # ten a second
        clock.now += timedelta(seconds=0.1)
        answers.append(sends(number))
    assert set(answers) == {303, 429}
    assert answers.count(303) <= 135
    assert answers[-100:].count(303) <= 5


def form_of(house: House, place: Calling, clock: Clock) -> SealedForm:
    """A form that was opened half a minute before."""
    now = clock.now
    clock.now = now - timedelta(seconds=30)
    form = flood.give_out(house, f"propose/{place.congress}/{place.year}")
    clock.now = now
    return form


def test_a_browser_that_did_the_arithmetic_is_let_through_twice_as_often(
    house: House, place: Calling, clock: Clock
) -> None:
    form = form_of(house, place, clock)
    found = worked(form)
    assert sha256(f"{form.text}:{found}".encode()).hexdigest().startswith("0000")
    assert not flood.is_work_done(form_of(house, place, clock), found)
    request = Request({"type": "http", "client": ("2001:db8::1:2:3:4", 1), "headers": []})
    passed = {}
    for is_done in (False, True):
        clock.now += timedelta(hours=1)
        with suppress(TooOften):
            for passed[is_done] in count():
                flood.require_turn(house, request, place.congress, worked=is_done)
    assert passed == {False: 120, True: 240}


def test_forms_that_are_forged_too_fast_or_too_old_come_back_with_everything_in_them(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock
) -> None:
    visitor.open(f"{root}/propose")
    fast = visitor.send(**LIGHTS)
    assert (fast.status, fast.errors) == (422, ["提交得太快了。请再看一遍填写的内容，然后按提交。"])
    forged = visitor.send(sealed="1.2.3")
    assert forged.status == 422
    assert LIGHTS["content"] in forged.text
    clock.now += timedelta(hours=13)
    assert visitor.send().status == 422
    clock.now += timedelta(seconds=5)
    code_in(visitor.send())


def test_programs_read_what_is_shown_and_a_way_by_its_code_without_a_token(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock
) -> None:
    code = code_in(written(visitor, clock, root))
    proposal, _ = proposal_of(house, place, code)
    slug, year = root.strip("/").split("/")
    shown_at = f"/api/v1/public/congresses/{slug}/proposals/{year}"
    assert visitor.client.get(shown_at).json()["items"] == []
    shown(house, place, proposal)
    told = visitor.client.get(shown_at, params={"words": "红绿灯"}).json()["items"]
    assert [(one["title"], one["proposals"], one["supporters"], one["stars"]) for one in told] == [
        (LIGHTS["title"], 1, 0, 1)
    ]
    assert code not in str(told)
    way = visitor.client.get(f"/api/v1/public/proposals/{code}").json()
    assert (way["state"], [step["done"] for step in way["steps"]]) == ("正在办理", [True, True, False])
    assert visitor.client.get("/api/v1/public/proposals/0000000A").status_code == 404


def test_the_code_of_a_merged_proposal_leads_to_the_project_it_has_become(visitor: Visitor, house: House) -> None:
    taker, merged, declined = year.PROPOSALS
    project = year.ADOPTED[0]
    became = year.of(ProposalBecameCandidate, project=project, name="项目 1")
    taken_up = year.of(ProposalTakenUp, proposal=taker)
    facts = [*year.in_short()]
    at = next(place for place, (stream, _) in enumerate(facts) if stream == project)
    shown_to_all = ProposalShown(title=LIGHTS["title"], content=LIGHTS["content"])
    told = [*facts[: at + 1], (taker, shown_to_all), (taker, became), (project, taken_up), *facts[at + 1 :]]
    assert house.followers.wait_for(year.record(house.history, told), timeout=60)
    page = visitor.open(f"/t/{tracking_code(merged)}")
    words = page.words
    steps = (f"与同类建议合并办理：{LIGHTS['title']}", "成为候选项目：项目 1", "列入候选项目名单", "列入年度清单")
    assert [step for step in steps if step not in words] == []
    assert sorted(steps, key=words.index) == list(steps)
    assert f"/p/{project_code(project)}" in page.links()
    leading = [link for link in visitor.open(f"/p/{project_code(project)}").links() if "/proposals/" in link]
    assert visitor.open(leading[0]).heading == LIGHTS["title"]
    assert "依据" in visitor.open(f"/t/{tracking_code(declined)}").words


def test_whoever_proposes_gets_the_code_also_while_the_lists_lag_behind(
    visitor: Visitor, house: House, place: Calling, root: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.open(f"{root}/propose")
    clock.now += timedelta(seconds=30)
    monkeypatch.setattr(house.followers, "wait_for", lambda *_args, **_named: False)
    page = visitor.send(**LIGHTS)
    assert page.status == 200
    assert page.heading.startswith("查询码")
    assert LIGHTS["title"] in page.words
