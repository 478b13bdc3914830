"""What admins decide by hand: grounds of decisions, reopenings that wait for a second word, corrections, longer deadlines."""

from campaign.store.steps.step import Step

_CASES = (
    "ALTER TABLE decisions ADD COLUMN evidence_link text",
    "ALTER TABLE decisions ADD COLUMN evidence_document_id {whole} REFERENCES documents (id)",
    "ALTER TABLE decisions ADD COLUMN evidence_words text",
    "ALTER TABLE decisions ADD COLUMN confirmed_by text",
    "ALTER TABLE cases ADD COLUMN ended_in {whole}",  # the epoch in which it last ended; opened again, it begins another
    """UPDATE cases SET ended_in = epoch WHERE state IN ('closing', 'closed') OR EXISTS (
        SELECT 1 FROM events e WHERE e.case_id = cases.id AND e.kind = 'case' AND e.after_state IN ('closing', 'closed')
            AND NOT EXISTS (SELECT 1 FROM events o WHERE o.case_id = cases.id AND o.kind = 'case'
                AND o.after_state = 'open' AND o.id > e.id))""",
    """CREATE TABLE asked_reopenings (
        id {pk},
        case_id {whole} NOT NULL REFERENCES cases (id),
        asked_by text NOT NULL,
        reason text NOT NULL CHECK (reason <> ''),
        evidence_link text,
        evidence_document_id {whole} REFERENCES documents (id),
        evidence_words text,
        asked_at text NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'confirmed', 'in effect', 'refused', 'withdrawn', 'overtaken')),
        settled_by text,
        settled_at text,
        settled_reason text
    ){strict}""",
    "CREATE UNIQUE INDEX reopening_asked_once ON asked_reopenings (case_id) WHERE state = 'asked'",
)

_TARGETS = (
    "ALTER TABLE targets ADD COLUMN said text",  # what the output says of the target, beside what letters go by
    "ALTER TABLE targets ADD COLUMN route text CHECK (route IN ('post'))",
    """CREATE TABLE target_corrections (
        id {pk},
        target_id {whole} NOT NULL REFERENCES targets (id),
        said text NOT NULL,
        instead text NOT NULL,
        reason text NOT NULL CHECK (reason <> ''),
        corrected_by text NOT NULL,
        corrected_at text NOT NULL
    ){strict}""",
    "CREATE INDEX corrections_of_target ON target_corrections (target_id, id)",
    """CREATE TABLE failing_addresses (
        email text PRIMARY KEY,
        reason text NOT NULL CHECK (reason <> ''),
        marked_by text NOT NULL,
        marked_at text NOT NULL
    ){strict}""",
)

_DEADLINES = (
    "ALTER TABLE urgent_actions ADD COLUMN said_deadline_on text",
    "UPDATE urgent_actions SET said_deadline_on = deadline_on",
    """CREATE TABLE extensions (
        id {pk},
        urgent_action_id {whole} NOT NULL REFERENCES urgent_actions (id),
        said_on text NOT NULL,
        deadline_on text,
        reason text NOT NULL CHECK (reason <> ''),
        set_by text NOT NULL,
        set_at text NOT NULL
    ){strict}""",
    "CREATE INDEX extensions_of_action ON extensions (urgent_action_id, id)",
)

DECISIONS = Step("0011 decisions", (*_CASES, *_TARGETS, *_DEADLINES))
