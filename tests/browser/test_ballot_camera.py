"""Cards read by the ballot page's own camera: a video of a card stands in for the lens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, BrowserContext, Page, expect

from domain.polls.card import printed_code
from tests.browser.test_ballot import is_fine
from tests.support import browser as browsers
from tests.support.browser import PHONE, LiveSite
from tests.support.polls import Hall, open_hall

WIDTH, HEIGHT, GREY = 640, 480, 128


@pytest.fixture
def hall(live: LiveSite) -> Hall:
    return open_hall(live.house.office, live.house.box)


def video_of(text: str, path: Path) -> Path:
    """One frame, shown for ever: the code in black on white, as YUV 4:2:0."""
    code = segno.make(text, error="m", boost_error=False)
    scale = (HEIGHT - 40) // code.symbol_size(border=4)[0]
    rows = [bytes(0 if module else 255 for module in row) for row in code.matrix_iter(scale=scale, border=4)]
    left, top = (WIDTH - len(rows[0])) // 2, (HEIGHT - len(rows)) // 2
    white = bytes([255]) * WIDTH
    luma = [white] * top + [b"\xff" * left + row + b"\xff" * (WIDTH - left - len(row)) for row in rows]
    luma += [white] * (HEIGHT - len(luma))
    chroma = bytes([GREY]) * (WIDTH * HEIGHT // 2)
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + b"FRAME\n" + b"".join(luma) + chroma)
    return path


def phone(browser: Browser, site: LiveSite, *permissions: str) -> tuple[BrowserContext, Page]:
    page = browsers.window(browser, site, PHONE)
    page.context.grant_permissions(list(permissions))
    return page.context, page


@pytest.fixture(params=["bare code", "address"])
def looking(request: pytest.FixtureRequest, chromium: Browser, hall: Hall, tmp_path: Path) -> Iterator[Browser]:
    """A browser whose camera sees the hall's first card, printed in either way."""
    shown = hall.cards[0] if request.param == "bare code" else f"https://rd.example.cn/v#{hall.cards[0]}"
    film = video_of(shown, tmp_path / "card.y4m")
    camera = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    opened = chromium.browser_type.launch(executable_path=browsers.CHROMIUM, args=[*browsers.ARGUMENTS, *camera])
    yield opened
    opened.close()


def test_the_card_is_read_by_a_decoder_that_is_fetched_only_then(looking: Browser, live: LiveSite) -> None:
    context, page = phone(looking, live, "camera")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script("delete window.BarcodeDetector")  # as on an old phone
    page.goto("/v")
    is_fine(page)
    assert not any("jsQR" in url for url in asked)
    page.get_by_role("button", name="用摄像头扫描票卡").click()
    expect(page.locator("#ballot")).to_be_visible()
    assert sum("jsQR" in url for url in asked) == 1
    assert all(url.startswith(live.url) for url in asked)
    assert page.evaluate("document.querySelector('video').srcObject") is None
    context.close()


def test_the_browsers_own_reader_is_used_where_there_is_one(looking: Browser, live: LiveSite, hall: Hall) -> None:
    context, page = phone(looking, live, "camera")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(
        f"const shown = '{printed_code(hall.cards[0])}';"
        "window.BarcodeDetector = class { static async getSupportedFormats() { return ['qr_code']; }"
        " async detect() { return [{ rawValue: shown }]; } };"
    )
    page.goto("/v")
    page.get_by_role("button", name="用摄像头扫描票卡").click()
    expect(page.locator("#ballot")).to_be_visible()
    assert not any("jsQR" in url for url in asked)
    context.close()


def test_without_leave_for_the_camera_the_code_is_typed(chromium: Browser, live: LiveSite, hall: Hall) -> None:
    page = browsers.window(chromium, live, PHONE)
    page.add_init_script("navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('not allowed'))")
    page.goto("/v")
    page.get_by_role("button", name="用摄像头扫描票卡").click()
    expect(page.locator("#camera-said")).to_contain_text("请输入票卡上的代码")
    is_fine(page)
    page.get_by_label("票卡代码").fill(hall.cards[0])
    page.keyboard.press("Enter")
    expect(page.locator("#ballot")).to_be_visible()
    page.context.close()


def test_where_there_is_no_camera_none_is_offered(chromium: Browser, live: LiveSite) -> None:
    """Also over plain http, where browsers give no camera to pages."""
    page = browsers.window(chromium, live, PHONE)
    page.add_init_script("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    page.goto("/v")
    expect(page.get_by_label("票卡代码")).to_be_visible()
    expect(page.locator("#camera")).to_be_hidden()
    page.context.close()
