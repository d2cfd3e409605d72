"""The vote: cards, the poll, its scrutineers, the check-in desk, ballots on phones, closing, the signatures."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.whole_path import town
from tests.browser.whole_path.hands import PASSWORD, Hands, Screen
from tests.interfaces.documents.printed import pages, scanned
from tests.support.browser import PHONE
from tests.support.stores import Clock

CHIEF, SECOND, THIRD = town.SCRUTINEERS
ALERT = "main [role='alert']"
TITLE = "2026年灵州市民生实事项目票决"


@dataclass
class Vote:
    """Where the vote's pages are, and the cards on the table."""

    session: str
    """The address of the session's page."""
    cards: list[str]
    """The address on every printed card."""
    poll: str = ""

    @property
    def scrutineers(self) -> str:
        """The address of the same poll at the scrutineers' table."""
        return self.poll.replace("/staff/", "/scrutineer/")


def cards_printed(staff: Screen, session: str, folder: Path) -> Vote:
    """Thirteen cards, downloaded once; the same form asked again gives nothing."""
    staff.go(f"{session}/polls").follow("印一套票卡")
    staff.fill(colour="绿色", word="沙枣", cards="13", present_1=CHIEF, present_2=f"L002 {SECOND}")
    sheets = staff.save("印制并下载", folder, role="button")
    cards = scanned(sheets.read_bytes())
    assert len(set(cards)) == len(cards) == 13
    staff.press("印制并下载").refuses("沙枣")
    return Vote(session, cards)


def prepared(staff: Screen, vote: Vote) -> None:
    staff.go(f"{vote.session}/polls").follow("准备表决").shows("密封：监票人一起开箱之前，任何人读不到选票")
    staff.fill(title=TITLE, medium="cards_and_paper", paper_colour="黄色").press("准备好了").says("表决已经准备好")
    vote.poll = staff.page.url
    staff.follow("登记监票人")
    staff.fill(chief=CHIEF, scrutineer_1=f"L002 {SECOND}", scrutineer_2=THIRD).press("登记").says("监票人已登记")
    staff.shows("生成密钥")


def papers_printed(staff: Screen, vote: Vote, folder: Path) -> None:
    """Papers are all the same: one code of the form on every one."""
    staff.go(f"{vote.poll}/print-papers").fill(papers="3")
    papers = staff.save("下载（PDF）", folder, role="button").read_bytes()
    assert len(pages(papers)) == 3
    assert len(set(scanned(papers))) == 1


def released(chief: Screen, vote: Vote) -> None:
    """The chief is signed in; a scrutineer types the own name and password beside."""
    chief.go(vote.scrutineers).follow("启用票卡")
    chief.fill(login="lingzhou-l002", password="wrong-password").press("两人一起启用").refuses("密码")
    chief.fill(login="lingzhou-l002", password=PASSWORD).press("两人一起启用").says("票卡已启用")


def checked_in(venue: Screen, vote: Vote, code_of_chief: str) -> None:
    """By name, by the code on a phone, by number; a wrong one is undone. Each takes a card or a paper, never both."""
    desk = f"{vote.session}/check-in"
    venue.go(desk).fill(q="何").press("签到").press("签到", "main ul.need li:has-text('何巧玲')").says("已签到")
    venue.press("领票").shows("已领票")
    venue.go(desk).fill(q=town.ABSENT_NUMBER).press("签到").says("已签到")
    venue.unfold("撤销签到").press("确认撤销吴晓燕的签到").says("还没有签到")
    venue.go(desk).fill(q=code_of_chief, card=True).press("签到").shows(CHIEF, "main .arrived").shows("已领票")
    for number in (number for _, number, *_rest in town.ROLL if number not in {town.ABSENT_NUMBER, "L001", "L004"}):
        paper = number in town.ON_PAPER
        venue.fill(q=number, card=not paper, paper=paper).press("签到").shows(number, "main .arrived")
        venue.shows("已领纸质票：" if paper else "已领票：")
    venue.fill(q=town.ON_PAPER[0], card=True, paper=False).press("签到").shows("票卡和纸质票只能领一样", ALERT)
    venue.fill(q="L001").press("签到").shows("已经领过票卡", ALERT)


def left_over_voided(chief: Screen, vote: Vote, left_over: list[str]) -> None:
    """The cards nobody drew are scanned; the codes are taken off their addresses."""
    chief.go(f"{vote.scrutineers}/void-cards")
    for card in left_over:
        chief.fill(code=card.partition("#")[2]).press("作废").says("已作废一张")


def opened(staff: Screen, vote: Vote) -> None:
    staff.go(vote.poll).shows("条件都已具备").follow("开始投票")
    staff.press("开始投票").says("投票已经开始")


def ballots_cast(hands: Hands, cards: list[str]) -> list[str]:
    """Each voter uses the page from the card to the receipt; a card that was used is refused with its receipt."""
    columns = [marks.split() for marks in town.VOTES.values()]
    rows = [dict(zip(town.VOTES, row, strict=True)) for row in zip(*columns, strict=True)]
    receipts = [cast(hands, card, row) for card, row in zip(cards, rows[: len(cards)], strict=True)]
    assert len(set(receipts)) == len(cards)
    refused(hands, cards[0], "已经投过票", receipts[0])
    return receipts


def closed(staff: Screen, vote: Vote, clock: Clock) -> None:
    """Last ballots are called, a minute passes, voting ends."""
    staff.go(vote.poll).press("宣布最后投票").says("已宣布最后投票")
    clock.forward(seconds=61)
    staff.go(vote.poll).follow("去截止").press("截止投票").says("投票已截止")
    staff.shows("未收回 1")


def counted(staff: Screen, vote: Vote) -> None:
    """Electronic and paper ballots together, once."""
    staff.go(vote.poll).press("计票").says("计票完成").shows("列入2项")


def signed(screens: list[Screen], vote: Vote) -> None:
    """Each of the three looks at the same figures on the own phone and signs with the own password."""
    for screen in screens:
        screen.go(vote.scrutineers).follow("核对并签名").shows(town.WATER)
        screen.fill(password="not-mine-at-all").press("签名").refuses("密码不对")
        screen.fill(password=PASSWORD).press("签名").says("签名")


def declared(staff: Screen, vote: Vote) -> None:
    staff.go(vote.poll).shows("签名已齐").follow("登记宣布")
    staff.fill(notice_number="灵人公〔2026〕2号").press("登记宣布").says("结果已宣布")


def cast(hands: Hands, card: str, marks: dict[str, str]) -> str:
    """Somebody scans a card with a phone, marks, looks once more, confirms; returns the receipt."""
    phone = hands.screen(PHONE).go(card)
    page = phone.page
    expect(page.locator("#ballot")).to_be_visible()
    expect(page.locator("#sealed")).to_be_visible()
    for name, said in marks.items():
        page.locator("fieldset", has_text=name).get_by_label(said, exact=True).check()
    page.locator("#to-review").click()
    expect(page.locator("#review-rows tr")).to_have_count(4)
    page.locator("#send").click()
    expect(page.locator("#done")).to_be_visible()
    receipt = page.locator("#receipt").inner_text().replace(" ", "")
    phone.close()
    return receipt


def refused(hands: Hands, card: str, words: str, receipt: str = "") -> None:
    """A card that cannot vote (any more) is told so on the phone; one that was used, with the receipt in the box."""
    phone = hands.screen(PHONE).go(card)
    expect(phone.page.locator("#told")).to_contain_text(words)
    assert phone.page.locator("#told-receipt").inner_text().replace(" ", "") == receipt
    phone.close()
