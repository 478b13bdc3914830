"""The gate's locks: senders share a case, a closer takes it alone, and the dead let go."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import nullcontext
from datetime import timedelta

import pytest

from campaign.domain.refusals import StorageFailed
from campaign.store.database import connect
from tests import given

AT_ONCE = timedelta(0)
HOLDER = """
import sys, time
from campaign.store.database import connect
locks = connect(sys.argv[1]).locks
with locks.hold_worker("held"), locks.share_case(7):
    print("held", flush=True)
    time.sleep(60)
"""


def elsewhere(url: str) -> subprocess.Popen[str]:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True)
    assert holder.stdout and holder.stdout.readline() == "held\n"
    return holder


def test_two_senders_share_a_case_and_a_closer_waits_for_both(db, url):
    other = connect(url)
    with db.locks.share_case(7):
        with other.locks.share_case(7):
            assert not connect(url).locks.take_case(7, AT_ONCE)
        taken: list[bool] = []
        closer = threading.Thread(target=lambda: taken.append(connect(url).locks.take_case(7, timedelta(seconds=5))))
        closer.start()
    closer.join()

    assert taken == [True]


def test_one_case_does_not_hold_up_another(db, url):
    with db.locks.share_case(7):
        assert connect(url).locks.take_case(8, AT_ONCE)


def test_a_killed_sender_lets_go_at_once(db, url):
    holder = elsewhere(url)
    assert not db.locks.take_case(7, AT_ONCE)
    assert not db.locks.worker_is_gone("held")

    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()

    assert db.locks.take_case(7, timedelta(seconds=5))
    assert db.locks.worker_is_gone("held")


def test_a_frozen_sender_keeps_what_it_holds(db, url):
    holder = elsewhere(url)
    os.kill(holder.pid, signal.SIGSTOP)
    try:
        assert not db.locks.take_case(7, timedelta(milliseconds=50))
        assert not db.locks.worker_is_gone("held")
    finally:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()


def test_whoever_loses_a_lock_is_told_and_gets_no_other_in_its_place(db, url):
    other = connect(url)
    keeps = db.engine == "sqlite"
    trouble = nullcontext() if keeps else pytest.raises(StorageFailed)
    with trouble, db.locks.hold_worker("held"), db.locks.share_case(7):
        assert db.locks.are_held()
        given.cut_sessions(other)
        assert db.locks.are_held() is keeps
        assert db.locks.are_held() is keeps, "and stays so"
        assert other.locks.worker_is_gone("held") is not keeps

    with db.locks.share_case(7):
        assert db.locks.are_held(), "a new beginning"
    other.close()


def test_a_closer_that_holds_nothing_is_not_hindered_by_a_session_that_was_lost(db, url):
    assert db.locks.take_case(7, AT_ONCE)
    given.cut_sessions(db)

    assert db.locks.take_case(7, AT_ONCE)
