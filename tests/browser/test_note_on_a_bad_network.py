"""A delegate's note on a phone whose network fails: photos made small, sent again by itself, taken once."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Route

from domain.accounts.permissions import Grant, Role
from domain.supervision.note import evolve
from projections import delegate_notes
from tests.support import visitors
from tests.support.browser import PHONE, LiveSite, window
from tests.support.declared import declared


def test_a_note_is_sent_until_it_arrives_and_is_one_note(chromium: Browser, live: LiveSite, tmp_path: Path) -> None:
    hall = declared(live.house)
    mine = Grant(role=Role.DELEGATE, congress=hall.congress, delegate=hall.delegates[0].delegate)
    signed_in = window(chromium, live, PHONE, visitors.account(live.house, mine)).context
    phone = signed_in.new_page()  # a page that may complain of its network
    picture = tmp_path / "现场.jpg"
    Image.effect_noise((2000, 1500), 80).convert("RGB").save(picture, "JPEG", quality=95)
    tries: list[int] = []

    def lost_on_the_way(route: Route) -> None:
        """The first answer never comes back, though the office has heard."""
        if route.request.method != "POST":
            route.continue_()
            return
        tries.append(len(route.request.post_data_buffer or b""))
        if len(tries) == 1:
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    phone.route("**/supervision/note", lost_on_the_way)
    phone.goto(f"/delegate/jz/supervision/note?project={hall.projects[0]}")
    camera, album = phone.locator("input[type=file]").all()
    camera.set_input_files(picture)
    phone.locator("#chosen img").first.wait_for()
    album.set_input_files([picture, picture])
    phone.locator("#chosen img").nth(2).wait_for()
    phone.get_by_role("button", name="删去第 3 张").click()
    phone.get_by_label("看到什么").fill("井盖没有复位")
    phone.get_by_label("有问题，请单位整改").check()
    phone.get_by_role("button", name="记下").click()
    phone.get_by_text("还没有发出去").wait_for()
    phone.get_by_text("已记下，办公室已经收到。").wait_for(timeout=60_000)

    assert len(tries) == 2
    assert max(tries) < picture.stat().st_size
    with live.house.reading.connect() as conn:
        (row,) = delegate_notes.notes_of(conn, hall.congress)
    note = live.house.office.state_of(row.note, evolve)
    assert note is not None
    assert (note.words, note.is_problem, len(note.photos)) == ("井盖没有复位", True, 2)
    shown = phone.request.get(phone.locator(".shots img").first.get_attribute("src") or "").body()
    assert max(Image.open(io.BytesIO(shown)).size) == 1600
    signed_in.close()
