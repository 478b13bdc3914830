"""The child that reads: what it may not do, how it ends, and that nothing of it stays behind."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import campaign
from campaign.documents import Extractor, text_of
from campaign.domain.refusals import Refusal, Unreadable
from tests.documents_formats import making
from tests.documents_formats.making import attached, docx, mail, multipart, part

HOUSE = str(Path(campaign.__file__).parent.parent)
SLOW = making.html() + b"<b>" * 3_000_000


def run(program, *words):
    return subprocess.run(
        [sys.executable, "-c", program, *words], cwd=HOUSE, capture_output=True, text=True, timeout=60, check=False
    )


def is_a_reader(pid):
    """Whether a process is a limited child, and not a browser's or a database's that other tests have started."""
    return b"campaign.documents.child" in Path(f"/proc/{pid}/cmdline").read_bytes()


def children_of(pid):
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def is_gone(pid, seconds=8.0):
    ends = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists():
        if time.monotonic() > ends:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "open('/etc/passwd').read()",
        "open('new', 'w')",
        "os.open('new', os.O_CREAT | os.O_WRONLY)",
        "os.remove('/tmp/x')",
        "os.mkdir('/tmp/x')",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 0)",
        "import subprocess; subprocess.run(['/bin/true'])",
        "import tempfile; tempfile.TemporaryFile()",
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))",
        "bytearray(700 << 20)",
    ],
)
def test_a_reader_may_only_compute(attempt):
    program = (
        "import os, sys, socket, subprocess, tempfile\n"
        "from campaign.documents import jail\n"
        "out = os.dup(1)\n"
        "jail.leave_the_network(); jail.enter(out)\n"
        f"try:\n    {attempt}\n    said = b'done'\n"
        "except (OSError, MemoryError):\n    said = b'refused'\n"
        "os.write(out, said); os._exit(0)\n"
    )

    assert run(program).stdout == "refused"


def test_the_child_has_nothing_of_our_environment():
    with Extractor() as extractor:
        extractor.text_of(making.html())
        child = children_of(os.getpid())[-1]

        assert Path(f"/proc/{child}/environ").read_bytes() == b""
        assert Path(f"/proc/{child}/cwd").resolve() == Path("/")


class Listener:
    """A server on this machine that only counts who comes."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(0.3)
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def was_visited(self):
        try:
            self.socket.accept()[0].close()
        except TimeoutError:
            return False
        return True


@pytest.fixture
def listener():
    listening = Listener()
    yield listening
    listening.socket.close()


def pointing(url):
    """Documents that point to an address in every way their kind knows."""
    page = making.html(
        more=f'<img src="{url}/i"><link rel="stylesheet" href="{url}/c"><script src="{url}/s"></script>'
        f'<iframe src="{url}/f"></iframe><style>@import "{url}/t"</style><object data="{url}/o"></object>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="x{n}" Type="{office}/{kind}" Target="{url}/{kind}" TargetMode="External"/>'
        for n, kind in enumerate(["image", "attachedTemplate", "subDocument", "frame", "aFChunk", "oleObject"])
    )
    rels = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )
    blip = (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:link="x0"/>'
        "</w:drawing></w:r></w:p>"
    )
    actions = f"/OpenAction << /S /URI /URI ({url}/u) >> /AA << /O << /S /GoToR /F ({url}/g) >> >>"
    outside = f'message/external-body; access-type=URL; url="{url}/m"'
    return {
        "html": page,
        "docx": docx(body=blip, members={"word/_rels/document.xml.rels": rels.encode()}),
        "pdf": making.pdf(more=actions),
        "eml": mail(multipart(part(b"", outside), part(page, "text/html"), attached(page, "a.html"))),
    }


def test_nothing_a_document_points_to_is_fetched(listener):
    for kind, content in pointing(listener.url).items():
        assert "44/21" in text_of(content), kind

    assert not listener.was_visited()


def test_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    for kind in making.ALL.values():
        text_of(kind())

    assert list(tmp_path.iterdir()) == []


