"""The vote: cards, the poll, its scrutineers, the check-in desk, ballots on phones, the count, the signatures."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.whole_path import town
from tests.browser.whole_path.hands import PASSWORD, Hands, Screen
from tests.interfaces.documents.printed import scanned
from tests.support.browser import PHONE

CHIEF, SECOND, THIRD = town.SCRUTINEERS
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
    staff.go(f"{vote.session}/polls").follow("准备表决").shows("未密封")
    staff.fill(title=TITLE).press("准备好了").says("表决已经准备好")
    vote.poll = staff.page.url
    staff.follow("登记监票人")
    staff.fill(chief=CHIEF, scrutineer_1=f"L002 {SECOND}", scrutineer_2=THIRD).press("登记").says("监票人已登记")
    staff.shows("等待启用票卡")


def released(chief: Screen, vote: Vote) -> None:
    """The chief is signed in; a scrutineer types the own name and password beside."""
    chief.go(vote.scrutineers).follow("启用")
    chief.fill(login="lingzhou-l002", password="wrong-password").press("两人一起启用").refuses("密码")
    chief.fill(login="lingzhou-l002", password=PASSWORD).press("两人一起启用").says("启用")


def left_over_voided(chief: Screen, vote: Vote, left_over: list[str]) -> None:
    """The cards nobody drew are scanned; the codes are taken off their addresses."""
    chief.go(f"{vote.scrutineers}/void-cards")
    for card in left_over:
        chief.fill(code=card.partition("#")[2]).press("作废").says("已作废一张")


def opened(staff: Screen, vote: Vote) -> None:
    staff.go(vote.poll).shows("条件都已具备").follow("开始投票")
    staff.press("开始投票").says("投票已经开始")


def cast(hands: Hands, card: str, marks: dict[str, str]) -> str:
    """Somebody scans a card with a phone, marks, looks once more, confirms; returns the receipt."""
    phone = hands.screen(PHONE).go(card)
    page = phone.page
    expect(page.locator("#ballot")).to_be_visible()
    for name, said in marks.items():
        page.locator("fieldset", has_text=name).get_by_label(said, exact=True).check()
    page.locator("#to-review").click()
    expect(page.locator("#review-rows tr")).to_have_count(4)
    page.locator("#send").click()
    expect(page.locator("#done")).to_be_visible()
    receipt = page.locator("#receipt").inner_text().replace(" ", "")
    phone.close()
    return receipt


def refused(hands: Hands, card: str, words: str) -> None:
    """A card that cannot vote (any more) is told so on the phone."""
    phone = hands.screen(PHONE).go(card)
    expect(phone.page.locator("#told")).to_contain_text(words)
    phone.close()
