"""The ballot page's two questions in a sealed poll, and every refusal it can be told."""

import base64
from dataclasses import replace
from hashlib import sha256
from time import sleep

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from application.polls.casting import LOOK_AGAIN
from application.polls.voting import open_poll
from domain.polls.ballot import receipt, unpacked
from domain.polls.ballot_form import unsealed
from domain.polls.card import SECRET_BYTES, printed_code, secret_from
from domain.polls.poll import Sealing
from domain.polls.rules import RuleProfile
from interfaces.composition import House
from interfaces.public.ballot import sentences as of_the_ballot
from interfaces.public.ballot.sentences import BEFORE_CASTING, TOLD
from interfaces.public.ballot.views import page, page_hash
from interfaces.web._base.assets import integrity, static
from interfaces.web._base.language import ENGLISH, speaking
from interfaces.web.polls import sentences as of_polls
from tests.support.polls import GREEN, RULES, Hall, prepared
from tests.support.sealing import MadeKey, guarded, new_key, sealed
from tests.support.stores import by

NOBODYS = printed_code(secret_from(bytes(SECRET_BYTES)))
ASKING_FOR_THE_WORD = replace(RULES, hall_word=True)
Sent = dict[str, str]


@pytest.fixture
def store() -> str:
    """The door asks memory and box; tests/application/polls/test_sealed_casting.py does so on both stores."""
    return "sqlite"


def sealed_hall(house: House, rules: RuleProfile = RULES) -> tuple[Hall, MadeKey]:
    """A sealed poll that is open for twelve delegates."""
    hall = prepared(house.office, house.box, rules=rules, sealing=Sealing.SEALED)
    key = guarded(hall)
    hall.release()
    hall.seat()
    open_poll(house.office, house.box, by(hall.clerk), hall.poll, hall_words=house.hall_words)
    return hall, key


@pytest.fixture
def guarded_hall(house: House) -> tuple[Hall, MadeKey]:
    return sealed_hall(house)


@pytest.fixture
def phone(site: FastAPI) -> TestClient:
    return TestClient(site, base_url="https://rd.example.cn")


def filled(hall: Hall, key: MadeKey, card: int = 0) -> Sent:
    """What a phone sends for one of the cards in the hall."""
    ballot = sealed(["for"] * len(hall.projects), hall, key)
    return {"card": hall.cards[card], "ballot": ballot.ballot, "form": ballot.form, "key": key.fingerprint}


def test_a_sealed_poll_s_slate_carries_the_key_and_its_fingerprint(
    phone: TestClient, guarded_hall: tuple[Hall, MadeKey]
) -> None:
    hall, key = guarded_hall
    shown = phone.post("/v/form", json={"card": hall.cards[0]}).json()
    assert (shown["sealing"], shown["public_key"], shown["key"]) == ("sealed", key.public_key, key.fingerprint)
    assert shown["asks_word"] is False
    assert shown["rehearsal"] is False


def test_the_receipt_is_the_hash_of_the_sealed_bytes_however_often_and_late_they_come(
    phone: TestClient, guarded_hall: tuple[Hall, MadeKey]
) -> None:
    hall, key = guarded_hall
    said = [filled(hall, key, card) for card in range(3)]
    given = [phone.post("/v/cast", json=one).json() for one in said for _ in range(3)]
    hall.close()
    given += [phone.post("/v/cast", json=one).json() for one in said]
    assert given[:9:3] == given[1:9:3] == given[2:9:3] == given[9:]
    assert sorted(one["receipt"] for one in given[9:]) == hall.box.receipts(hall.poll)
    assert given[9] == {"receipt": receipt(unpacked(said[0]["ballot"]))}


