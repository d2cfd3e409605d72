"""Second factors on both stores: set up, asked for, replayed, lost, reset."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pyotp
import pytest
from sqlalchemy import text

from application import second_factor
from application.office import Office
from application.private import half_sign_ins, passwords, patience, second_factors, sign_in_log, sign_ins
from application.private.patience import Addresses, TooManyAttempts
from application.private.second_factors import Proof
from application.private.sign_ins import Endurance
from application.private.store import PrivateStore, open_private
from application.private.vault import KEY_FILE, SecretUnreadable, Vault
from application.signing_in import (
    CodeWanted,
    Door,
    HalfSignInEnded,
    SignedIn,
    WrongCode,
    WrongPassword,
    change_password,
    create_administrator,
    end_own_sign_ins,
    sign_in,
)
from domain.accounts import account as accounts
from domain.accounts.permissions import Role
from domain.accounts.second_factor import SecondFactorIsOff, SecondFactorIsOn
from domain.shared import Missing, NotPermitted
from tests.support.stores import Clock, by, granted

PASSWORD = "three short words"
CHIEF = granted(Role.ADMINISTRATOR, name="管理员")
ENDURANCE = Endurance(idle=timedelta(hours=4), longest=timedelta(hours=14))


@pytest.fixture
def private(database_url: str) -> Iterator[PrivateStore]:
    opened = open_private(database_url)
    yield opened
    opened.close()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path)


@pytest.fixture
def door(office: Office, private: PrivateStore, vault: Vault) -> Door:
    return Door(office=office, private=private, vault=vault, log_kept_for=timedelta(days=184))


@pytest.fixture
def wang(office: Office, private: PrivateStore) -> UUID:
    return create_administrator(office, private, "first", login="wangmin", name="王敏", password=PASSWORD)


class Phone:
    """Shows the code of the moment, as an authenticator app does."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._shown, self._clock = pyotp.TOTP(secret), clock

    def code(self, early: int = 0) -> str:
        return self._shown.at(self._clock() + timedelta(seconds=early))


@pytest.fixture
def phone(office: Office, private: PrivateStore, vault: Vault, wang: UUID, clock: Clock) -> Phone:
    """Wang has turned it on; the next code is another one."""
    second_factor.begin(office, private, vault, wang, password=PASSWORD)
    secret = second_factors.waiting_secret(private, vault, wang, clock())
    assert secret is not None
    made = Phone(secret, clock)
    state = office.state_of(wang, accounts.evolve)
    assert state is not None
    second_factor.turn_on(office, private, vault, by(state.actor(wang)), made.code(), token="")
    clock.forward(seconds=60)
    return made


def first_half(door: Door, password: str = PASSWORD) -> str:
    came = sign_in(door, Addresses(), login="wangmin", password=password, address="10.0.0.7", device="phone/wechat")
    assert isinstance(came, CodeWanted)
    return came.token


def test_without_a_second_factor_the_password_is_enough(door: Door, wang: UUID) -> None:
    came = sign_in(door, Addresses(), login="wangmin", password=PASSWORD, address="10.0.0.7")
    assert isinstance(came, SignedIn)
    assert came.account == wang


def test_with_one_the_password_is_half_and_the_code_the_rest(door: Door, wang: UUID, phone: Phone) -> None:
    half = first_half(door)
    assert sign_ins.living(door.private, wang, door.office.now(), ENDURANCE) == []
    came = door.enter_with_code(half, f" {phone.code()[:3]} {phone.code()[3:]} ")
    assert came.account == wang
    assert sign_ins.account_of(door.private, came.token, door.office.now(), ENDURANCE) == wang
    with pytest.raises(HalfSignInEnded):
        door.enter_with_code(half, phone.code(30))


def test_the_half_token_is_no_sign_in(door: Door, phone: Phone) -> None:
    assert sign_ins.account_of(door.private, first_half(door), door.office.now(), ENDURANCE) is None


@pytest.mark.parametrize("early", [-30, 0, 30])
def test_a_code_counts_one_step_early_or_late(early: int, door: Door, phone: Phone, clock: Clock) -> None:
    clock.forward(seconds=120)
    door.enter_with_code(first_half(door), phone.code(early))


@pytest.mark.parametrize("early", [-61, 61])
def test_a_code_of_two_steps_away_does_not_count(early: int, door: Door, phone: Phone, clock: Clock) -> None:
    clock.forward(seconds=120)
    with pytest.raises(WrongCode):
        door.enter_with_code(first_half(door), phone.code(early))


