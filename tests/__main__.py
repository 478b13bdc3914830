"""`python3 -m tests`: lint, types and every test, on a bare machine too. Words after it are handed to pytest."""

from campaign import bootstrap

bootstrap.ready("tests", "requirements-test.txt", bootstrap.NEEDED_BY_TESTS)

import os  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
from pathlib import Path  # noqa: E402

CHECKOUT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("lint", ["ruff", "check", "."]),
    ("layout of the code", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("tests", ["pytest", "-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"]),
)


def main() -> int:
    """Runs every check, also after one has failed; 0 only if all passed."""
    words = sys.argv[1:]
    failed = []
    for name, command in [("tests", ["pytest"])] if words else CHECKS:
        print(f"== {name}", flush=True)
        done = subprocess.run([sys.executable, "-m", *command, *words], cwd=CHECKOUT, check=False, env=_environment())
        if done.returncode:
            failed.append(name)
    print(f"== failed: {', '.join(failed)}" if failed else "== all passed", flush=True)
    return 1 if failed else 0


def _environment() -> dict[str, str]:
    """Ours without the settings of an installation: a test says itself what it needs."""
    return {word: value for word, value in os.environ.items() if not word.startswith("CAMPAIGN_")}


if __name__ == "__main__":
    sys.exit(main())
