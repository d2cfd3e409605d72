"""The way in: pictures of ballot papers become values. The libraries it takes are loaded when it is called."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.polls.ballot_form import BallotForm
from domain.shared import Refused
from interfaces.scanning.result import ScanResult


@dataclass(eq=False)
class ScanningNotInstalled(Refused):
    """The extra `omr` is not there; papers are entered by people, and everything else works."""


def scanning_is_installed() -> bool:
    """Whether papers can be read here."""
    try:
        _load()
    except ScanningNotInstalled:
        return False
    return True


def read_sheets(files: Iterable[tuple[str, bytes]], form: BallotForm) -> ScanResult:
    """Reads the papers of one form from pictures (name and content: JPEG, PNG, PDF).

    Pages of a paper of several pages follow one another, within a file or from file to file in the order given. What
    else pictures carry (time, place, camera) is never looked at. Raises ScanningNotInstalled, and Invalid for a
    form that no paper can hold.
    """
    _load()
    from interfaces.scanning.pile import read_pile  # noqa: PLC0415 - needs the libraries of the extra

    return read_pile(files, form)


def _load() -> None:
    try:
        import cv2  # noqa: F401, PLC0415 - whether they are there is what is asked
        import numpy as np  # noqa: F401, PLC0415
        import pypdfium2  # noqa: F401, PLC0415
        import zxingcpp  # noqa: F401, PLC0415
    except ImportError:
        raise ScanningNotInstalled from None
