"""A database from before a step keeps what it knew."""

from campaign.store.database import connect
from campaign.store.migrations import _statements
from campaign.store.steps import STEPS
from campaign.store.steps.decisions import DECISIONS

_CASE = """INSERT INTO cases (id, urgent_action_id, slug, name, folded, person, state, since_on, cause, doubts, epoch, changed_at)
    VALUES (:id, 1, :slug, :slug, :slug, '{}', :state, '2026-03-01', '{}', '[]', 2, '2026-03-01')"""
_EVENT = (
    "INSERT INTO events (at, actor, kind, case_id, after_state) VALUES ('2026-03-01', 'Ada', 'case', :case, :after)"
)


def test_the_step_of_decisions_knows_who_had_ended_in_this_epoch(tmp_path):
    db = connect(f"sqlite:{tmp_path / 'old.db'}")
    for step in STEPS[: STEPS.index(DECISIONS)]:
        for statement in _statements(step, "sqlite"):
            db.run(statement)
    db.run(
        "INSERT INTO urgent_actions (id, number, slug, language, demands, languages, deadline_on) "
        "VALUES (1, '71/26', '71-26', 'en', '[]', '[]', '2026-12-01')"
    )
    for id, (slug, state, after) in enumerate(
        [
            ("closed", "closed", ["open", "closing"]),
            ("disputed", "review", ["open", "closing", "review"]),
            ("reopened", "open", ["open", "closing", "open"]),
            ("doubted", "review", ["open", "review"]),
            ("again", "review", ["open", "closing", "open", "review"]),
        ],
        1,
    ):
        db.run(_CASE, id=id, slug=slug, state=state)
        for word in after:
            db.run(_EVENT, case=id, after=word)

    for statement in _statements(DECISIONS, "sqlite"):
        db.run(statement)

    found = {row["slug"]: row["ended_in"] for row in db.rows("SELECT slug, ended_in FROM cases")}
    assert found == {"closed": 2, "disputed": 2, "reopened": None, "doubted": None, "again": None}
    assert db.rows("SELECT said_deadline_on FROM urgent_actions") == [{"said_deadline_on": "2026-12-01"}]
    db.close()
