"""What the record needed: of what a change is, in which document and line, what is public of it; and indexes to look through it."""

from campaign.store.steps.step import Step

# Nearly all events are letters' own. The indexes are for the others, so that writing a letter costs no more than before;
# among letters' events only what is rare can be looked for without walking through all of them.
_RECORD = (
    "ALTER TABLE events ADD COLUMN subject text",
    "ALTER TABLE events ADD COLUMN document_id {whole} REFERENCES documents (id)",
    "ALTER TABLE events ADD COLUMN line {whole}",
    "ALTER TABLE events ADD COLUMN published text",
    "CREATE INDEX events_of_house ON events (id) WHERE letter_id IS NULL",
    "CREATE INDEX events_by_day ON events (at) WHERE letter_id IS NULL",
    "CREATE INDEX events_by_actor ON events (actor, id) WHERE letter_id IS NULL",
    "CREATE INDEX events_by_kind ON events (kind, id) WHERE letter_id IS NULL",
    "CREATE INDEX events_of_case_itself ON events (case_id, id) WHERE letter_id IS NULL",
    "CREATE INDEX events_of_subject ON events (subject, id) WHERE subject IS NOT NULL",
    """CREATE INDEX events_by_hand ON events (actor, id)
        WHERE letter_id IS NOT NULL AND actor <> 'a supporter' AND actor <> 'the sender'""",
    "CREATE INDEX events_of_rare_kinds ON events (kind, id) WHERE letter_id IS NOT NULL AND kind <> 'letter'",
)

RECORD = Step("0014 record", _RECORD)
