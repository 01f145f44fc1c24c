from typing import get_args

import pytest

from tally_app.election.model import MethodName, Rule
from tally_app.wording.methods import METHOD_WORDS, long_name, short_name


def test_every_method_has_words_of_its_own():
    assert list(METHOD_WORDS) == list(get_args(MethodName))
    assert len({words.short for words in METHOD_WORDS.values()}) == len(METHOD_WORDS)


@pytest.mark.parametrize("method", METHOD_WORDS)
def test_short_is_short(method):
    rule = Rule(method, "1/2")
    assert len(short_name(rule)) <= 30
    assert "{" not in short_name(rule) + long_name(rule)


def test_a_parameter_is_named():
    assert short_name(Rule("stationary", "1/2")) == "Divisors n + 1/2"
