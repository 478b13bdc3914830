"""`python -m tests.bench.stopping [postgres] [scenario[=times] …]`: ends with 1 when a promise is broken.

Without a scenario all run, each a few times; with `postgres` on a PostgreSQL of their own instead of SQLite.
"""

import sys

from tests.bench.stopping.closings import closings, frozen, stalled
from tests.bench.stopping.keeping import backups
from tests.bench.stopping.kills import kills
from tests.bench.stopping.troubles import troubles

SCENARIOS = {
    "closings": (closings, 20),
    "frozen": (frozen, 6),
    "stalled": (stalled, 6),
    "kills": (kills, 20),
    "backups": (backups, 6),
    "troubles": (troubles, 1),
}


def main(words: list[str]) -> int:
    on_postgres = "postgres" in words
    asked = [word.partition("=") for word in words if word != "postgres"]
    if unknown := [name for name, _, _ in asked if name not in SCENARIOS]:
        print(f"{', '.join(unknown)}: there is only {', '.join(SCENARIOS)} (and postgres).", file=sys.stderr)
        return 2
    wanted = {name: int(times) if times else SCENARIOS[name][1] for name, _, times in asked}
    broken = []
    for name, times in (wanted or {name: few for name, (_, few) in SCENARIOS.items()}).items():
        if not SCENARIOS[name][0](times, on_postgres):
            broken.append(name)
        sys.stdout.flush()
    print(f"Broken: {', '.join(broken)}." if broken else "Every promise was kept.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
