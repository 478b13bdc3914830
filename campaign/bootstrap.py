"""One command on a bare machine: an own environment beside the checkout, with the pinned packages in it.

Only the standard library is used here, and only what old Pythons can read, so that an old one can be told so.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = (
    "flask", "flask_mail", "sqlite_utils", "wtforms", "email_validator", "argon2", "waitress", "pypdf", "pypdfium2", "mammoth",
    "defusedxml", "dkim", "pyotp",
)  # fmt: skip
NEEDED_BY_TESTS = (
    *NEEDED,
    "pytest",
    "xdist",
    "hypothesis",
    "aiosmtpd",
    "ruff",
    "mypy",
    "psycopg",
    "playwright",
    "hatchling",
)

_CHECKOUT = Path(__file__).resolve().parent.parent


def ready(module: str, pins: str, needed: tuple) -> None:  # type: ignore[type-arg]
    """Returns when the packages can be imported; on a bare machine installs them and starts `-m module` again."""
    if sys.version_info < (3, 11):
        sys.exit("Python 3.11 or newer is needed; this is {}.{}.".format(*sys.version_info[:2]))
    if all(importlib.util.find_spec(name) for name in needed):
        return
    file = _CHECKOUT / pins
    if not file.is_file():
        sys.exit("Some packages are missing. Please install them with: pip install appeal-campaign")
    if os.environ.get("APPEAL_BOOTSTRAPPED") == str(file):
        sys.exit(f"The packages of {pins} were installed, but cannot be imported. Please delete .venv and try again.")
    python = _environment(file)
    _start_again(python, module, file)


def _environment(pins: Path) -> Path:
    folder = _CHECKOUT / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    mark = folder / (pins.stem + ".installed")
    state = hashlib.sha256(pins.read_bytes() + sys.version.encode()).hexdigest()
    if python.exists() and mark.exists() and mark.read_text() == state:
        return python
    if not python.exists() or not _same_python(python):
        print("Making an environment in .venv (once) ...", file=sys.stderr, flush=True)
        import venv

        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    _install(python, pins)
    mark.write_text(state)
    return python


def _same_python(python: Path) -> bool:
    asked = subprocess.run(
        [python, "-c", "import sys; print(sys.version)"], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() == sys.version.strip()


def _install(python: Path, pins: Path) -> None:
    print(f"Installing the pinned packages of {pins.name} (once) ...", file=sys.stderr, flush=True)
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--require-hashes", "-r", str(pins)], stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode == 0:
        return
    if "No module named pip" in done.stderr:
        sys.exit("pip is missing. On Debian: apt-get install python3-pip")
    tail = "\n".join(line for line in done.stderr.strip().splitlines() if "ERROR" in line) or done.stderr[-800:]
    sys.exit("The packages could not be installed; is this machine online?\n" + tail)


def _start_again(python: Path, module: str, pins: Path) -> None:
    environment = dict(os.environ, APPEAL_BOOTSTRAPPED=str(pins))
    command = [str(python), "-m", module, *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.call(command, env=environment))
    sys.stdout.flush()
    os.execve(str(python), command, environment)