def test_a_fork_that_is_killed_costs_its_own_document_alone():
    with Extractor() as extractor:
        extractor.text_of(making.html())
        child = children_of(os.getpid())[-1]

        def strike():
            while not (forks := children_of(child)):
                time.sleep(0.02)
            time.sleep(0.1)
            os.kill(forks[0], signal.SIGKILL)

        striking = threading.Thread(target=strike)
        striking.start()
        with pytest.raises(Unreadable, match="damaged"):
            extractor.text_of(SLOW)
        striking.join()

        assert "44/21" in extractor.text_of(making.html())
        assert children_of(os.getpid())[-1] == child


def test_a_child_that_died_is_started_anew():
    with Extractor() as extractor:
        extractor.text_of(making.html())
        dead = children_of(os.getpid())[-1]
        os.kill(dead, signal.SIGKILL)

        assert "44/21" in extractor.text_of(making.html())
        assert is_gone(dead)


def test_an_answer_that_was_not_waited_for_is_given_to_nobody():
    class Interrupted(BaseException):
        pass

    def interrupt(*_):
        raise Interrupted

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with Extractor() as extractor:
            extractor.text_of(making.html())
            signal.setitimer(signal.ITIMER_REAL, 0.3)
            with pytest.raises(Interrupted):
                extractor.text_of(SLOW)

            assert extractor.text_of(making.html(["Another one."])) == "Another one.\n"
    finally:
        signal.signal(signal.SIGALRM, before)


def test_a_child_that_cannot_be_started_is_not_blamed_on_the_document(monkeypatch):
    for program in ("/bin/false", "/no/such/program"):
        monkeypatch.setattr(sys, "executable", program)
        with Extractor() as extractor, pytest.raises(Refusal, match="try again later") as refused:
            extractor.text_of(making.html())
        assert not isinstance(refused.value, Unreadable)


def test_after_the_with_block_no_child_is_left():
    before = set(children_of(os.getpid()))
    with Extractor() as extractor:
        extractor.text_of(making.html())

    assert set(children_of(os.getpid())) == before


def test_plain_text_needs_no_child():
    before = set(children_of(os.getpid()))
    with Extractor() as extractor:
        extractor.text_of(making.text())

        assert set(children_of(os.getpid())) == before


@pytest.mark.parametrize("ending", ["", "os._exit(0)", "os.kill(os.getpid(), 9)", "text_of(SLOW)"])
def test_the_child_goes_when_its_program_goes_in_whatever_way(ending):
    program = (
        "import os, sys, threading\n"
        "from campaign.documents import text_of\n"
        "from tests.documents_formats import making\n"
        "from tests.documents_formats.test_child import SLOW, children_of\n"
        "text_of(making.html())\n"
        "print(children_of(os.getpid())[0], flush=True)\n"
        f"{'threading.Timer(0.5, os._exit, [0]).start()' if 'SLOW' in ending else ''}\n"
        f"{ending}\n"
    )

    assert is_gone(int(run(program).stdout))


def test_many_threads_read_at_once():
    kinds = [kind for kind in making.ALL.values() for _ in range(4)]

    with ThreadPoolExecutor(6) as pool:
        texts = list(pool.map(lambda kind: text_of(kind()).split(), kinds))

    assert all(text == making.TEXT.split() for text in texts)
    assert len([pid for pid in children_of(os.getpid()) if is_a_reader(pid)]) <= 2


def test_a_fork_of_our_program_reads_with_a_child_of_its_own():
    program = (
        "import os\n"
        "from campaign.documents import text_of\n"
        "from tests.documents_formats import making\n"
        "expected = text_of(making.html())\n"
        "forks = [os.fork() for _ in range(2)]\n"
        "alike = all(text_of(kind()).split() == expected.split() for kind in making.ALL.values() for _ in range(3))\n"
        "if 0 in forks:\n    os._exit(0 if alike else 1)\n"
        "codes = [os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]) for fork in forks]\n"
        "print(alike, codes)\n"
    )

    assert run(program).stdout.strip() == "True [0, 0]"


def test_importing_the_package_starts_and_loads_nothing():
    program = (
        "import sys\n"
        "import campaign.documents\n"
        "print([name for name in ('pypdf', 'pypdfium2', 'mammoth', 'defusedxml') if name in sys.modules])\n"
    )

    assert run(program).stdout.strip() == "[]"
