"""`campaign demo` and `campaign run`: one command, everything running; and everything ended with it."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def text_of(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


def wait_for(address: str, seconds: float = 60) -> str:
    until = time.monotonic() + seconds
    while True:
        try:
            return text_of(address)
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < until, f"{address} did not answer"
            time.sleep(0.1)


@contextlib.contextmanager
def running(folder: Path, *words: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    clean = {word: value for word, value in os.environ.items() if not word.startswith("CAMPAIGN_")}
    started = subprocess.Popen(
        [sys.executable, "-m", "campaign", *words], cwd=folder, text=True, start_new_session=True,
        stdout=(folder / "said.txt").open("w"), stderr=(folder / "errors.txt").open("w"),
        env={**clean, "PYTHONPATH": str(HOUSE), **environment},
    )  # fmt: skip
    try:
        yield started
    finally:
        if started.poll() is None:
            started.terminate()
        started.wait(30)


def still_there(folder: Path) -> list[str]:
    """The processes that work in this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if process.joinpath("cwd").resolve() == folder and b"campaign" in process.joinpath("cmdline").read_bytes():
                found.append(process.name)
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes through /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda sign: sign.name)
def test_the_demo_shows_her_and_not_him_and_ends_all_it_started(tmp_path, how):
    port = free_port()
    with running(tmp_path, "demo", "--port", str(port)) as demo:
        home = wait_for(f"http://127.0.0.1:{port}/")
        said = (tmp_path / "said.txt").read_text()
        assert "Sophia Huang Xueqin" in home
        assert "Wang Jianbing</a></h2>" not in home and "wang-jianbing/write" not in home
        results = text_of(f"http://127.0.0.1:{port}/results")
        assert "Wang Jianbing" in results and "released" in results
        assert re.search(r"no further action is requested for wang jianbing", results, re.IGNORECASE)
        assert text_of(f"http://127.0.0.1:{port}/outbox/")
        demo.send_signal(how)
        demo.wait(30)
        until = time.monotonic() + 25
        while still_there(tmp_path) and time.monotonic() < until:
            time.sleep(0.1)
        assert still_there(tmp_path) == []

    assert f"http://127.0.0.1:{port}" in said and "outbox" in said
    assert len(re.findall(r"password \S{10,}", said)) == 3
    assert "Traceback" not in (tmp_path / "errors.txt").read_text()


def test_the_demo_keeps_its_accounts_until_it_starts_over(tmp_path):
    def accounts(*words: str) -> list[str]:
        port = free_port()
        with running(tmp_path, "demo", "--port", str(port), *words):
            wait_for(f"http://127.0.0.1:{port}/health")
            return re.findall(r"password (\S+)", (tmp_path / "said.txt").read_text())

    first = accounts()
    assert accounts() == first
    assert accounts("--fresh") != first


def test_the_demo_never_touches_real_data(tmp_path):
    (tmp_path / "campaign-data").mkdir()
    (tmp_path / "campaign-data" / "campaign.db").write_text("somebody's campaign")

    with running(tmp_path, "demo", "--fresh", "--port", str(free_port())) as demo:
        assert demo.wait(30) == 3
    assert "real data" in (tmp_path / "errors.txt").read_text()
    assert (tmp_path / "campaign-data" / "campaign.db").read_text() == "somebody's campaign"


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path):
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with running(tmp_path, "demo", "--port", str(taken.getsockname()[1])) as demo:
            assert demo.wait(30) == 3
    assert "--port" in (tmp_path / "errors.txt").read_text()


def test_a_web_process_that_dies_is_started_again(tmp_path):
    port = free_port()
    with running(tmp_path, "demo", "--port", str(port)):
        wait_for(f"http://127.0.0.1:{port}/health")
        web = subprocess.run(
            ["pgrep", "-f", f"web --host 127.0.0.1 --port {port}"], capture_output=True, text=True, check=False
        )
        if not web.stdout:
            pytest.skip("pgrep is not on this machine")
        for pid in web.stdout.split():
            os.kill(int(pid), signal.SIGKILL)
        time.sleep(0.3)
        assert wait_for(f"http://127.0.0.1:{port}/health")
