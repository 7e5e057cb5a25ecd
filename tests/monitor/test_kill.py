"""A demo that is killed at some moment and run again ends as one that nobody killed; `make bench` tries fifty."""

import pytest

from bench import kill

MOMENTS = 4


@pytest.fixture(scope="module")
def whole():
    seconds, found = kill.baseline()
    assert found.faults == []
    return seconds, found


@pytest.mark.slow
@pytest.mark.parametrize("place", range(MOMENTS))
def test_a_killed_demo_loses_and_doubles_nothing(whole, place):
    seconds, found = whole
    moment = kill.moments(MOMENTS, seconds, seed=place)[place]
    assert kill.trial(moment, found) == []
