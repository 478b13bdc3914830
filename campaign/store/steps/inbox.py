"""What the inbox needed: how each document came, each time, and the words it is found by."""

from campaign.store.steps.step import Step

_INBOX = (
    # A document is kept once, however often it comes. `together` is a word for what was brought in one go.
    """CREATE TABLE arrivals (
        id {pk},
        document_id {whole} NOT NULL REFERENCES documents (id),
        came_at text NOT NULL,
        via text NOT NULL,
        brought_by text NOT NULL,
        name text NOT NULL,
        was text NOT NULL CHECK (was IN ('new', 'known')),
        together text,
        message_id text,
        signed_by text,
        signature text
    ){strict}""",
    "CREATE INDEX arrivals_of_document ON arrivals (document_id, id)",
    "CREATE INDEX arrivals_together ON arrivals (together) WHERE together IS NOT NULL",
    "CREATE INDEX arrivals_by_message ON arrivals (message_id) WHERE message_id IS NOT NULL",
    """INSERT INTO arrivals (document_id, came_at, via, brought_by, name, was)
        SELECT id, received_at, via, via, name, 'new' FROM documents ORDER BY id""",
    """CREATE TABLE document_words (
        word text NOT NULL,
        document_id {whole} NOT NULL REFERENCES documents (id),
        PRIMARY KEY (word, document_id)
    ){strict}""",
    "CREATE INDEX documents_by_state ON documents (state, id)",
    "CREATE INDEX events_of_output ON events (output_id) WHERE output_id IS NOT NULL",
)

INBOX = Step("0013 inbox", _INBOX)
