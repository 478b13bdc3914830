"""The first step: accounts, actions and their cases, letters, events."""

from campaign.store.steps.step import Step

_ACCOUNTS = (
    """CREATE TABLE accounts (
        id {pk},
        name text NOT NULL,
        folded text NOT NULL UNIQUE,
        role text NOT NULL CHECK (role IN ('organizer', 'admin')),
        password_hash text NOT NULL,
        created_at text NOT NULL,
        closed_at text
    ){strict}""",
    """CREATE TABLE sessions (
        token_hash text PRIMARY KEY,
        account_id {whole} NOT NULL REFERENCES accounts (id),
        started_at text NOT NULL,
        seen_at text NOT NULL,
        ends_at text NOT NULL
    ){strict}""",
    "CREATE INDEX sessions_of_account ON sessions (account_id)",
    """CREATE TABLE limits (
        counted text NOT NULL,
        slot {whole} NOT NULL,
        n {whole} NOT NULL,
        PRIMARY KEY (counted, slot)
    ){strict}""",
)

_ACTIONS = (
    """CREATE TABLE urgent_actions (
        id {pk},
        number text NOT NULL UNIQUE,
        slug text NOT NULL UNIQUE,
        country text,
        title text,
        language text NOT NULL,
        deadline_on text,
        demands text NOT NULL,
        languages text NOT NULL
    ){strict}""",
    """CREATE TABLE documents (
        id {pk},
        sha256 text NOT NULL UNIQUE,
        name text NOT NULL,
        content {blob} NOT NULL,
        body text,
        via text NOT NULL,
        received_at text NOT NULL,
        state text NOT NULL CHECK (state IN ('waiting', 'applied', 'review', 'refused', 'known')),
        reason text,
        reading text,
        CHECK (state <> 'refused' OR COALESCE(reason, '') <> '')
    ){strict}""",
    """CREATE TABLE outputs (
        id {pk},
        urgent_action_id {whole} NOT NULL REFERENCES urgent_actions (id),
        document_id {whole} NOT NULL UNIQUE REFERENCES documents (id),
        index_key text,
        reading text NOT NULL,
        taken_in_at text NOT NULL,
        UNIQUE (urgent_action_id, index_key)
    ){strict}""",
    """CREATE TABLE cases (
        id {pk},
        urgent_action_id {whole} NOT NULL REFERENCES urgent_actions (id),
        slug text NOT NULL,
        name text NOT NULL,
        folded text NOT NULL,
        person text NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'review', 'closing', 'closed')),
        outcome text,
        since_on text NOT NULL,
        output_id {whole} REFERENCES outputs (id),
        decision_id {whole},
        cause text NOT NULL,
        about text,
        doubts text NOT NULL,
        epoch {whole} NOT NULL,
        changed_at text NOT NULL,
        UNIQUE (urgent_action_id, slug)
    ){strict}""",
    "CREATE INDEX cases_by_state ON cases (state, id)",
    """CREATE TABLE former_slugs (
        urgent_action_id {whole} NOT NULL REFERENCES urgent_actions (id),
        slug text NOT NULL,
        case_id {whole} NOT NULL REFERENCES cases (id),
        PRIMARY KEY (urgent_action_id, slug)
    ){strict}""",
    """CREATE TABLE targets (
        id {pk},
        urgent_action_id {whole} NOT NULL REFERENCES urgent_actions (id),
        target_key text NOT NULL,
        name text,
        role text,
        address text NOT NULL,
        email text,
        fax text,
        salutation text,
        place {whole} NOT NULL,
        output_id {whole} NOT NULL REFERENCES outputs (id),
        replaced_at text,
        UNIQUE (urgent_action_id, target_key),
        CHECK (COALESCE(name, role, '') <> '')
    ){strict}""",
    """CREATE TABLE decisions (
        id {pk},
        case_id {whole} NOT NULL REFERENCES cases (id),
        verdict text NOT NULL CHECK (verdict IN ('open', 'closed')),
        outcome text,
        reason text NOT NULL CHECK (reason <> ''),
        taken_by text NOT NULL,
        decided_at text NOT NULL,
        after_output_id {whole} REFERENCES outputs (id)
    ){strict}""",
)

