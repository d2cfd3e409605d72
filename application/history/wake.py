"""Tells everybody who follows the history that something new may be there."""

from threading import Condition


class Wake:
    """Like an event, but with a count instead of a flag, so that no listener can clear another's call."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._calls = 0

    @property
    def calls(self) -> int:
        """How often listeners were called so far."""
        return self._calls

    def set(self) -> None:
        """Calls all listeners."""
        with self._changed:
            self._calls += 1
            self._changed.notify_all()

    def wait(self, heard: int, timeout: float) -> int:
        """Waits, at most `timeout` seconds, for a call after the `heard` ones; returns the calls so far."""
        with self._changed:
            self._changed.wait_for(lambda: self._calls != heard, timeout)
            return self._calls
