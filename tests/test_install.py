"""The ordinary way: a built wheel carries templates, letters, static files and the sample series."""

import subprocess
import sys
import zipfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]


def test_a_wheel_carries_everything_the_application_needs(tmp_path):
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(HOUSE)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

    wheel = next(tmp_path.glob("*.whl"))
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, into in (("templates", "campaign/_shipped/templates"), ("letters", "campaign/_shipped/letters")):
        for file in (HOUSE / folder).rglob("*"):
            if file.is_file():
                assert f"{into}/{file.relative_to(HOUSE / folder)}" in names
    for file in [*(HOUSE / "campaign/samples").glob("*.txt"), *(HOUSE / "campaign/web/static").iterdir()]:
        assert str(file.relative_to(HOUSE)) in names


def test_the_installed_package_works_from_any_folder(tmp_path):
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(HOUSE)]
    subprocess.run(build, capture_output=True, check=True)
    site = tmp_path / "site"
    zipfile.ZipFile(next(tmp_path.glob("*.whl"))).extractall(site)
    empty = tmp_path / "empty"
    empty.mkdir()
    script = "import campaign.web.app, campaign.settings as s; print(s.__file__, s.shipped('templates'), s.shipped('letters'))"

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=empty,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.count(str(site)) == 3
