"""What writing a letter needed: drafts of organizers, silences, mails of our own that are written when they go."""

from campaign.store.steps.step import Step

_WRITING = (
    *(
        f"ALTER TABLE letters ADD COLUMN {column}"
        for column in (
            "tongue text",  # the language of the pages on which it was written, and so of our mails to its writer
            "answers_at text",  # when its writer chose that answers may go to their own address
            "own_words_at text",  # when it was made more than the draft
            "sent_on text",  # the day on which its writer says that it went
            "reminded_at text",
            "erased_at text",
            "copy_of {whole} REFERENCES letters (id)",  # an embassy's copy of another letter
        )
    ),
    "ALTER TABLE urgent_actions ADD COLUMN copies text CHECK (copies IN ('embassy'))",
    "ALTER TABLE urgent_actions ADD COLUMN asked text",  # the demands in force in the outputs' own words
    "ALTER TABLE urgent_actions ADD COLUMN past text",  # kinds of demands that only earlier outputs made
    """CREATE TABLE silenced (
        writer text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('mail', 'news')),
        at text NOT NULL,
        PRIMARY KEY (writer, kind)
    ){strict}""",
    """CREATE TABLE own_letters (
        id {pk},
        urgent_action_id {whole} NOT NULL REFERENCES urgent_actions (id),
        language text NOT NULL,
        title text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        written_by text NOT NULL,
        added_at text NOT NULL,
        withdrawn_at text
    ){strict}""",
    "CREATE INDEX own_letters_of_action ON own_letters (urgent_action_id)",
    "CREATE INDEX letters_by_writer ON letters (writer)",
    "CREATE INDEX letters_copied ON letters (copy_of)",
    # Only what we send ourselves can be a second letter of the same person; what somebody posts is only told to us.
    "DROP INDEX letters_once_a_writer",
    """CREATE UNIQUE INDEX letters_once_a_writer ON letters (case_id, target_id, writer, epoch)
        WHERE channel = 'email' AND state IN ('queued', 'held', 'sending', 'sent', 'uncertain')""",
)

_NOTICES = tuple(
    f"ALTER TABLE notices ADD COLUMN {column} text" for column in ("facts", "tongue", "sender_name", "unsubscribe")
)

# A letter that is written touches only the indexes it will be found by.
_LEANER = (
    "DROP INDEX letters_due",
    "CREATE INDEX letters_due ON letters (next_at, id) WHERE state = 'queued'",
    "CREATE INDEX letters_in_hand ON letters (worker) WHERE state = 'sending'",
    "CREATE INDEX letters_held ON letters (id) WHERE state = 'held'",
    """CREATE INDEX letters_to_forget ON letters (created_at)
        WHERE channel = 'email' AND confirmed_at IS NULL AND body IS NOT NULL""",
    "DROP INDEX letters_copied",
    "CREATE INDEX letters_copied ON letters (copy_of) WHERE copy_of IS NOT NULL",
)

WRITING = Step("0002 writing", _WRITING)
NOTICES = Step("0003 mails of our own are written when they go", (*_NOTICES, *_LEANER))
