"""Composes the letter of findings of a guidance visit; what it says is in `visit_letter`."""

from interfaces.documents.official_paper import body, flush, new_paper, saved, section, signature, subsection, title
from interfaces.documents.visit_letter import VisitLetter
from interfaces.documents.written import chinese_date, chinese_ordinal


def composed(made: VisitLetter) -> bytes:
    """The .docx: to whom, how the visit went, and each finding with the day by which it is to be answered."""
    words = f"关于{made.topic}的督导意见"
    issuer = f"{made.visitor}办公室"
    paper = new_paper(title=words, author=issuer, on=made.printed_on)
    title(paper, words)
    body(paper, "")
    flush(paper, f"{made.visited}：")
    members = f"督导组（{made.members}）" if made.members else "督导组"
    place = f"在{made.place}" if made.place else ""
    about = f"，重点了解{'、'.join(made.projects)}的情况" if made.projects else ""
    body(paper, f"{chinese_date(made.on)}，{members}{place}就{made.topic}进行督导{about}。现将有关情况和意见反馈如下。")
    section(paper, "一、总体情况")
    for line in _lines(made.report):
        body(paper, line)
    if made.findings:
        section(paper, "二、督导意见")
    for place_, finding in enumerate(made.findings, 1):
        heading = finding.project or "总体工作"
        subsection(paper, f"（{chinese_ordinal(place_) if place_ < 100 else place_}）{heading}")
        for line in _lines(finding.words):
            body(paper, line)
        body(paper, f"请于{chinese_date(finding.due_on)}前答复办理情况。")
        if finding.answer:
            first, *rest = _lines(finding.answer)
            body(paper, f"答复：{first}")
            for line in rest:
                body(paper, line)
    signature(paper, issuer, made.printed_on)
    return saved(paper)


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
