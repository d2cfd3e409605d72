"""The run sheet is made from what is known, names holders by number and never a share, and shows a rehearsal."""

import pytest

from domain.accounts.permissions import Role
from domain.polls import poll as domain_polls
from domain.polls.sealing import SealingKeyMade
from interfaces.composition import House
from interfaces.public.ballot.views import page_hash
from tests.support import polls
from tests.support.polls import Hall
from tests.support.stores import by
from tests.support.visitors import SignedIn

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def hall(house: House) -> Hall:
    made = polls.prepared(house.office, house.box)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def test_the_sheet_names_page_cards_and_people(hall: Hall, signed_in: SignedIn) -> None:
    hall.print_set(polls.GREEN, 15)
    hall.office.history.wake.set()
    staff = signed_in(Role.STAFF, hall.congress)
    words = staff.open(f"/staff/jz/polls/{hall.poll}/run-sheet").words
    assert "https://rd.example.cn/v" in words
    assert page_hash().replace(" ", "")[:4] in words
    assert "蓝色 · 山茶 第1套，14张，二维码是网址" in words
    assert "代表1（证号 0001）" in words
    assert "开始投票" in words


def test_the_sheet_prints(hall: Hall, signed_in: SignedIn) -> None:
    staff = signed_in(Role.STAFF, hall.congress)
    assert staff.open(f"/staff/jz/polls/{hall.poll}/run-sheet.pdf").content.startswith(b"%PDF")


def test_who_holds_which_share_stands_there_and_no_share(hall: Hall, house: House, signed_in: SignedIn) -> None:
    made = SealingKeyMade(
        public_key="ab" * 32,
        threshold=2,
        holders=tuple(entry.delegate for entry in hall.delegates[:3]),
        shares=("1a" * 32, "2b" * 32, "3c" * 32),
    )
    hall.office.change(by(hall.clerk), hall.poll, domain_polls.evolve, lambda _: made)
    house.followers.wait_for(house.history.last_position(), timeout=20)
    page = signed_in(Role.STAFF, hall.congress).open(f"/staff/jz/polls/{hall.poll}/run-sheet")
    assert not any(share[:8] in page.text.replace(" ", "") for share in made.shares)


def test_only_the_office_and_the_polls_own_scrutineers_read_it(hall: Hall, signed_in: SignedIn) -> None:
    delegate = signed_in(Role.DELEGATE, hall.congress, delegate=hall.delegates[5].delegate)
    assert delegate.open(f"/staff/jz/polls/{hall.poll}/run-sheet").status == 403
    assert delegate.open(f"/scrutineer/jz/polls/{hall.poll}/run-sheet").status == 403
