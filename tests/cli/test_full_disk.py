"""A disk with not one byte left: nothing is sent, nothing is lost, and a case can still be closed."""

import json
import shutil
import subprocess
import sys

import pytest

SMALL_DISK = "mount -t tmpfs -o size=300m none {folder} && exec {python} -m tests.cli.full_disk {folder}"


def test_on_a_full_disk_nothing_is_sent_or_lost_and_a_case_is_still_closed(tmp_path):
    alone = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    may_mount = shutil.which("unshare") and subprocess.run(
        [*alone, f"mount -t tmpfs none {tmp_path}"], capture_output=True, check=False
    )
    if not may_mount or may_mount.returncode:
        pytest.skip("this machine lets nobody mount a small disk of their own")

    words = SMALL_DISK.format(folder=tmp_path, python=sys.executable)
    done = subprocess.run([*alone, words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)

    assert told["ballast with room"]
    assert "nothing was saved" in told["letter"] and "Words that took an hour." in told["letter"]
    assert told["page of the case"] == 200
    assert told["send"][0] != 0 and told["send"][1] == 0
    assert told["close"] == [0, "71-26/ana-ruiz is closed."]
    assert not told["ballast after closing"]
    assert told["send afterwards"] == [0, 3] and told["ballast again"]
    assert told["states"] == {"ana": ["stopped"] * 3, "bo": ["sent"] * 3}
    assert told["check"] == 0
