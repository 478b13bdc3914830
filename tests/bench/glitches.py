"""`python -m tests.bench.glitches [N] [FIRST]`: N texts spoilt at random, none of which may turn open into closed or back.

Prints each that does with the recipe to make it again, and how many they were; exits 1 if there was one.
"""

import random
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.domain import test_reading_glitches as glitches


def main() -> int:
    number, first = (int(word) for word in (sys.argv[1:] + ["10000", "0"][len(sys.argv) - 1 :])[:2])
    wrong = 0
    with ProcessPoolExecutor() as pool:
        for found in pool.map(partial(_one, first), range(number), chunksize=50):
            if found:
                wrong += 1
                print(found, flush=True)
    print(f"{wrong} of {number} spoilt texts changed a verdict")
    return 1 if wrong else 0


def _one(first: int, n: int) -> str:
    dice = random.Random(first + n)
    name = dice.choice(sorted(glitches.TEXTS))
    chosen = dice.sample(glitches.GLITCHES, dice.choice([1, 1, 2]))
    seed = dice.getrandbits(32)
    changed = glitches.changed_verdicts(name, glitches.spoilt(name, chosen, seed))
    return f"{name} {seed} {[glitch.__name__ for glitch in chosen]}: {changed}" if changed else ""


if __name__ == "__main__":
    sys.exit(main())
