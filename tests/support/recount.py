"""A second counter, written from the published format alone and differently from the product: slow, ballot by ballot.

It shares no code with domain.polls. `recount(profile, poll, header, rows)` takes the parsed JSON files and the
rows of ballots.csv as text and returns what outcome.json must hold.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

_LONG = Context(prec=60)

Json = dict[str, Any]


def recount(profile: Json, poll: Json, header: list[str], rows: list[list[str]]) -> Json:
    if len(rows) > poll["issued"]:
        return {"valid": False, "reason": "returned_exceeds_issued"}
    if not _enough(poll["attending"], poll["all_delegates"], profile["quorum"]):
        return {"valid": False, "reason": "quorum"}
    ballots = [dict(zip(header, row, strict=True)) for row in rows]
    head = {
        "valid": True,
        "reason": None,
        "all_delegates": poll["all_delegates"],
        "attending": poll["attending"],
        "issued": poll["issued"],
        "returned": len(rows),
        "not_returned": poll["issued"] - len(rows),
    }
    body = _evaluation if profile["form"] == "grade" else _vote
    return head | body(profile, poll, ballots)


def _enough(part: int, base: int, rule: Json) -> bool:
    top, _, bottom = rule["fraction"].partition("/")
    left, right = part * int(bottom or 1), int(top) * base
    return left > right if rule["operator"] == ">" else left >= right


def _places(top: int, bottom: int, places: int) -> str:
    exact = _LONG.divide(Decimal(top), Decimal(bottom))
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _vote(profile: Json, poll: Json, ballots: list[dict[str, str]]) -> Json:
    void, quota = 0, profile["quota"]
    tick = "x" if profile["form"] == "choose" else "for"
    names = ["for", "against", "abstain", "not_ticked", "not_pressed", "void"]
    found = {item["id"]: dict.fromkeys(names, 0) for item in poll["items"]}
    for ballot in ballots:
        limited = quota != "open" and (profile["form"] == "choose" or profile["max_for"] == "quota")
        whole = limited and sum(cell == tick for cell in ballot.values()) > quota
        void += whole
        for id, cell in ballot.items():
            found[id]["void" if whole else _column(profile, cell)] += 1
    items = [_voted(profile, poll, item, found[item["id"]], len(ballots)) for item in poll["items"]]
    for item in items:
        item["rank"] = 1 + len({other["for"] for other in items if other["for"] > item["for"]})
    return {"void_ballots": void, "surplus_rate": _surplus(profile, poll), **_result(profile, items)}


def _column(profile: Json, cell: str) -> str:
    if cell == "?":
        return "void"
    if profile["form"] == "choose":
        return {"x": "for", "": "not_ticked"}[cell]
    if cell:
        return cell
    return {"abstain": "abstain", "invalid": "void", "not_pressed": "not_pressed"}[profile["blank_item"]]


def _voted(profile: Json, poll: Json, item: Json, marks: dict[str, int], returned: int) -> Json:
    base = {
        "all_delegates": poll["all_delegates"],
        "attending": poll["attending"],
        "returned": returned,
        "valid_marks": returned - marks["void"] - marks["not_pressed"],
        "none": None,
    }[profile["pass"]["base"]]
    needed = None
    if base is not None:
        needed = 1
        while not _enough(needed, base, profile["pass"]):
            needed += 1
    passed = marks["for"] >= 1 and (base is None or _enough(marks["for"], base, profile["pass"]))
    return {
        "id": item["id"],
        "name": item["name"],
        **marks,
        "base": base,
        "needed": needed,
        "passed": passed,
        "rank": 0,
        "adopted": False,
    }


def _surplus(profile: Json, poll: Json) -> str | None:
    if profile["quota"] == "open":
        return None
    return _places(len(poll["items"]) - profile["quota"], profile["quota"], 4)


def _result(profile: Json, items: list[Json]) -> Json:
    order = sorted(range(len(items)), key=lambda at: (-items[at]["for"], at))
    winners = [items[at] for at in order if items[at]["passed"]]
    losers = [items[at] for at in order if not items[at]["passed"]]
    places, again, decision = 0, None, None
    if profile["quota"] != "open":
        places = max(0, profile["quota"] - len(winners))
        while len(winners) > profile["quota"]:
            worst = min(item["for"] for item in winners)
            tied = [item for item in winners if item["for"] == worst]
            rest = [item for item in winners if item["for"] != worst]
            if len(rest) >= profile["quota"]:
                winners = rest
                continue
            if profile["tie_at_cut"] == "admit_all":
                break
            winners = rest
            among = {"items": [item["id"] for item in tied], "places": profile["quota"] - len(rest)}
            if profile["tie_at_cut"] == "second_ballot":
                again = {"reason": "tie", **among}
            else:
                decision = {"by": "presidium", **among}
            break
    if places and losers:
        among = {"items": [item["id"] for item in losers], "places": places}
        if profile["shortfall"] == "standing_committee":
            decision = {"by": "standing_committee", **among}
        if profile["shortfall"] == "second_ballot":
            among["items"] = [item["id"] for item in _for_second_ballot(profile, losers, places)]
            again = {"reason": "shortfall", **among}
    for item in winners:
        item["adopted"] = True
    return {
        "items": items,
        "adopted": [item["id"] for item in winners],
        "open_places": places,
        "second_ballot": again,
        "decision": decision,
        "warnings": _warnings(profile, items),
    }


def _for_second_ballot(profile: Json, losers: list[Json], places: int) -> list[Json]:
    more = Decimal(profile["min_surplus_rate"]) * places
    wanted = places + max(1, int(more) + (more != int(more)))
    chosen = list(losers[:wanted])
    for item in losers[wanted:]:
        if item["for"] == chosen[-1]["for"]:
            chosen.append(item)
    return chosen


def _warnings(profile: Json, items: list[Json]) -> list[str]:
    if profile["quota"] == "open":
        return []
    more = len(items) - profile["quota"]
    if more <= 0:
        return ["equal_election"]
    return ["surplus_below_minimum"] if more < Decimal(profile["min_surplus_rate"]) * profile["quota"] else []


def _evaluation(profile: Json, poll: Json, ballots: list[dict[str, str]]) -> Json:
    items = [_graded(profile, poll, item, [ballot[item["id"]] for ballot in ballots]) for item in poll["items"]]
    exact = [item.pop("exact") for item in items]
    for item, mine in zip(items, exact, strict=True):
        better = {theirs for theirs in exact if mine is not None and theirs is not None and theirs > mine}
        item["rank"] = None if mine is None else 1 + len(better)
    return {"items": items}


def _graded(profile: Json, poll: Json, item: Json, cells: list[str]) -> Json:
    ids = [option["id"] for option in profile["options"]]
    counts = {id: cells.count(id) for id in ids}
    void, blank, valid = cells.count("?"), cells.count(""), sum(counts.values())
    if profile["blank_item"] == "invalid":
        void, blank = void + blank, 0
    base = {
        "all_delegates": poll["all_delegates"],
        "attending": poll["attending"],
        "returned": len(cells),
        "valid_marks": valid,
    }[profile["base"]]
    points = sum((Decimal(option["score"]) * counts[option["id"]] for option in profile["options"]), Decimal(0))
    mean = _LONG.divide(points, Decimal(valid)) if valid else None
    upto = {id: sum(counts[other] for other in ids[: at + 1]) for at, id in enumerate(ids)}
    return {
        "id": item["id"],
        "name": item["name"],
        "counts": counts,
        "blank": blank,
        "void": void,
        "valid_marks": valid,
        "base": base,
        "rates": {id: _places(counts[id], valid, 4) for id in ids} if valid else None,
        "cumulative_rates": {id: _places(upto[id], valid, 4) for id in ids} if valid else None,
        "score": str(mean.quantize(Decimal("0.01"), ROUND_HALF_UP)) if mean is not None else None,
        "grade": _grade(profile, counts, base) if valid else None,
        "exact": mean,
    }


def _grade(profile: Json, counts: dict[str, int], base: int) -> str:
    for rule in profile["grades"]:
        if "of" not in rule or _enough(sum(counts[id] for id in rule["of"]), base, rule):
            return str(rule["grade"])
    raise AssertionError
