"""Anybody may check: the public result, the record by two programs, the own receipt, the tree over everything."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import expect

from interfaces.composition import House
from tests.browser.whole_path import town, voting
from tests.browser.whole_path.commands import alone, piaojue
from tests.browser.whole_path.hands import Screen


def everything_checked(resident: Screen, folder: Path, receipts: Sequence[str]) -> None:
    """From the public result to the record: two programs find that it fits, the phone that a ballot is in the box."""
    resident.go(f"/{town.SLUG}/{town.YEAR}").follow(voting.TITLE)
    resident.shows(town.WATER).shows(town.ROADS).follow("计票档案和全部回执")
    record = resident.save("下载计票档案", folder)
    verifier = resident.save("下载核对程序", folder)
    assert "全部相符" in piaojue("verify", record)
    assert "全部相符" in alone(verifier, record)
    resident.page.locator("#receipt").fill(receipts[3])
    resident.page.get_by_role("button", name="比对").click()
    expect(resident.page.locator("#found")).to_contain_text(f"共 {len(receipts)} 条")


def tree_audited(house: House) -> None:
    """Recomputed from the database: nothing differs from any checkpoint."""
    settings = house.settings
    said = piaojue("audit", PIAOJUE_DATABASE_URL=settings.storage_url, PIAOJUE_DATA=str(settings.data))
    assert "全部相符" in said
