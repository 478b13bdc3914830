"""What sending needed: pace, bounces, lists, the ledger."""

from campaign.store.steps.step import Step

_PACE = (
    """CREATE TABLE pace (
        what text PRIMARY KEY,
        next_at text NOT NULL
    ){strict}""",
    """CREATE TABLE paused (
        what text PRIMARY KEY,
        paused_by text NOT NULL,
        reason text NOT NULL,
        at text NOT NULL
    ){strict}""",
    "ALTER TABLE letters ADD COLUMN slot_at text",  # the moment that a letter was given when its addressee had had its share
)

_BOUNCES = (
    "ALTER TABLE letters ADD COLUMN bounced_at text",  # when we were told that it came back
    "ALTER TABLE letters ADD COLUMN bounce text CHECK (bounce IN ('hard', 'soft'))",
    "ALTER TABLE letters ADD COLUMN bounce_words text",
    "CREATE INDEX letters_come_back ON letters (bounced_at) WHERE bounced_at IS NOT NULL",
)

# The list of letters: within a case by state and id, in all cases by id within the states in which few letters end.
# SQLite knows that it may use the second for one of its states only where they are told apart by OR.
_LISTS = (
    "DROP INDEX letters_by_case",
    "CREATE INDEX letters_by_case ON letters (case_id, state, id, channel, target_id)",
    """CREATE INDEX letters_ended ON letters (state, id) WHERE state = 'uncertain' OR state = 'refused'
        OR state = 'stopped' OR state = 'withdrawn' OR state = 'reported'""",
)
# How far the database knows the ledger, and the lines that still have to be written into it.
_LEDGER = (
    """CREATE TABLE ledger_seen (
        id {pk},
        seq {whole} NOT NULL
    ){strict}""",
    """CREATE TABLE ledger_waiting (
        id {pk},
        words text NOT NULL
    ){strict}""",
)

PACE = Step("0004 pace and pauses", _PACE)
BOUNCES = Step("0005 bounces", _BOUNCES)
LISTS = Step("0006 lists", _LISTS)
LEDGER = Step("0007 ledger", _LEDGER)
