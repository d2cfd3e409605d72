"""Made-up polls for the tally, as the files hold them: small, so that ties and thresholds are hit often."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

SAMPLES = Path(__file__).parents[1] / "data" / "tally"

VOTE_PROFILE: Json = {
    "form": "per_item",
    "quota": 10,
    "max_for": "none",
    "quorum": {"fraction": "2/3", "operator": ">="},
    "pass": {"base": "all_delegates", "fraction": "1/2", "operator": ">"},
    "blank_item": "abstain",
    "tie_at_cut": "second_ballot",
    "shortfall": "close",
    "min_surplus_rate": "0.10",
    "allow_equal": False,
}

GRADE_PROFILE: Json = {
    "form": "grade",
    "options": [
        {"id": "satisfied", "score": "100"},
        {"id": "basic", "score": "60"},
        {"id": "unsatisfied", "score": "0"},
    ],
    "base": "all_delegates",
    "blank_item": "invalid",
    "quorum": {"fraction": "1/2", "operator": ">"},
    "grades": [
        {"grade": "satisfied", "of": ["satisfied"], "operator": ">=", "fraction": "1/2"},
        {"grade": "basic", "of": ["satisfied", "basic"], "operator": ">", "fraction": "1/2"},
        {"grade": "unsatisfied"},
    ],
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One poll: profile.json, poll.json, and the header and rows of ballots.csv."""

    profile: Json
    poll: Json
    header: list[str]
    rows: list[list[str]]

    def write(self, folder: Path) -> list[str]:
        """Writes the three files and returns the arguments that name them."""
        (folder / "profile.json").write_text(json.dumps(self.profile), encoding="utf-8")
        (folder / "poll.json").write_text(json.dumps(self.poll), encoding="utf-8")
        (folder / "ballots.csv").write_bytes(self.csv().encode())
        files = {"--profile": "profile.json", "--poll": "poll.json", "--ballots": "ballots.csv"}
        return [word for option, name in files.items() for word in (option, str(folder / name))]

    def csv(self) -> str:
        """The rows as a spreadsheet would write them."""
        text = io.StringIO()
        csv.writer(text).writerows([self.header, *self.rows])
        return text.getvalue()


_FRACTIONS = st.sampled_from(["1/2", "2/3", "3/5", "3/4", "1/3", "1", "0/1", "2/4"])
_OPERATORS = st.sampled_from([">", ">="])
_RATES = st.sampled_from(["0", "0.10", "0.3", "0.5", "1.25"])


@st.composite
def thresholds(draw: st.DrawFn) -> Json:
    return {"fraction": draw(_FRACTIONS), "operator": draw(_OPERATORS)}


@st.composite
def vote_profiles(draw: st.DrawFn, candidates: int) -> Json:
    quota = draw(st.one_of(st.none(), st.integers(1, candidates + 1)))
    bases = ["all_delegates", "attending", "returned", "valid_marks", "none"]
    return {
        "form": draw(st.sampled_from(["per_item", "choose"])),
        "quota": "open" if quota is None else quota,
        "max_for": draw(st.sampled_from(["none", "quota"])),
        "quorum": draw(thresholds()),
        "pass": {"base": draw(st.sampled_from(bases)), **draw(thresholds())},
        "blank_item": draw(st.sampled_from(["abstain", "invalid", "not_pressed"])),
        "tie_at_cut": draw(st.sampled_from(["second_ballot", "presidium_decides", "admit_all"])),
        "shortfall": draw(st.sampled_from(["close", "second_ballot", "standing_committee"])),
        "min_surplus_rate": draw(_RATES),
        "allow_equal": True if quota is not None and quota >= candidates else draw(st.booleans()),
    }


@st.composite
def grade_profiles(draw: st.DrawFn) -> Json:
    ids = draw(st.lists(st.sampled_from(["good", "fair", "poor", "bad"]), min_size=2, unique=True))
    conditions = st.fixed_dictionaries(
        {
            "grade": st.sampled_from(["A", "B", "C"]),
            "of": st.lists(st.sampled_from(ids), min_size=1, unique=True),
            "operator": _OPERATORS,
            "fraction": _FRACTIONS,
        }
    )
    scores = st.sampled_from(["100", "80", "60", "33.35", "0"])
    return {
        "form": "grade",
        "options": [{"id": id, "score": draw(scores)} for id in ids],
        "base": draw(st.sampled_from(["all_delegates", "attending", "returned", "valid_marks"])),
        "blank_item": draw(st.sampled_from(["invalid", "blank"])),
        "quorum": draw(thresholds()),
        "grades": [*draw(st.lists(conditions, max_size=3)), {"grade": "D"}],
    }


def marks_of(profile: Json) -> list[str]:
    if profile["form"] == "grade":
        return [*(option["id"] for option in profile["options"]), "", "?"]
    return ["x", "", "?"] if profile["form"] == "choose" else ["for", "against", "abstain", "", "?"]


@st.composite
def cases(draw: st.DrawFn, *, grade: bool | None = None) -> Case:
    candidates = draw(st.integers(1, 6))
    graded = draw(st.booleans()) if grade is None else grade
    profile = draw(grade_profiles()) if graded else draw(vote_profiles(candidates))
    ids = [f"{number}" for number in range(1, candidates + 1)]
    all_delegates = draw(st.integers(0, 14))
    attending = draw(st.integers(max(0, all_delegates - 5), all_delegates))
    issued = draw(st.integers(max(0, attending - 2), attending))
    header = draw(st.permutations(ids))
    # leaning to the first mark, so that items pass and lie close together
    mark = st.sampled_from([*marks_of(profile)[:1] * 3, *marks_of(profile)])
    rows = draw(st.lists(st.lists(mark, min_size=candidates, max_size=candidates), max_size=issued + 1))
    poll = {
        "title": "试",
        "items": [{"id": id, "name": f"项目{id}"} for id in ids],
        "all_delegates": all_delegates,
        "attending": attending,
        "issued": issued,
    }
    return Case(profile=profile, poll=poll, header=header, rows=rows)