@pytest.mark.parametrize(
    ("spoilt", "refused"),
    [
        ("no key", "BallotForAnotherForm"),
        ("another key", "BallotForAnotherForm"),
        ("another spelling of the key", "BallotForAnotherForm"),
        ("another form", "BallotForAnotherForm"),
        ("not sealed", "BallotForAnotherForm"),
        ("not sealed, though it says so", "BallotUnreadable"),
        ("one byte less", "BallotUnreadable"),
        ("one byte more", "BallotUnreadable"),
        ("no base64", "BallotUnreadable"),
    ],
)
def test_a_page_made_for_another_key_or_form_is_refused_instead_of_becoming_a_void_ballot(
    phone: TestClient, guarded_hall: tuple[Hall, MadeKey], spoilt: str, refused: str
) -> None:
    hall, key = guarded_hall
    ballot = unpacked(filled(hall, key)["ballot"])
    plain = _packed(unsealed(bytes(32), ["for"] * len(hall.projects), hall.form))
    other: dict[str, Sent] = {
        "no key": {"key": ""},
        "another key": {"key": new_key(hall).fingerprint},
        "another spelling of the key": {"key": key.fingerprint.upper()},
        "another form": {"form": "0" * 64},
        "not sealed": {"key": "", "ballot": plain},
        "not sealed, though it says so": {"ballot": plain},
        "one byte less": {"ballot": _packed(ballot[:-1])},
        "one byte more": {"ballot": _packed(ballot + b"0")},
        "no base64": {"ballot": _packed(ballot) + "A"},
    }
    answer = phone.post("/v/cast", json={**filled(hall, key), **other[spoilt]}).json()
    assert (answer["refused"], answer["again"]) == (refused, "refill")
    assert "票卡没有被使用" in answer["sentence"]
    assert hall.box.counts(hall.poll).cast == 0
    assert phone.post("/v/cast", json=filled(hall, key)).status_code == 200


def _packed(ballot: bytes) -> str:
    return base64.b64encode(ballot).decode()


def test_the_server_lets_in_what_it_cannot_open(phone: TestClient, guarded_hall: tuple[Hall, MadeKey]) -> None:
    """Key, form and length are all that can be seen of a sealed ballot; the rest is found at the opening."""
    hall, key = guarded_hall
    noise = _packed(bytes(hall.form.sealed_bytes))
    assert phone.post("/v/cast", json={**filled(hall, key), "ballot": noise}).status_code == 200


def _refusals(hall: Hall, key: MadeKey, phone: TestClient) -> dict[str, tuple[str, Sent]]:
    """For each refusal at an open poll the question that is answered with it."""
    used, said, green = filled(hall, key), filled(hall, key, 1), hall.print_set(GREEN, 2)
    phone.post("/v/cast", json=used)
    return {
        "MistypedCode": ("form", {"card": hall.cards[2][:-2]}),
        "UnknownCard": ("form", {"card": NOBODYS}),
        "CardOfAnotherSet": ("form", {"card": green[0]}),
        "CardIsVoid": ("form", {"card": hall.left_over[0]}),
        "CardUsed": ("cast", filled(hall, key)),
        "BallotForAnotherForm": ("cast", {**said, "key": "0" * 64}),
        "BallotUnreadable": ("cast", {**said, "ballot": ""}),
        "BallotSeenElsewhere": ("cast", {**said, "ballot": used["ballot"]}),
    }


@pytest.mark.parametrize(
    "refused",
    [
        *("MistypedCode", "UnknownCard", "CardOfAnotherSet", "CardIsVoid", "CardUsed"),
        *("BallotForAnotherForm", "BallotUnreadable", "BallotSeenElsewhere"),
    ],
)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_each_refusal_says_what_it_is_and_what_to_do_in_both_languages(
    phone: TestClient, guarded_hall: tuple[Hall, MadeKey], refused: str, language: str
) -> None:
    hall, key = guarded_hall
    what, said = _refusals(hall, key, phone)[refused]
    answer = phone.post(f"/v/{what}?lang={language}", json=said)
    assert answer.json()["refused"] == refused
    told = answer.json()
    assert told["title"]
    assert told["sentence"].count("。" if language == "zh-CN" else ".") >= 1
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in told["title"] + told["sentence"])
    assert chinese == (language == "zh-CN" or refused == "CardOfAnotherSet")  # colours and words are printed so
    assert hall.box.counts(hall.poll).cast == 1


def test_before_release_before_opening_and_after_closing_each_has_its_sentence(phone: TestClient, house: House) -> None:
    hall = prepared(house.office, house.box, sealing=Sealing.SEALED)
    guarded(hall)
    card = {"card": hall.secrets[0]}

    def told(what: str = "form", **more: str) -> tuple[str, str]:
        sleep(LOOK_AGAIN + 0.05)  # for so long the door believes what it knows
        answer = phone.post(f"/v/{what}", json={**card, **more}).json()
        return answer["refused"], answer["again"]

    assert told() == ("SetNotReleased", "soon")
    hall.release()
    hall.seat()
    assert told() == ("PollNotOpen", "soon")
    hall.open()
    hall.close()
    assert told() == ("PollIsClosed", "")


