"""`campaign report`, as a process of its own."""

from campaign.flow import packing
from campaign.store import batches, cases
from campaign.store.database import connect
from tests import given
from tests.cli.test_commands import campaign, with_samples  # noqa: F401 - fixtures


def test_an_event_is_reported_from_the_terminal_once(with_samples):  # noqa: F811
    db = connect(f"sqlite:{with_samples.folder / 'campaign-data' / 'campaign.db'}")
    case = next(case for case in cases.cases(db) if case.is_open)
    pack = packing.make(db, given.an_office(), packing.Wanted(case.id, 40, ("en",)), by="Olu", now=given.NOON)
    words = ("report", pack.shown_code.lower())
    vouched = ("--vouched-by", "Olu", "--kept-at", "Folder 7", "--day", "2026-11-22")

    assert "more than was printed" in with_samples(*words, 46, *vouched, status=3).stderr
    assert "no pack with the code" in with_samples("report", "NONSENSE", 3, *vouched, status=3).stderr
    with_samples(*words, 4, "--vouched-by", " ", "--kept-at", "x", status=2)
    assert "Reported: 38 letters" in with_samples(*words, 38, *vouched).stderr
    assert "has been reported already" in with_samples(*words, 38, *vouched, status=3).stderr
    assert [(batch.n, batch.reported_by) for batch in batches.batches(db)] == [(38, "terminal")]
    db.close()
