"""What methods are called: short beside a figure, long where there is room to say what they do."""

from collections.abc import Mapping
from typing import NamedTuple

from tally_app.election.model import Rule


class MethodWords(NamedTuple):
    """A method for readers. *quota*: what its quota is called; empty where it has none."""

    short: str
    long: str
    quota: str = ""


METHOD_WORDS: Mapping[str, MethodWords] = {
    "dhondt": MethodWords("d’Hondt", "d’Hondt: highest averages, divisors 1, 2, 3, …"),
    "sainte-lague": MethodWords("Sainte-Laguë", "Sainte-Laguë: highest averages, divisors 1, 3, 5, …"),
    "sainte-lague-1.4": MethodWords(
        "Sainte-Laguë 1.4", "Modified Sainte-Laguë: highest averages, divisors 1.4, 3, 5, …"
    ),
    "sainte-lague-1.2": MethodWords(
        "Sainte-Laguë 1.2", "Modified Sainte-Laguë: highest averages, divisors 1.2, 3, 5, …"
    ),
    "danish": MethodWords("Danish", "Danish method: highest averages, divisors 1, 4, 7, …"),
    "imperiali": MethodWords("Imperiali", "Imperiali: highest averages, divisors 1, 1.5, 2, …"),
    "macau": MethodWords("Macau", "Macau: d’Hondt with divisors that double, 1, 2, 4, 8, …"),
    "adams": MethodWords("Adams", "Adams: highest averages, divisors 0, 1, 2, …"),
    "dean": MethodWords("Dean", "Dean: highest averages, divided by the harmonic mean of n and n + 1"),
    "huntington-hill": MethodWords("Huntington-Hill", "Huntington-Hill: highest averages, divided by √(n × (n + 1))"),
    "stationary": MethodWords("Divisors n + {parameter}", "Highest averages, divided by n + {parameter}"),
    "hare": MethodWords("Hare", "Hare quota, then largest remainders", "Hare quota"),
    "droop": MethodWords("Droop", "Droop quota, then largest remainders", "Droop quota"),
    "hagenbach-bischoff": MethodWords(
        "Hagenbach-Bischoff", "Hagenbach-Bischoff quota, then largest remainders", "Hagenbach-Bischoff quota"
    ),
    "imperiali-quota": MethodWords("Imperiali quota", "Imperiali quota, then largest remainders", "Imperiali quota"),
    "quota-highest-average": MethodWords("Hare, then averages", "Hare quota, then highest averages", "Hare quota"),
    "quota-single-pass-average": MethodWords(
        "Hare, then one each by average", "Hare quota, then highest averages, one seat a list", "Hare quota"
    ),
    "balinski-young": MethodWords(
        "Balinski-Young", "Quota method of Balinski and Young: d’Hondt, nobody above the upper quota"
    ),
    "dutch-municipal": MethodWords(
        "Dutch municipal", "Dutch municipal councils: Kieswet, articles P 5 to P 10", "electoral quota"
    ),
}
"""By the names that packs use (``election.model.MethodName``)."""

TIES: Mapping[str, str] = {
    "lot": "ties by lot",
    "most-votes": "ties to the list with more votes",
    "fewest-votes": "ties to the list with fewer votes",
}
"""What decides between equal claims, by ``Rule.ties``."""


def short_name(rule: Rule) -> str:
    """Name the rule's method in two or three words: ``d’Hondt``."""
    return METHOD_WORDS[rule.method].short.format(parameter=rule.parameter or 0)


def long_name(rule: Rule) -> str:
    """Name the rule's method with what it does: ``Hare quota, then largest remainders``."""
    return METHOD_WORDS[rule.method].long.format(parameter=rule.parameter or 0)
