from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.files import Attached, FileType
from domain.shared import Invalid, Missing, NotFound, Year
from domain.supervision import note as notes
from domain.supervision.note import (
    NotAProblem,
    NoteCorrected,
    NoteHandedOver,
    NoteInWrongStage,
    NotePhotoErased,
    NoteSettled,
    NoteTaken,
    NoteWithdrawn,
    evolve,
)
from tests.support.given import given

TODAY = date(2026, 5, 20)
PHOTO = Attached(file=UUID(int=5), name="井盖.jpg", type=FileType.JPEG, size=1000, digest="0" * 64)
TAKEN = NoteTaken(
    congress=UUID(int=1),
    year=Year(2026),
    project=UUID(int=2),
    delegate=UUID(int=3),
    inspection=None,
    seen_on=TODAY,
    words="井盖没有复位",
    place="青山路 12 号院",
    is_problem=True,
    photos=(PHOTO,),
)
UNIT, DUTY = UUID(int=8), UUID(int=9)
HANDED = NoteHandedOver(duty=DUTY, unit=UNIT, unit_name="市住建局", on=TODAY)


def test_a_photo_alone_is_a_note_but_a_problem_needs_words() -> None:
    seen = replace(TAKEN, words="  ", is_problem=False)
    given(evolve=evolve).when(lambda _: notes.take_note(seen, TODAY)).then(replace(seen, words=""))
    given(evolve=evolve).when(lambda _: notes.take_note(replace(TAKEN, words=""), TODAY)).refused(Missing)
    bare = replace(TAKEN, words="", is_problem=False, photos=())
    given(evolve=evolve).when(lambda _: notes.take_note(bare, TODAY)).refused(Missing, fields=("words",))


def test_a_note_has_limits() -> None:
    for wrong, field in (
        (replace(TAKEN, words="字" * 2001), "words"),
        (replace(TAKEN, place="字" * 121), "place"),
        (replace(TAKEN, photos=(PHOTO,) * 10), "photos"),
        (replace(TAKEN, seen_on=date(2026, 5, 21)), "seen_on"),
    ):
        with pytest.raises(Invalid) as refused:
            notes.take_note(wrong, TODAY)
        assert refused.value.field == field


def test_a_delegate_puts_a_note_right_until_somebody_acts_on_it() -> None:
    right = NoteCorrected(words="两处井盖没有复位", place="青山路 12 号院", is_problem=True)
    situation = given(TAKEN, evolve=evolve)
    situation.when(
        lambda note: notes.correct_note(note, words="两处井盖没有复位", place="青山路 12 号院", is_problem=True)
    ).then(right)
    situation.when(lambda note: notes.correct_note(note, words=TAKEN.words, place=TAKEN.place, is_problem=True)).then()
    given(TAKEN, HANDED, evolve=evolve).when(
        lambda note: notes.correct_note(note, words="x", place="", is_problem=False)
    ).refused(NoteInWrongStage, stage="handed_over")
    situation.when(lambda note: notes.withdraw_note(note, "记错了项目")).then(NoteWithdrawn(reason="记错了项目"))
    given(TAKEN, HANDED, evolve=evolve).when(lambda note: notes.withdraw_note(note, "x")).refused(NoteInWrongStage)


def test_a_problem_is_handed_over_or_settled_once() -> None:
    def hand_over(note: notes.Note | None) -> NoteHandedOver:
        return notes.hand_over_note(note, duty=DUTY, unit=UNIT, unit_name="市住建局", on=TODAY)

    given(TAKEN, evolve=evolve).when(hand_over).then(HANDED)
    given(TAKEN, HANDED, evolve=evolve).when(hand_over).refused(NoteInWrongStage)
    given(replace(TAKEN, is_problem=False), evolve=evolve).when(hand_over).refused(NotAProblem)
    settled = NoteSettled(words="当场整改", on=TODAY)
    given(TAKEN, evolve=evolve).when(lambda note: notes.settle_note(note, "当场整改", TODAY)).then(settled)
    given(TAKEN, settled, evolve=evolve).when(hand_over).refused(NoteInWrongStage, stage="settled")


def test_a_photo_that_shows_somebody_is_erased_whatever_became_of_the_note() -> None:
    erased = NotePhotoErased(file=PHOTO.file, reason="照到了行人")
    given(TAKEN, HANDED, evolve=evolve).when(lambda note: notes.erase_photo(note, PHOTO.file, "照到了行人")).then(
        erased
    )
    given(TAKEN, erased, evolve=evolve).when(lambda note: notes.erase_photo(note, PHOTO.file, "再次")).refused(NotFound)
