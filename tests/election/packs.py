"""A small pack that is right, to be made wrong."""

import copy
import json
from typing import Any

_GOOD: dict[str, Any] = {
    "format": "election-tally-pack/1",
    "key": "harbour-council-2025",
    "title": {"en": "Harbour council 2025"},
    "date": "2025-05-18",
    "chamber": {"name": {"en": "Council"}, "total_seats": 8, "elected_seats": 8},
    "rule": {"method": "dhondt"},
    "form": [{"field": "registered"}, {"field": "parties"}, {"field": "invalid", "required": False}],
    "parties": [
        {"key": "TIDE", "ballot": 2, "name": {"en": "Tide List"}},
        {"key": "PIER", "ballot": 1, "name": {"en": "Pier Party"}},
    ],
    "provinces": [{"key": "north", "name": {"en": "North Quay"}}, {"key": "south", "name": {"en": "South Quay"}}],
    "regions": [
        {
            "key": "N",
            "name": {"en": "North"},
            "seats": 5,
            "provinces": ["north"],
            "units": [{"key": "101", "name": {"en": "School"}}, {"key": "102", "name": {"en": "Fish market"}}],
        },
        {
            "key": "S",
            "name": {"en": "South"},
            "seats": 3,
            "provinces": ["south"],
            "parties": ["PIER"],
            "units": [{"key": "101", "name": {"en": "Lighthouse"}}],
        },
    ],
    "sources": [{"key": "gazette", "name": {"en": "Official gazette"}}],
    "stated": [{"source": "gazette", "figure": "votes", "party": "PIER", "value": "1204"}],
    "entries": [{"region": "N", "unit": "101", "figures": {"registered": 700, "PIER": 340, "TIDE": 270}}],
}


def good() -> dict[str, Any]:
    return copy.deepcopy(_GOOD)


def data(pack: dict[str, Any]) -> bytes:
    return json.dumps(pack, ensure_ascii=False).encode()
