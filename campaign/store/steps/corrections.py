"""What correcting a reading needed: corrections beside the reading, outputs that were taken out, what was applied by itself."""

from campaign.store.steps.step import Step

_CORRECTIONS = (
    """CREATE TABLE corrections (
        id {pk},
        document_id {whole} NOT NULL REFERENCES documents (id),
        field text NOT NULL,
        about text NOT NULL,
        before_value text NOT NULL,
        after_value text NOT NULL,
        made_by text NOT NULL,
        made_at text NOT NULL,
        reason text NOT NULL CHECK (reason <> ''),
        question text,
        reaches text,
        state text NOT NULL CHECK (state IN ('proposed', 'applied', 'leaving', 'taken_back')),
        ended_by text,
        ended_at text
    ){strict}""",
    "CREATE INDEX corrections_of_document ON corrections (document_id, id)",
    "ALTER TABLE outputs ADD COLUMN taken_out_at text",  # out of the series since then; the row stays on record
    "ALTER TABLE documents ADD COLUMN alone_at text",  # when it was applied without an admin's word
    "ALTER TABLE documents ADD COLUMN taken_back_at text",  # when an admin took back its effect
    """CREATE TABLE seen_alone (
        account_id {whole} NOT NULL REFERENCES accounts (id),
        document_id {whole} NOT NULL REFERENCES documents (id),
        seen_at text NOT NULL,
        PRIMARY KEY (account_id, document_id)
    ){strict}""",
    "CREATE INDEX documents_alone ON documents (alone_at) WHERE alone_at IS NOT NULL",
)

CORRECTIONS = Step("0012 corrections", _CORRECTIONS)
