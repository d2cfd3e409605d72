"""Signing in through a provider of identities: the way that works, and every way that must not."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from joserfc.jwk import ECKey

from application.accounts import disable_account
from application.private import identities
from application.signing_in import create_administrator
from domain.accounts import login as logins
from domain.accounts.permissions import Grant, Role
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from interfaces.web.app import create_app
from tests.support import visitors
from tests.support.identity_provider import CLIENT, SECRET, IdentityProvider, providing
from tests.support.stores import Clock, by, granted
from tests.support.visitors import Page, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

BACK = "https://rd.example.cn/sign-in/identity/back"
PASSWORD = "three short words"


@pytest.fixture
def provider(clock: Clock) -> Iterator[IdentityProvider]:
    with providing(clock) as provides:
        yield provides


@pytest.fixture
def claim() -> str:
    return "sub"


@pytest.fixture
def house(database_url: str, tmp_path: Path, clock: Clock, provider: IdentityProvider, claim: str) -> Iterator[House]:
    """An installation where people may come from the provider."""
    settings = Settings(
        data=tmp_path,
        database_url=database_url,
        public_url="https://rd.example.cn",
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_name="政务统一认证",
        oidc_claim=claim,
    )
    opened = open_house(settings, clock)
    yield opened
    opened.close()


@pytest.fixture
def wang(house: House) -> UUID:
    """An administrator, linked to the person the provider calls u-1001."""
    made = create_administrator(house.office, house.private, "first", login="wangmin", name="王敏", password=PASSWORD)
    identities.link(house.private, made, house.settings.oidc_issuer, "u-1001")
    return made


Goes = Callable[..., Page]


@pytest.fixture
def goes(visitor: Visitor, provider: IdentityProvider) -> Goes:
    """Presses the button, signs in at the provider, and comes back; `lose` changes what is brought back."""

    def there_and_back(path: str = "/sign-in/identity", **changed: str) -> Page:
        return bring(visitor, led_back(visitor, provider, path), **changed)

    return there_and_back


def led_back(visitor: Visitor, provider: IdentityProvider, path: str = "/sign-in/identity") -> dict[str, str]:
    """What the provider lets the browser bring back."""
    answer = visitor.client.get(path, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    where = urlsplit(answer.headers["location"])
    assert f"{where.scheme}://{where.netloc}" == provider.issuer
    asked = {name: values[0] for name, values in parse_qs(where.query).items()}
    assert asked["redirect_uri"] == BACK
    back = urlsplit(provider.authorize(asked))
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def bring(visitor: Visitor, brought: dict[str, str], **changed: str) -> Page:
    response = visitor.client.get("/sign-in/identity/back", params={**brought, **changed})
    return Page(
        path=response.url.raw_path.decode(),
        status=response.status_code,
        text=response.text,
        headers=dict(response.headers),
        content=response.content,
    )


def refused(page: Page, why: str = "") -> bool:
    return page.status == 403 and len(page.errors) == 1 and why in page.errors[0]


def test_the_button_is_there_where_a_provider_is_configured(visitor: Visitor, wang: UUID) -> None:
    page = visitor.open("/sign-in?next=/staff/accounts")
    assert "用政务统一认证登录" in page.words
    assert "/sign-in/identity?next=/staff/accounts" in page.links()


def test_who_is_linked_comes_in_and_gets_to_the_page_that_was_asked_for(
    goes: Goes, visitor: Visitor, wang: UUID
) -> None:
    assert goes("/sign-in/identity?next=/staff/accounts").path == "/staff/accounts"
    assert visitor.open("/account").words.count("政务统一认证") == 1


def test_who_is_not_linked_stays_outside_and_no_account_is_made(goes: Goes, house: House, wang: UUID) -> None:
    identities.unlink(house.private, wang)
    before = house.history.last_position()
    page = goes()
    assert refused(page, "还没有关联本系统的账号")
    assert page.heading == "登录"
    assert house.history.last_position() == before


def test_the_link_holds_for_its_issuer_only(goes: Goes, house: House, wang: UUID) -> None:
    identities.link(house.private, wang, "https://other.example.cn", "u-1001")
    assert refused(goes(), "还没有关联")


def test_a_disabled_account_stays_outside(goes: Goes, house: House, wang: UUID) -> None:
    disable_account(house.office, house.private, by(granted(Role.ADMINISTRATOR)), wang, "调离")
    assert refused(goes(), "还没有关联")


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "another client"}, "aud"),
        ({"aud": None}, "aud"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "azp"),
        ({"iss": "https://evil.example"}, "iss"),
        ({"exp": 1_700_000_000}, "exp"),
        ({"iat": 4_000_000_000}, "iat"),
        ({"sub": None}, "sub"),
        ({"sub": 7}, "sub"),
    ],
)
def test_a_token_that_is_not_meant_for_this_moment_and_place_proves_nothing(
    claims: dict[str, Any], why: str, goes: Goes, provider: IdentityProvider, wang: UUID
) -> None:
    provider.extra = claims
    assert refused(goes(), f"（{why}）")


def test_clocks_may_differ_by_two_minutes(goes: Goes, provider: IdentityProvider, wang: UUID, clock: Clock) -> None:
    now = int(clock().timestamp())
    provider.extra = {"exp": now - 90, "iat": now + 90}
    assert goes().path == "/staff/congresses"
    provider.extra = {"exp": now - 150}
    assert refused(goes(), "exp")


def test_a_key_nobody_published_signs_nothing(goes: Goes, provider: IdentityProvider, wang: UUID) -> None:
    provider.signs_with = ECKey.generate_key("P-256", auto_kid=True)
    assert refused(goes(), "signature")


def test_an_unsigned_token_proves_nothing(goes: Goes, provider: IdentityProvider, wang: UUID) -> None:
    provider.algorithm = "none"
    assert refused(goes(), "signature")


def test_the_provider_may_change_its_keys_at_any_time(
    goes: Goes, provider: IdentityProvider, wang: UUID, clock: Clock
) -> None:
    assert goes().status == 200
    provider.rotate()
    clock.forward(seconds=31)
    assert goes().status == 200
    assert provider.asked.count("/keys") == 2


def test_unknown_keys_are_looked_for_every_half_minute_only(goes: Goes, provider: IdentityProvider, wang: UUID) -> None:
    provider.signs_with = ECKey.generate_key("P-256", auto_kid=True)
    for _ in range(3):
        goes()
    assert provider.asked.count("/keys") == 1


def test_an_answer_is_taken_once(visitor: Visitor, provider: IdentityProvider, wang: UUID) -> None:
    brought = led_back(visitor, provider)
    assert bring(visitor, brought).status == 200
    assert refused(bring(visitor, brought), "已经用过")


def test_an_answer_that_another_browser_began_signs_nobody_in(
    visitor: Visitor, provider: IdentityProvider, wang: UUID, house: House
) -> None:
    attacker = visitors.visitor(visitor.client.app)  # type: ignore[arg-type]  # the site, as the fixture gave it
    brought = led_back(attacker, provider)
    assert refused(bring(visitor, brought), "不是从这个浏览器开始的")
    assert visitor.open("/account").path.startswith("/sign-in")


def test_an_answer_waits_ten_minutes(visitor: Visitor, provider: IdentityProvider, wang: UUID, clock: Clock) -> None:
    brought = led_back(visitor, provider)
    clock.forward(minutes=10)
    assert refused(bring(visitor, brought), "隔得太久")


@pytest.mark.parametrize("changed", [{"state": "made up"}, {"state": ""}])
def test_a_state_that_was_never_given_is_refused(changed: dict[str, str], goes: Goes, wang: UUID) -> None:
    assert refused(goes(**changed), "请重新点按钮登录")


def test_an_answer_of_another_issuer_is_refused(goes: Goes, wang: UUID) -> None:
    assert refused(goes(iss="https://evil.example"), "（iss）")


def test_a_code_that_was_made_up_is_refused(goes: Goes, wang: UUID) -> None:
    assert refused(goes(code="made up"), "（code）")


def test_a_code_of_somebody_elses_step_is_refused(visitor: Visitor, provider: IdentityProvider, wang: UUID) -> None:
    stolen = led_back(visitors.visitor(visitor.client.app), provider)["code"]  # type: ignore[arg-type]  # as above
    assert refused(bring(visitor, led_back(visitor, provider), code=stolen), "（code）")


def test_who_cancels_is_told_so(visitor: Visitor, provider: IdentityProvider, wang: UUID) -> None:
    brought = led_back(visitor, provider)
    page = bring(visitor, {"state": brought["state"], "error": "access_denied"})
    assert refused(page, "没有完成")


def test_a_provider_that_does_not_answer_is_said_and_the_password_still_works(
    visitor: Visitor, provider: IdentityProvider, wang: UUID
) -> None:
    provider.lying = True
    page = visitor.open("/sign-in/identity")
    assert page.status == 503
    assert page.errors == ["统一认证系统现在没有正常答复。请过一会儿再试，或者用登录名和密码登录。"]
    assert visitor.send("/sign-in", login="wangmin", password=PASSWORD).path == "/staff/congresses"


def test_a_provider_that_calls_itself_otherwise_is_not_used(
    visitor: Visitor, provider: IdentityProvider, wang: UUID
) -> None:
    provider.named = "https://evil.example"
    assert visitor.open("/sign-in/identity").status == 503


def test_after_the_provider_nothing_leads_elsewhere(visitor: Visitor, provider: IdentityProvider, wang: UUID) -> None:
    brought = led_back(visitor, provider, "/sign-in/identity?next=https://evil.example/staff")
    assert bring(visitor, brought).path == "/staff/congresses"


def test_the_own_sign_out_is_local(goes: Goes, visitor: Visitor, wang: UUID) -> None:
    goes()
    visitor.open("/account")
    assert visitor.send("/account/sign-out").said == "您已退出登录。"


@pytest.mark.parametrize("claim", ["employee"], indirect=False)
def test_another_claim_may_hold_the_sign_in_name(
    claim: str, goes: Goes, house: House, provider: IdentityProvider, wang: UUID
) -> None:
    identities.unlink(house.private, wang)
    provider.extra = {"employee": "WangMin"}
    assert goes().path == "/staff/congresses"
    provider.extra = {"employee": "nobody"}
    assert refused(goes(), "还没有关联")
    provider.extra = {}
    assert refused(goes(), "（employee）")
    assert house.office.state_of(logins.login_stream("nobody"), logins.evolve_login) is None


def test_accounts_are_linked_and_unlinked_by_an_administrator(house: House, goes: Goes, wang: UUID) -> None:
    site = create_app(house)
    chief = visitors.account(house, Grant(role=Role.ADMINISTRATOR, congress=None), name="钱总管")
    li = visitors.account(house, Grant(role=Role.ADMINISTRATOR, congress=None), name="李红")
    at = f"/staff/accounts/{li}"
    administrator = visitors.sign_in(house, visitors.visitor(site), chief)
    administrator.open(at)
    assert administrator.send(f"{at}/link", subject="u-1001").errors == ["这个统一认证身份已经关联了另一个账号。"]
    administrator.open(at)
    assert administrator.send(f"{at}/link", subject="").errors == ["身份标识：请填写。"]
    administrator.open(at)
    page = administrator.send(f"{at}/link", subject="u-2002")
    assert page.said == "李红今后可以用统一认证登录。"
    assert "u-2002" in page.words
    assert "u-2002" not in repr(house.history.select(0, 1000))
    assert administrator.send(f"{at}/unlink").said == "李红的统一认证关联已解除。"
    assert identities.account_of(house.private, house.settings.oidc_issuer, "u-2002") is None
