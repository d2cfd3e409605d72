"""The hall and the people of the polls' own tests."""

from tests.interfaces.web.polls.conftest import PASSWORD, counted, hall, login, opened, settled, signs_in, staff

__all__ = ["PASSWORD", "counted", "hall", "login", "opened", "settled", "signs_in", "staff"]
