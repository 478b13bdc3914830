"""What accounts needed: invitations, a second step, sessions that their owner can tell apart, limits that refill slowly."""

from campaign.store.steps.step import Step

_ACCOUNTS = (
    *(
        f"ALTER TABLE accounts ADD COLUMN {column}"
        for column in (
            # What the codes of the second step are made from, together with the installation's own secret: whoever has
            # the database alone, or a backup of it, has no codes.
            "second_step_seed text",
            "second_step_at text",
            "second_step_used {whole}",  # the half minute of the last code that was taken: each works once
            "seen_at text",
            "invited_by text",
        )
    ),
    # Nobody could tell the sessions of before apart; their owners sign in once more.
    "DROP TABLE sessions",
    """CREATE TABLE sessions (
        id {pk},
        token_hash text NOT NULL UNIQUE,
        account_id {whole} NOT NULL REFERENCES accounts (id),
        started_at text NOT NULL,
        seen_at text NOT NULL,
        ends_at text NOT NULL,
        browser text NOT NULL
    ){strict}""",
    "CREATE INDEX sessions_of_account ON sessions (account_id)",
    # Who gave the right password and still owes a code: not a session, so that it can never be taken for one.
    """CREATE TABLE codes_awaited (
        token_hash text PRIMARY KEY,
        account_id {whole} NOT NULL REFERENCES accounts (id),
        ends_at text NOT NULL
    ){strict}""",
    """CREATE TABLE recovery_codes (
        account_id {whole} NOT NULL REFERENCES accounts (id),
        code_hash text NOT NULL,
        used_at text,
        PRIMARY KEY (account_id, code_hash)
    ){strict}""",
    """CREATE TABLE invitations (
        id {pk},
        token_hash text NOT NULL UNIQUE,
        name text NOT NULL,
        folded text NOT NULL,
        role text NOT NULL CHECK (role IN ('organizer', 'admin')),
        invited_by text NOT NULL,
        invited_at text NOT NULL,
        ends_at text NOT NULL,
        used_at text,
        revoked_at text
    ){strict}""",
    # One open invitation to a name: a new one takes the place of the old.
    """CREATE UNIQUE INDEX invitations_once_a_name ON invitations (folded)
        WHERE used_at IS NULL AND revoked_at IS NULL""",
    """CREATE TABLE tries (
        counted text NOT NULL,
        minute {whole} NOT NULL,
        n {whole} NOT NULL,
        PRIMARY KEY (counted, minute)
    ){strict}""",
    "CREATE INDEX tries_by_minute ON tries (minute)",
    "ALTER TABLE events ADD COLUMN account_id {whole} REFERENCES accounts (id)",
    "CREATE INDEX events_of_account ON events (account_id, id) WHERE account_id IS NOT NULL",
)

ACCOUNTS = Step("0010 accounts", _ACCOUNTS)
