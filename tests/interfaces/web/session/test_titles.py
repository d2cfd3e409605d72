"""What a session is called."""

import pytest

from interfaces.web.session.views import title_of


@pytest.mark.parametrize(
    ("name", "term", "number", "title"),
    [
        ("青城市人民代表大会", 16, 5, "青城市第十六届人民代表大会第五次会议"),
        ("南店街道居民议事会", 3, 12, "南店街道居民议事会第三届第十二次会议"),
    ],
)
def test_a_title_follows_the_name_of_its_body(name: str, term: int, number: int, title: str) -> None:
    assert title_of(name, term, number) == title
