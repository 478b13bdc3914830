"""Every number on every page, in every export and on the terminal is what a count of the exported letters says."""

from dataclasses import replace

import pytest

from tests.equality import Load


@pytest.fixture
def settings(settings):
    return replace(settings, letters_per_network=10**9)


def test_numbers_are_equal_everywhere_before_during_and_after_a_load_with_two_senders(
    app, db, url, tmp_path, client, olu, ada
):
    app.extensions["desk"].office = replace(app.extensions["desk"].office, letters_per_network=10**9)
    load = Load(app, db, url, tmp_path, ask=client, olu=olu, ada=ada)
    load.write(60)
    load.compare_everywhere()

    assert load.run_with_two_senders(100) == 10

    load.work()
    load.close_one()
    load.send()
    load.write(20)
    load.write_to_be_held()  # by chance every earlier one may have been settled
    whole = load.compare_everywhere()
    assert all(whole[number] > 5 for number in ("sent by us", "opened elsewhere", "reported sent", "in state refused"))
    for state in ("unconfirmed", "queued", "held", "stopped", "withdrawn", "refused"):
        assert whole[f"in state {state}"] > 0, (state, whole)
