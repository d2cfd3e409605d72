"""The chapter of the book on pre-reading and deliberation: materials, reminders, remarks, questions, answers."""

from typing import Final

from domain.congress.materials import (
    MaterialRead,
    MaterialReplaced,
    MaterialSent,
    MaterialWithdrawn,
    ReadersReminded,
)
from domain.projects.remark import (
    AnswerAccepted,
    AnswerSentBack,
    QuestionAsked,
    RemarkAnswered,
    RemarkAssigned,
    RemarkCorrected,
    RemarkRecorded,
    RemarksClosed,
    RemarksReopened,
    RemarkTakenBack,
)

CHAPTER: Final[tuple[tuple[str, int, type], ...]] = (
    ("congress.material-sent", 1, MaterialSent),
    ("congress.material-replaced", 1, MaterialReplaced),
    ("congress.material-withdrawn", 1, MaterialWithdrawn),
    ("congress.material-read", 1, MaterialRead),
    ("congress.readers-reminded", 1, ReadersReminded),
    ("projects.remark-recorded", 1, RemarkRecorded),
    ("projects.question-asked", 1, QuestionAsked),
    ("projects.remark-corrected", 1, RemarkCorrected),
    ("projects.remark-taken-back", 1, RemarkTakenBack),
    ("projects.remark-assigned", 1, RemarkAssigned),
    ("projects.remark-answered", 1, RemarkAnswered),
    ("projects.answer-sent-back", 1, AnswerSentBack),
    ("projects.answer-accepted", 1, AnswerAccepted),
    ("projects.remarks-closed", 1, RemarksClosed),
    ("projects.remarks-reopened", 1, RemarksReopened),
)
