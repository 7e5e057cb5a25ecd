"""The reading keeps its floors on every corpus that lies beside the project."""

import pytest

from tests.gold.corpora import FILES, fingerprint, present, score
from tests.gold.gate import below, floors, total

pytestmark = pytest.mark.skipif(not present(), reason="the labelled corpora (../shared or ANSINH_SHARED) are not here")


@pytest.mark.parametrize("corpus", FILES)
def test_floors_are_kept(corpus: str) -> None:
    if fingerprint(corpus) != floors()[corpus]["fingerprint"]:
        pytest.skip(
            f"{corpus} is another version than the floors were measured on: run python -m tests.gold.gate --raise"
        )
    missed = below(corpus, total(score(corpus)))
    assert not missed, "; ".join(missed) + " (python -m tests.gold.gate --errors explains)"