_LETTERS = (
    """CREATE TABLE letters (
        id {pk},
        receipt text NOT NULL,
        form_key text NOT NULL,
        case_id {whole} NOT NULL REFERENCES cases (id),
        target_id {whole} REFERENCES targets (id),
        channel text NOT NULL CHECK (channel IN ('email', 'own_mail', 'post')),
        state text NOT NULL CHECK (state IN ('unconfirmed', 'queued', 'held', 'sending', 'sent', 'refused',
            'stopped', 'uncertain', 'withdrawn', 'opened', 'reported')),
        reason text,
        template text,
        language text NOT NULL,
        subject text,
        body text,
        name text,
        email text,
        country text,
        writer text,
        news_at text,
        consented_at text NOT NULL,
        confirm_hash text UNIQUE,
        recipient text,
        wire {blob},
        message_id text UNIQUE,
        attempts {whole} NOT NULL,
        unknown_tries {whole} NOT NULL,
        next_at text,
        worker text,
        epoch {whole} NOT NULL,
        created_at text NOT NULL,
        confirmed_at text,
        sent_at text,
        told_at text,
        CHECK (state NOT IN ('refused', 'stopped', 'uncertain') OR COALESCE(reason, '') <> ''),
        CHECK (state NOT IN ('queued', 'sending', 'sent') OR (COALESCE(message_id, '') <> '' AND COALESCE(target_id, 0) > 0)),
        CHECK (state <> 'sending' OR COALESCE(worker, '') <> '')
    ){strict}""",
    "CREATE UNIQUE INDEX letters_once_a_form ON letters (form_key)",
    """CREATE UNIQUE INDEX letters_once_a_writer ON letters (case_id, target_id, writer, epoch)
        WHERE state IN ('queued', 'held', 'sending', 'sent', 'uncertain')""",
    "CREATE INDEX letters_by_case ON letters (case_id, state, channel)",
    "CREATE INDEX letters_due ON letters (state, next_at, id)",
    "CREATE INDEX letters_by_receipt ON letters (receipt)",
    "CREATE INDEX letters_to_be_told ON letters (case_id, writer) WHERE told_at IS NULL AND email IS NOT NULL",
    """CREATE TABLE notices (
        id {pk},
        kind text NOT NULL,
        about text NOT NULL,
        email text,
        subject text NOT NULL,
        wire {blob},
        state text NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'refused')),
        reason text,
        message_id text NOT NULL UNIQUE,
        attempts {whole} NOT NULL,
        next_at text NOT NULL,
        worker text,
        created_at text NOT NULL,
        sent_at text,
        UNIQUE (kind, about)
    ){strict}""",
    "CREATE INDEX notices_due ON notices (state, next_at, id)",
    """CREATE TABLE events (
        id {pk},
        at text NOT NULL,
        actor text NOT NULL,
        kind text NOT NULL,
        case_id {whole} REFERENCES cases (id),
        letter_id {whole} REFERENCES letters (id),
        output_id {whole} REFERENCES outputs (id),
        decision_id {whole} REFERENCES decisions (id),
        before_state text,
        after_state text,
        reason text
    ){strict}""",
    "CREATE INDEX events_of_case ON events (case_id, id)",
    "CREATE INDEX events_of_letter ON events (letter_id, id)",
)

_EVENTS_STAY: dict[str, tuple[str, ...]] = {
    "sqlite": (
        """CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
            BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END""",
        """CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
            BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'an event is never changed'; END $$""",
        """CREATE TRIGGER events_are_not_changed BEFORE UPDATE OR DELETE ON events
            FOR EACH ROW EXECUTE FUNCTION events_stay()""",
    ),
}

HOUSE = Step("0001 the house", (*_ACCOUNTS, *_ACTIONS, *_LETTERS), _EVENTS_STAY)
