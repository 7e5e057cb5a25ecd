"""How well the rules generalise: scores on documents that were read while writing them, and on those that were not.

    python -m tests.gold.cross        (make cross)

The interval is the middle 95 % of 1,000 draws of documents with replacement.
"""

import random
import sys
from signal import SIG_DFL, SIGPIPE, signal

from tests.gold.corpora import HELD, SEALED, Score, held_out, score
from tests.gold.gate import total

DRAWS = 1000


def interval(parts: list[Score]) -> tuple[float, float]:
    """Give the 95 % bootstrap interval of the tuple F1."""
    draw = random.Random(7)  # the same draws each time, so that two runs compare
    values = sorted(total({str(n): draw.choice(parts) for n in range(len(parts))}).tuple_f1() for _ in range(DRAWS))
    return values[int(0.025 * DRAWS)], values[int(0.975 * DRAWS) - 1]


def main() -> int:
    """Print one line for each corpus and side."""
    for corpus in (*HELD, *SEALED):
        parts, held = score(corpus), held_out(corpus)
        for name, chosen in (("read", parts.keys() - held), ("not read", parts.keys() & held)):
            some = [parts[doc] for doc in sorted(chosen)]
            whole = total({str(number): part for number, part in enumerate(some)})
            low, high = interval(some)
            sys.stdout.write(
                f"{corpus:9} {name:9} {len(some):4} documents {whole.gold:4} figures  tuple F1 {whole.tuple_f1():.3f} "
                f"[{low:.3f}, {high:.3f}]  published {whole.published_precision():.3f} "
                f"at {whole.published_recall():.3f}\n"
            )
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    signal(SIGPIPE, SIG_DFL)  # `| head` has seen enough
    sys.exit(main())