def test_a_code_is_used_once_and_none_before_it_any_more(door: Door, phone: Phone, clock: Clock) -> None:
    used, before = phone.code(), phone.code(-30)
    door.enter_with_code(first_half(door), used)
    for replayed in (used, before):
        with pytest.raises(WrongCode):
            door.enter_with_code(first_half(door), replayed)
    clock.forward(seconds=30)
    door.enter_with_code(first_half(door), phone.code())


def test_of_many_who_show_the_same_code_at_once_one_comes_in(
    office: Office, private: PrivateStore, vault: Vault, wang: UUID, phone: Phone, clock: Clock
) -> None:
    code = phone.code()

    def attempt(_: int) -> bool:
        return second_factors.proof(private, vault, wang, code, clock()) is Proof.CODE

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(attempt, range(8))) == 1


def test_who_guesses_codes_waits_up_to_a_quarter_of_an_hour(door: Door, wang: UUID, phone: Phone, clock: Clock) -> None:
    half = first_half(door)
    wrong = str((int(phone.code()) + 7) % 1_000_000).zfill(6)
    for _ in range(5):
        with pytest.raises(WrongCode):
            door.enter_with_code(half, wrong)
    with pytest.raises(TooManyAttempts) as refused:
        door.enter_with_code(half, phone.code())
    assert refused.value.seconds == 2
    assert patience.wait_of(30, patience.LONGEST_WAIT_FOR_CODES) == 900
    clock.forward(seconds=3)
    assert door.enter_with_code(half, phone.code()).account == wang


def test_wrong_passwords_do_not_slow_down_the_code_and_wrong_codes_not_the_password(
    door: Door, wang: UUID, phone: Phone, clock: Clock
) -> None:
    half = first_half(door)
    for _ in range(5):
        with pytest.raises(WrongCode):
            door.enter_with_code(half, "000000" if phone.code() != "000000" else "000001")
    assert first_half(door)


def test_the_password_has_to_be_given_again_after_five_minutes(door: Door, phone: Phone, clock: Clock) -> None:
    half = first_half(door)
    clock.forward(minutes=5)
    with pytest.raises(HalfSignInEnded):
        door.enter_with_code(half, phone.code())


def test_another_password_ends_what_was_proven_with_the_old_one(
    office: Office, door: Door, wang: UUID, phone: Phone
) -> None:
    half = first_half(door)
    state = office.state_of(wang, accounts.evolve)
    assert state is not None
    change_password(office, door.private, by(state.actor(wang)), old=PASSWORD, new="other short words", token="")
    with pytest.raises(HalfSignInEnded):
        door.enter_with_code(half, phone.code())


def test_each_of_ten_recovery_codes_opens_once_and_needs_no_key(
    office: Office, private: PrivateStore, vault: Vault, wang: UUID, phone: Phone, clock: Clock, tmp_path: Path
) -> None:
    state = office.state_of(wang, accounts.evolve)
    assert state is not None
    _, codes = second_factor.renew_recovery_codes(office, private, vault, by(state.actor(wang)), phone.code())
    assert len(set(codes)) == 10
    assert all(len(code) == 16 and code.isalnum() for code in codes)
    (tmp_path / KEY_FILE).unlink()
    door = Door(office=office, private=private, vault=Vault(tmp_path), log_kept_for=timedelta(days=1))
    typed = " ".join(codes[0][start : start + 4] for start in range(0, 16, 4)).lower()
    assert door.enter_with_code(first_half(door), typed).account == wang
    with pytest.raises(WrongCode):
        door.enter_with_code(first_half(door), codes[0])
    assert second_factors.recovery_codes_left(private, wang) == 9
    assert sign_in_log.past(private, wang)[0].way == "recovery_code"
    with pytest.raises(SecretUnreadable):
        door.enter_with_code(first_half(door), "123456")


def test_it_is_turned_off_with_password_and_code(
    office: Office, door: Door, vault: Vault, wang: UUID, phone: Phone
) -> None:
    state = office.state_of(wang, accounts.evolve)
    assert state is not None
    me = state.actor(wang)
    with pytest.raises(WrongPassword):
        second_factor.turn_off(office, door.private, vault, by(me), password="wrong words", typed=phone.code())
    with pytest.raises(WrongCode):
        second_factor.turn_off(office, door.private, vault, by(me), password=PASSWORD, typed="12345")
    second_factor.turn_off(office, door.private, vault, by(me), password=PASSWORD, typed=phone.code())
    came = sign_in(door, Addresses(), login="wangmin", password=PASSWORD, address="10.0.0.7")
    assert isinstance(came, SignedIn)
    with pytest.raises(SecondFactorIsOff):
        second_factor.turn_off(office, door.private, vault, by(me), password=PASSWORD, typed=phone.code(30))


