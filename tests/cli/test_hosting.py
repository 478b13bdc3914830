"""Beside SQLite one machine alone sends, from a disk of its own."""

import json
from datetime import timedelta

import pytest

from campaign.cli import hosting
from campaign.cli.surroundings import now
from campaign.settings import Settings, SettingWrong


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path)


def note(settings, machine: str, ago: timedelta) -> None:
    said = {"machine": machine, "at": (now() - ago).isoformat()}
    (settings.data / "machine").write_text(json.dumps(said))


def test_the_same_machine_may_come_again_and_is_noted(settings):
    hosting.claim(settings)
    first = (settings.data / "machine").read_text()
    hosting.claim(settings)
    hosting.note_life(settings)

    assert (settings.data / "machine").read_text() == first


def test_another_machine_that_was_heard_of_lately_is_refused_with_a_sentence(settings):
    note(settings, "elsewhere 12345678", timedelta(minutes=2))

    with pytest.raises(SettingWrong, match=r"Another machine .elsewhere 12345678. uses this data folder"):
        hosting.claim(settings)


@pytest.mark.parametrize("left", ["long gone", "broken"])
def test_one_that_is_long_gone_or_left_rubbish_gives_way(settings, left):
    if left == "broken":
        (settings.data / "machine").write_text("{")
    else:
        note(settings, "elsewhere 12345678", timedelta(minutes=6))
    hosting.claim(settings)

    assert "elsewhere" not in (settings.data / "machine").read_text()


def test_a_network_file_system_is_refused(settings, monkeypatch):
    monkeypatch.setattr(hosting, "_networked", lambda folder: "nfs4")

    with pytest.raises(SettingWrong, match=r"network file system .nfs4."):
        hosting.claim(settings)


def test_this_disk_is_no_network_file_system(settings):
    assert hosting._networked(settings.data) is None


def test_beside_postgresql_many_machines_are_welcome(tmp_path):
    settings = Settings(data=tmp_path, database="postgresql://x/y")
    note(settings, "elsewhere 12345678", timedelta(0))
    hosting.claim(settings)
    hosting.note_life(settings)

    assert "elsewhere" in (tmp_path / "machine").read_text()