def test_a_poll_that_asks_for_the_hall_word_takes_it_with_the_ballot(phone: TestClient, house: House) -> None:
    hall, key = sealed_hall(house, ASKING_FOR_THE_WORD)
    right = house.hall_words.hall_word_of(hall.poll, hall.state)
    assert right is not None
    said = filled(hall, key)
    assert phone.post("/v/form", json={"card": said["card"]}).json()["asks_word"] is True
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for word, refused in (("", "HallWordNeeded"), (wrong, "HallWordWrong")):
        answer = phone.post("/v/cast", json={**said, "word": word}).json()
        assert (answer["refused"], answer["again"]) == (refused, "word")
    assert hall.box.counts(hall.poll).cast == 0
    given = phone.post("/v/cast", json={**said, "word": right}).json()["receipt"]
    assert given == receipt(unpacked(said["ballot"]))
    hall.close()
    assert phone.post("/v/cast", json={**said, "word": right}).json()["receipt"] == given
    sleep(LOOK_AGAIN + 0.05)  # the door has heard of the closing: there is no word any more
    assert phone.post("/v/cast", json=said).json()["receipt"] == given


def test_too_many_wrong_words_have_to_wait_and_use_nothing_up(phone: TestClient, house: House) -> None:
    hall, key = sealed_hall(house, ASKING_FOR_THE_WORD)
    right = house.hall_words.hall_word_of(hall.poll, hall.state)
    wrong = f"{(int(right or 0) + 1) % 10**6:06d}"
    said = filled(hall, key)
    answers = [phone.post("/v/cast", json={**said, "word": wrong}).json()["refused"] for _ in range(7)]
    assert answers[-1] == "HallWordGuessed"
    assert phone.post("/v/cast", json={**filled(hall, key, 1), "word": str(right)}).status_code == 200


def test_every_refusal_the_page_can_be_told_names_somebody_to_ask_or_something_to_do() -> None:
    """Nobody is stuck: each sentence tells to try again, to wait, to take the other card, or whom to ask."""
    said_by = {**of_polls.SENTENCES, **of_the_ballot.SENTENCES}
    ways = ("监票人", "重新填写", "再输", "自动", "换用", "请等", "请输入")
    for name in TOLD:
        said = said_by[name]
        text = "换用" if name == "CardOfAnotherSet" else getattr(said, "message", "")
        assert any(way in text for way in ways), name
    for text in BEFORE_CASTING.values():
        assert "监票人" in str(text)


def test_the_page_hash_covers_every_script_and_sheet(phone: TestClient) -> None:
    served = phone.get("/v?lang=zh-CN").text
    named = ("css/tokens.css", "css/public.css", "css/ballot.css", "js/ballot.js", "js/ballot_sealed.js")
    more = ("js/ballot_camera.js", "vendor/nacl-fast.min.js", "vendor/sealedbox.web.js", "vendor/sha256.min.js")
    for path in (*named, *more):
        assert f'"{static(path)}" integrity="{integrity(path)}"' in served
    assert f'data-integrity="{integrity("vendor/jsQR.js")}"' in served
    assert served.count("<script") == served.count("<script src=")
    assert served.count("integrity=") == len(named) + len(more) + 1
    assert served == page()


def test_the_page_hash_is_the_hash_of_what_a_phone_gets(phone: TestClient) -> None:
    assert page_hash() == sha256(phone.get("/v?lang=zh-CN").content).hexdigest()
    with speaking(ENGLISH):
        assert page_hash() == sha256(phone.get("/v?lang=zh-CN").content).hexdigest()


@pytest.mark.parametrize(
    ("path", "camera"),
    [("/v", "(self)"), ("/scrutineer/jz/polls", "(self)"), ("/", "()"), ("/sign-in", "()"), ("/staff/jz", "()")],
)
def test_only_the_ballot_page_and_the_scrutineers_pages_may_use_the_camera(
    phone: TestClient, path: str, camera: str
) -> None:
    answer = phone.get(path, follow_redirects=False)
    assert answer.headers.get_list("Permissions-Policy") == [
        f"camera={camera}, microphone=(), geolocation=(), interest-cohort=()"
    ]