def test_an_administrator_resets_it_with_a_reason_and_everybody_signs_out(
    office: Office, door: Door, vault: Vault, wang: UUID, phone: Phone, clock: Clock
) -> None:
    here = door.enter_with_code(first_half(door), phone.code())
    with pytest.raises(Missing):
        second_factor.reset(office, door.private, by(CHIEF), wang, "")
    with pytest.raises(NotPermitted):
        second_factor.reset(office, door.private, by(granted(Role.STAFF, uuid4())), wang, "手机丢失")
    second_factor.reset(office, door.private, by(CHIEF), wang, "手机丢失")
    assert sign_ins.account_of(door.private, here.token, clock(), ENDURANCE) is None
    came = sign_in(door, Addresses(), login="wangmin", password=PASSWORD, address="10.0.0.7")
    assert isinstance(came, SignedIn)


def test_a_reset_that_is_sent_again_does_not_take_away_what_was_set_up_since(
    office: Office, door: Door, vault: Vault, wang: UUID, phone: Phone, clock: Clock
) -> None:
    asked = by(CHIEF)
    second_factor.reset(office, door.private, asked, wang, "手机丢失")
    second_factor.begin(office, door.private, vault, wang, password=PASSWORD)
    secret = second_factors.waiting_secret(door.private, vault, wang, clock())
    assert secret is not None
    newer, state = Phone(secret, clock), office.state_of(wang, accounts.evolve)
    assert state is not None
    second_factor.turn_on(office, door.private, vault, by(state.actor(wang)), newer.code(), token="")
    second_factor.reset(office, door.private, asked, wang, "手机丢失")
    clock.forward(seconds=60)
    assert door.enter_with_code(first_half(door), newer.code()).account == wang


def test_a_secret_that_was_shown_waits_half_an_hour_for_its_first_code(
    office: Office, private: PrivateStore, vault: Vault, wang: UUID, clock: Clock
) -> None:
    second_factor.begin(office, private, vault, wang, password=PASSWORD)
    secret = second_factors.waiting_secret(private, vault, wang, clock())
    assert secret is not None
    clock.forward(minutes=30)
    assert second_factors.waiting_secret(private, vault, wang, clock()) is None
    state = office.state_of(wang, accounts.evolve)
    assert state is not None
    with pytest.raises(WrongCode):
        second_factor.turn_on(office, private, vault, by(state.actor(wang)), Phone(secret, clock).code(), token="")


def test_turning_it_on_signs_out_who_came_in_without_it(
    office: Office, private: PrivateStore, vault: Vault, wang: UUID, clock: Clock
) -> None:
    here, there = (sign_ins.begin(private, wang, clock()) for _ in range(2))
    second_factor.begin(office, private, vault, wang, password=PASSWORD)
    secret = second_factors.waiting_secret(private, vault, wang, clock())
    assert secret is not None
    state = office.state_of(wang, accounts.evolve)
    assert state is not None
    second_factor.turn_on(office, private, vault, by(state.actor(wang)), Phone(secret, clock).code(), token=here)
    assert sign_ins.account_of(private, here, clock(), ENDURANCE) == wang
    assert sign_ins.account_of(private, there, clock(), ENDURANCE) is None
    with pytest.raises(SecondFactorIsOn):
        second_factor.begin(office, private, vault, wang, password=PASSWORD)


def test_secrets_lie_sealed_and_the_key_is_its_owners_alone(
    private: PrivateStore, vault: Vault, wang: UUID, phone: Phone, tmp_path: Path, office: Office
) -> None:
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / KEY_FILE).stat().st_size == 32
    secret = phone._shown.secret
    with private.reading() as connection:
        told = repr(connection.execute(text("SELECT * FROM private_second_factor")).all())
    assert secret not in told
    assert secret not in repr(office.history.select(0, 1000))


def test_a_sealed_secret_opens_for_its_account_only(tmp_path: Path) -> None:
    me, you = uuid4(), uuid4()
    sealed = Vault(tmp_path).seal(me, "SECRET")
    assert Vault(tmp_path).open(me, sealed) == "SECRET"
    with pytest.raises(SecretUnreadable):
        Vault(tmp_path).open(you, sealed)
    with pytest.raises(SecretUnreadable):
        Vault(tmp_path, "ab" * 32).open(me, sealed)
    with pytest.raises(SecretUnreadable):
        Vault(tmp_path / "elsewhere").open(me, sealed)


