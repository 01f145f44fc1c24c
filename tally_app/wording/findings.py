"""Findings as sentences: one function a code, from facts to what is read on the screen and on paper."""

from collections.abc import Callable, Mapping
from typing import Any

from tally_app.checks.finding import Finding, Place
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped, listed

Facts = Mapping[str, Any]
_Writer = Callable[[Names, Finding, Facts], str]


def sentence(names: Names, finding: Finding) -> str:
    """Say what does not fit, with the numbers."""
    return _SENTENCES[finding.code](names, finding, finding.facts)


def advice(finding: Finding) -> str:
    """Say what to do about it."""
    return _ADVICE[finding.code]


def capital(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def _e101(names: Names, _: Finding, facts: Facts) -> str:
    missing = listed([names.column(key) for key in facts["columns"]])
    text = f"Not entered: {missing}."
    if facts["cast"] is not None and facts["columns"] != ["cast"]:
        text += f" The row must add up to {grouped(facts['cast'])} ({grouped(facts['sum'])} so far)."
    return text


def _e102(_: Names, __: Finding, facts: Facts) -> str:
    return (
        f"Party votes add up to {grouped(facts['sum'])}; the form says {grouped(facts['valid'])} valid votes"
        f" ({_by(facts['difference'])})."
    )


def _e103(_: Names, __: Finding, facts: Facts) -> str:
    return (
        f"Valid and invalid add up to {grouped(facts['sum'])}; ballots cast are {grouped(facts['cast'])}"
        f" ({_by(facts['difference'])})."
    )


def _e104(_: Names, __: Finding, facts: Facts) -> str:
    return (
        f"{grouped(facts['cast'])} ballots cast by {grouped(facts['registered'])} registered voters"
        f" ({_by(facts['difference'])})."
    )


def _e105(names: Names, finding: Finding, facts: Facts) -> str:
    party = names.party(finding.place.party or "")
    return f"{counted(facts['votes'], 'vote', 'votes')} for {party}, which does not stand in this region."


def _e106(names: Names, finding: Finding, facts: Facts) -> str:
    first, second = (_entered(facts[which]) for which in ("first", "second"))
    return f"The first entry has {first} for {names.column(finding.place.column or '')}, the second {second}."


def _w107(_: Names, __: Finding, facts: Facts) -> str:
    if facts["cast"] == 0:
        return "No ballots were cast in this unit."
    return "Every party has 0 votes in this unit."


def _n108(_: Names, __: Finding, facts: Facts) -> str:
    return (
        f"{grouped(facts['invalid'])} of {counted(facts['of'], 'ballot', 'ballots')} are invalid:"
        f" {facts['percent']} %, where {facts['limit']} % is remarkable."
    )


def _n109(_: Names, __: Finding, facts: Facts) -> str:
    text = f"{grouped(facts['empty'])} of {counted(facts['units'], 'unit', 'units')} still empty"
    if facts["registered"] is not None:
        registered = grouped(facts["registered"])
        return f"{text}: {registered} registered voters, so at most {registered} more ballots."
    return f"{text}; how many ballots they can bring is not known."


def _e201(names: Names, finding: Finding, facts: Facts) -> str:
    return _total(names, finding, facts, "the units add up to" if finding.place.unit is None else "its form says")


def _e202(names: Names, finding: Finding, facts: Facts) -> str:
    return _total(names, finding, facts, "the regions add up to")


def _total(names: Names, finding: Finding, facts: Facts, adds_up: str) -> str:
    figure = "votes" if finding.place.party else names.figure(finding.place.column or "")
    difference = facts["difference"]
    word = "fewer" if difference > 0 else "more"
    source = capital(names.source(facts["source"]))
    total = grouped(facts["sum"])
    return (
        f"{source} states {grouped(facts['stated'])} {figure}; {adds_up} {total} ({grouped(abs(difference))} {word})."
    )


def _e203(names: Names, _: Finding, facts: Facts) -> str:
    source = capital(names.source(facts["source"]))
    return f"{source} states {counted(facts['stated'], 'seat', 'seats')}; the votes give {grouped(facts['seats'])}."


def _e204(names: Names, _: Finding, facts: Facts) -> str:
    limit = facts[facts["limit"]]
    source, limit_source = names.source(facts["source"]), names.source(facts["limit_source"])
    return (
        f"Party totals of {source} add up to {grouped(facts['sum'])}, more than the {grouped(limit)}"
        f" {names.figure(facts['limit'])} ({limit_source})."
    )


def _e205(names: Names, _: Finding, facts: Facts) -> str:
    total = facts["valid"] + facts["invalid"]
    difference = facts["difference"]
    source = capital(names.source(facts["source"]))
    text = (
        f"{source} states {grouped(facts['cast'])} ballots cast; valid and invalid add up to {grouped(total)}"
        f" ({grouped(abs(difference))} {'unaccounted for' if difference > 0 else 'too many'})."
    )
    if facts["invalid_units"] < facts["units"]:
        text += (
            f" Invalid ballots are known for {facts['invalid_units']} of {counted(facts['units'], 'unit', 'units')}."
        )
    return text


def _w206(names: Names, _: Finding, facts: Facts) -> str:
    source = capital(names.source(facts["source"]))
    text = (
        f"{source} states {facts['stated']} %; {grouped(facts['votes'])} of {grouped(facts['valid'])}"
        f" valid votes are {facts['computed']} %"
    )
    if facts["of_stated"] not in (None, facts["computed"]):
        text += f" ({facts['of_stated']} % by its own totals)"
    if facts["base"] not in (None, "valid"):
        text += f"; it fits as a percentage of {names.figure(facts['base'])}"
    return text + "."


def _w207(names: Names, _: Finding, facts: Facts) -> str:
    figure = names.figure(facts["figure"])
    unit = " %" if facts["figure"] in ("share", "turnout") else ""
    one = f"{capital(names.source(facts['source']))} states {_printed(facts['stated'])}{unit}"
    return f"{one}, {names.source(facts['other_source'])} {_printed(facts['other'])}{unit} for the same {figure}."


def _w208(names: Names, _: Finding, facts: Facts) -> str:
    source = capital(names.source(facts["source"]))
    return (
        f"{source} states a turnout of {facts['stated']} %; {grouped(facts['cast'])} ballots of"
        f" {grouped(facts['registered'])} registered voters are {facts['computed']} %."
    )


def _w209(names: Names, _: Finding, facts: Facts) -> str:
    regions = listed([names.region(key) for key in facts["regions"]])
    figure = capital(names.figure(facts["figure"]))
    by = f" by {names.source(facts['source'])}" if facts["source"] else ""
    verb = "is" if facts["figure"] in ("share", "turnout") else "are"
    only = f"for {len(facts['regions'])} of {facts['of']} regions only"
    return f"{figure} {verb} stated{by} {only}: {regions}."


def _w210(names: Names, _: Finding, facts: Facts) -> str:
    source = capital(names.source(facts["source"]))
    return (
        f"{source} states a majority of {grouped(facts['stated'])}; {grouped(facts['stated'])} of"
        f" {grouped(facts['seats'])} {'is not one' if facts['stated'] < facts['needed'] else 'is more than it takes'}:"
        f" it takes {grouped(facts['needed'])} ({grouped(facts['needed_of_elected'])} of the"
        f" {grouped(facts['elected'])} elected)."
    )


def _e301(_: Names, __: Finding, facts: Facts) -> str:
    if facts["what"] == "elected":
        return f"The regions have {grouped(facts['sum'])} seats; {grouped(facts['stated'])} are to be elected."
    return f"Elected and appointed seats make {grouped(facts['sum'])}; the chamber has {grouped(facts['stated'])}."


def _e302(names: Names, _: Finding, facts: Facts) -> str:
    if facts["what"] == "province":
        regions = [names.region(key) for key in facts["regions"]]
        where = f"is in {len(regions)} regions: {listed(regions)}" if regions else "is in no region"
        return f"{facts['name']} {where}."
    what = {"ballot": "Ballot number", "party": "Party name", "region": "Region name", "unit": "Unit name"}[
        facts["what"]
    ]
    return f"{what} {facts['name']} is used {facts['times']} times."


def _w303(names: Names, finding: Finding, facts: Facts) -> str:
    party = names.party(finding.place.party or "")
    if facts["what"] == "constituencies":
        regions = counted(facts["declared"], "constituency", "constituencies")
        return f"{party} is declared in {regions}; it stands in {grouped(facts['stands'])}."
    seats = counted(facts["declared"], "seat", "seats")
    return f"{party} is declared to contest {seats}; where it stands it can contest {grouped(facts['stands'])}."


def _e401(_: Names, __: Finding, facts: Facts) -> str:
    seats = counted(facts["seats"], "seat", "seats")
    tied = f"{listed(facts['parties'])} are tied for {seats}"
    return f"{tied}; a lot must be drawn." if facts["counted"] else f"{tied} so far; votes are still to come."


def _e402(_: Names, __: Finding, facts: Facts) -> str:
    seats, unfilled = counted(facts["seats"], "seat", "seats"), counted(facts["unfilled"], "seat", "seats")
    reasons = {
        "no-votes": f"{unfilled} cannot be filled: no list has votes.",
        "no-eligible-list": f"{unfilled} cannot be filled: no list reaches the threshold.",
        "lists-exhausted": f"{unfilled} cannot be filled: no list has a candidate left.",
        "minimum-over-seats": f"The lists' minimum seats are more than the {seats} there are; nothing is allocated.",
        "over-award": f"The quota gives {grouped(facts['given'])} seats where there are {grouped(facts['seats'])}.",
        "too-many-outcomes": f"The ties have too many outcomes to be followed; {unfilled} cannot be filled.",
    }
    return reasons[str(facts["reason"])]


def _n403(names: Names, _: Finding, facts: Facts) -> str:
    votes, gains, loses = facts["votes"], facts["gains"], facts["loses"]
    number = grouped(votes)
    if gains is not None and loses is not None:
        how = f"{number} moved from {names.column(loses)} to {names.column(gains)} would move a seat"
    elif gains is not None:
        how = f"{number} more for {names.column(gains)} would move a seat"
    else:
        how = f"{number} fewer for {names.column(loses)} would move a seat"
    text = f"The last seat hangs on {counted(votes, 'vote', 'votes')} of {grouped(facts['valid'])}: {how}."
    return f"{text} That is close." if facts["close"] else text


def _n404(_: Names, finding: Finding, facts: Facts) -> str:
    difference = f"The difference of {grouped(facts['size'])} ({facts['code']})"
    votes = counted(facts["votes"], "vote", "votes")
    where = " in the closest region" if finding.place.region is None else ""
    if facts["could"]:
        return f"{difference} could change a seat: {votes} can{where}."
    return f"{difference} cannot change a seat by itself: that takes {votes}{where}."


def _w405(_: Names, __: Finding, facts: Facts) -> str:
    seats = counted(facts["seats"], "seat", "seats")
    return f"A lot is recorded for a tie of {listed(facts['parties'])} for {seats}, and there is no such tie now."


def _w501(names: Names, _: Finding, facts: Facts) -> str:
    (one, other), (expected, beside) = facts["values"], facts["expected"]
    column, neighbour = names.column(facts["column"]), names.column(facts["neighbour"])
    return (
        f"{column} {grouped(one)} and {neighbour} {grouped(other)} look swapped: by the shares of"
        f" {counted(facts['units'], 'other unit', 'other units')} they would be about {grouped(expected)} and"
        f" {grouped(beside)}."
    )


def _w502(names: Names, _: Finding, facts: Facts) -> str:
    if facts["with"] == "unit":
        more = facts["others"] - 1
        also = f", and as that of {counted(more, 'more unit', 'more units')}" if more else ""
        return f"The row is the same as that of {names.place(Place(facts['other_region'], facts['other_unit']))}{also}."
    where = "an earlier import" if facts["with"] == "import" else "training data"
    return f"The row is the same as one of {where}: {facts['label']}."


def _w503(_: Names, __: Finding, facts: Facts) -> str:
    return (
        f"Turnout is {facts['turnout']} %, at the last election {facts['last']} %:"
        f" more than {facts['points']} points apart."
    )


def _entered(figure: int | None) -> str:
    return "nothing" if figure is None else grouped(figure)


def _by(difference: int) -> str:
    return f"{grouped(abs(difference))} too {'many' if difference > 0 else 'few'}"


def _printed(value: str) -> str:
    return grouped(int(value)) if value.isdigit() else value


_SENTENCES: Mapping[str, _Writer] = {
    "E101": _e101,
    "E102": _e102,
    "E103": _e103,
    "E104": _e104,
    "E105": _e105,
    "E106": _e106,
    "W107": _w107,
    "N108": _n108,
    "N109": _n109,
    "E201": _e201,
    "E202": _e202,
    "E203": _e203,
    "E204": _e204,
    "E205": _e205,
    "W206": _w206,
    "W207": _w207,
    "W208": _w208,
    "W209": _w209,
    "W210": _w210,
    "E301": _e301,
    "E302": _e302,
    "W303": _w303,
    "E401": _e401,
    "E402": _e402,
    "N403": _n403,
    "N404": _n404,
    "W405": _w405,
    "W501": _w501,
    "W502": _w502,
    "W503": _w503,
}

_ADVICE: Mapping[str, str] = {
    "E101": "Type the missing figure, or 0 if the form says none.",
    "E102": "Read the form's votes and its valid votes again.",
    "E103": "Read the form's votes, invalid and cast ballots again.",
    "E104": "Read both figures on the form again.",
    "E105": "Check the party's column and the region.",
    "E106": "Read this figure on the paper, and settle it.",
    "W107": "Make sure that this is what the form says.",
    "N108": "Read the invalid ballots on the form again.",
    "N109": "Wait for the forms, or look for the missing ones.",
    "E201": "Compare the units with their forms.",
    "E202": "Compare the regions with their sheets.",
    "E203": "Check the votes, then the source’s rule.",
    "E204": "At least one of these figures is wrong.",
    "E205": "Look for ballots that no region reports.",
    "W206": "Compare the votes behind the percentage.",
    "W207": "Ask which source is right; keep both.",
    "W208": "Compare both figures with the paper.",
    "W209": "Ask for the regions that are missing.",
    "W210": "Do not take the stated majority over.",
    "E301": "Correct the election's definition.",
    "E302": "Correct the election's definition.",
    "W303": "Compare the list of parties with the regions.",
    "E401": "Draw the lot on paper, with witnesses, and record it.",
    "E402": "Check the votes, then what the rule says of this.",
    "N403": "Read the forms of these lists again first.",
    "N404": "Clear up first what could change a seat.",
    "W405": "Check what changed since; remove the lot if it is void.",
    "W501": "Compare both figures with the form.",
    "W502": "Make sure that no form was entered twice.",
    "W503": "Read ballots cast and registered voters again.",
}
