from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest
from nacl.public import SealedBox

from application.polls.casting import LOOK_AGAIN
from domain.polls.ballot_form import decoded, opened
from domain.polls.card import printed_code
from domain.polls.poll import Sealing
from domain.polls.rules import Form
from interfaces.cli import main
from interfaces.commands.simulate import liked
from interfaces.composition import House
from tests.support.browser import LiveSite, serving
from tests.support.polls import RULES, Hall, open_hall, prepared
from tests.support.ports import free_port
from tests.support.sealing import guarded


@pytest.fixture
def store() -> str:
    """What is simulated is the hall; the stores are proven elsewhere."""
    return "sqlite"


@pytest.fixture
def live(house: House) -> Iterator[LiveSite]:
    with serving(house, free_port()) as site:
        yield site


def cards_of(hall: Hall, folder: Path) -> Path:
    """The file a demonstration writes."""
    file = folder / "ballot-cards.txt"
    file.write_text("# 票卡\n" + "\n".join(printed_code(card) for card in hall.cards) + "\n", encoding="utf-8")
    return file


def simulate(site: LiveSite, cards: Path, *more: str) -> int:
    return main(["simulate", "--url", site.url, "--cards", str(cards), *more])


def votes_for(hall: Hall) -> list[int]:
    rows = [opened(ballot, hall.form) for ballot in hall.box.ballots(hall.poll)]
    return [sum(row[item] in {"for", "x"} for row in rows) for item in range(len(hall.projects))]


def test_every_card_casts_a_ballot_and_no_two_items_get_the_same_votes(
    live: LiveSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = open_hall(live.house.office, live.house.box, delegates=80)
    assert simulate(live, cards_of(hall, tmp_path)) == 0
    said = capsys.readouterr()
    assert said.out == "投出 80 张，跳过已用或作废的 0 张，留下 0 张。\n"
    assert said.err.splitlines()[-1] == "80 / 80"
    hall.close()
    assert len(hall.box.receipts(hall.poll)) == 80
    assert sorted(votes_for(hall)) == [42, 48, 55, 62, 69, 76]


def test_used_cards_are_skipped_and_the_last_ones_left(
    live: LiveSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = open_hall(live.house.office, live.house.box, delegates=20)
    cards = cards_of(hall, tmp_path)
    with cards.open("a", encoding="utf-8") as file:
        file.write(f"{hall.left_over[0]}\nABCD-EFGH\n")
    assert simulate(live, cards, "--leave", "12") == 0
    assert simulate(live, cards, "--leave", "0") == 0
    first, second, refused = capsys.readouterr().out.splitlines()
    assert first == "投出 10 张，跳过已用或作废的 0 张，留下 12 张。"
    assert second == "投出 10 张，跳过已用或作废的 11 张，留下 0 张。"
    assert refused.startswith("1 张没有被接受：请对照票卡")


def test_ballots_of_a_sealed_poll_are_sealed_to_its_key(live: LiveSite, tmp_path: Path) -> None:
    hall = prepared(live.house.office, live.house.box, delegates=20, sealing=Sealing.SEALED)
    key = guarded(hall)
    hall.release()
    hall.seat()
    hall.open()
    assert simulate(live, cards_of(hall, tmp_path)) == 0
    hall.close()
    found = hall.box.ballots(hall.poll)
    rows = [decoded(SealedBox(key.secret).decrypt(ballot), hall.form) for ballot in found]
    assert len(rows) == 20
    assert sorted(sum(row[item] == "for" for row in rows) for item in range(6)) == [10, 12, 14, 16, 17, 19]


def test_a_ballot_that_chooses_never_has_too_many_marks(live: LiveSite, tmp_path: Path) -> None:
    hall = open_hall(live.house.office, live.house.box, delegates=30, rules=replace(RULES, form=Form.CHOOSE))
    assert simulate(live, cards_of(hall, tmp_path), "--pace", "500") == 0
    hall.close()
    rows = [opened(ballot, hall.form) for ballot in hall.box.ballots(hall.poll)]
    assert {sum(mark == "x" for mark in row) for row in rows} <= {1, 2, 3}


def test_a_server_that_is_not_there_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cards = tmp_path / "cards.txt"
    cards.write_text("0000-0000-0000-0000-0000-0\n", encoding="utf-8")
    assert main(["simulate", "--url", f"http://127.0.0.1:{free_port()}", "--cards", str(cards)]) == 1
    assert "请先启动服务" in capsys.readouterr().err


def test_a_poll_that_is_not_open_is_said_plainly(
    live: LiveSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = prepared(live.house.office, live.house.box)
    hall.release()
    hall.seat()
    assert simulate(live, cards_of(hall, tmp_path)) == 1
    assert "还没有开始投票。" in capsys.readouterr().err
    hall.open()
    hall.close()
    sleep(LOOK_AGAIN)  # so long the server believes what it knew
    assert simulate(live, cards_of(hall, tmp_path)) == 1
    assert "投票已经结束。" in capsys.readouterr().err


def test_a_missing_file_of_cards_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--cards", str(tmp_path / "none.txt")]) == 1
    assert "票卡文件" in capsys.readouterr().err


def test_the_same_seed_likes_the_same() -> None:
    assert liked(300, 12, 7) == liked(300, 12, 7) != liked(300, 12, 8)
    assert len({len(voters) for voters in liked(300, 12, 7)}) == 12