def test_of_processes_that_make_the_key_at_once_one_wins(tmp_path: Path) -> None:
    me = uuid4()
    with ThreadPoolExecutor(8) as crowd:
        sealed = list(crowd.map(lambda _: Vault(tmp_path / "data").seal(me, "SECRET"), range(8)))
    assert {Vault(tmp_path / "data").open(me, one) for one in sealed} == {"SECRET"}
    assert [path.name for path in (tmp_path / "data").iterdir()] == [KEY_FILE]


def test_sign_ins_are_logged_privately_with_the_failures_before_and_erased_by_time(
    office: Office, private: PrivateStore, vault: Vault, wang: UUID, clock: Clock
) -> None:
    door = Door(office=office, private=private, vault=vault, log_kept_for=timedelta(days=184))
    for login in ("wangmin", "wangmin", "nobody"):
        with pytest.raises(Exception, match="SignInRefused"):
            sign_in(door, Addresses(), login=login, password="wrong words", address="10.0.0.7")
    for _ in range(2):
        sign_in(door, Addresses(), login="wangmin", password=PASSWORD, address="10.0.0.7", device="computer/edge")
        clock.forward(days=100)
    first, second = sign_in_log.past(private, wang)[::-1]
    assert (first.failures, first.way, first.device) == (2, "password", "computer/edge")
    assert second.failures == 0
    assert sign_in_log.last_days(private, [wang, uuid4()]) == {wang: second.at}
    sign_in(door, Addresses(), login="wangmin", password=PASSWORD, address="10.0.0.7")
    assert len(sign_in_log.past(private, wang)) == 2


def test_sign_ins_are_listed_and_ended_one_by_one_or_all(
    office: Office, private: PrivateStore, wang: UUID, clock: Clock
) -> None:
    here = sign_ins.begin(private, wang, clock(), "computer/edge")
    clock.forward(minutes=10)
    there = sign_ins.begin(private, wang, clock(), "phone/wechat")
    sign_ins.begin(private, uuid4(), clock(), "phone/other")
    listed = sign_ins.living(private, wang, clock(), ENDURANCE, here)
    assert [(one.device, one.is_this) for one in listed] == [("phone/wechat", False), ("computer/edge", True)]
    state = office.state_of(wang, accounts.evolve)
    assert state is not None
    end_own_sign_ins(office, private, by(state.actor(wang)), one=listed[0].id, token=here)
    assert sign_ins.account_of(private, there, clock(), ENDURANCE) is None
    assert sign_ins.account_of(private, here, clock(), ENDURANCE) == wang
    assert not sign_ins.end_one(private, uuid4(), listed[1].id)
    sign_ins.begin(private, wang, clock())
    end_own_sign_ins(office, private, by(state.actor(wang)), one=None, token=here)
    assert [one.is_this for one in sign_ins.living(private, wang, clock(), ENDURANCE, here)] == [True]


def test_a_page_that_looks_by_itself_keeps_no_sign_in_alive(private: PrivateStore, clock: Clock) -> None:
    token = sign_ins.begin(private, uuid4(), clock())
    for _ in range(4):
        clock.forward(minutes=59)
        assert sign_ins.account_of(private, token, clock(), ENDURANCE, used=False) is not None
    clock.forward(minutes=4)
    assert sign_ins.account_of(private, token, clock(), ENDURANCE, used=False) is None


def test_half_sign_ins_that_waited_too_long_are_swept(private: PrivateStore, clock: Clock) -> None:
    half = half_sign_ins.HalfSignIn(account=uuid4(), way="password", device="")
    half_sign_ins.begin(private, half, clock())
    clock.forward(minutes=6)
    half_sign_ins.begin(private, half, clock())
    with private.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM private_half_sign_in")) == 1


def test_a_browser_left_open_binds_nobody_elses_device(
    office: Office, private: PrivateStore, vault: Vault, wang: UUID, clock: Clock
) -> None:
    with pytest.raises(WrongPassword):
        second_factor.begin(office, private, vault, wang, password="wrong words")
    assert second_factors.waiting_secret(private, vault, wang, clock()) is None
    passwords.forget(private, wang)
    second_factor.begin(office, private, vault, wang, password="")
    assert second_factors.waiting_secret(private, vault, wang, clock()) is not None
