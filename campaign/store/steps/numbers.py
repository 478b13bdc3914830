"""What the numbers needed: groups with links of their own, packs for events, and the batches that events report."""

from campaign.store.steps.step import Step

_GROUPS = (
    """CREATE TABLE groups (
        id {pk},
        code text NOT NULL UNIQUE,
        name text NOT NULL,
        made_by text NOT NULL,
        made_at text NOT NULL,
        closed_at text
    ){strict}""",
    """CREATE TABLE organizers_of_groups (
        group_id {whole} NOT NULL REFERENCES groups (id),
        account_id {whole} NOT NULL REFERENCES accounts (id),
        PRIMARY KEY (group_id, account_id)
    ){strict}""",
    "ALTER TABLE letters ADD COLUMN group_id {whole} REFERENCES groups (id)",
    "CREATE INDEX letters_of_group ON letters (group_id, case_id, state, channel) WHERE group_id IS NOT NULL",
)

_BATCHES = (
    """CREATE TABLE packs (
        id {pk},
        code text NOT NULL UNIQUE,
        case_id {whole} NOT NULL REFERENCES cases (id),
        target_id {whole} REFERENCES targets (id),
        group_id {whole} REFERENCES groups (id),
        languages text NOT NULL,
        letters {whole} NOT NULL CHECK (letters > 0),
        made_by text NOT NULL,
        made_at text NOT NULL
    ){strict}""",
    # A batch that is corrected stays, with the moment at which another took its place; that one says which it replaces.
    """CREATE TABLE batches (
        id {pk},
        pack_id {whole} REFERENCES packs (id),
        case_id {whole} NOT NULL REFERENCES cases (id),
        group_id {whole} REFERENCES groups (id),
        n {whole} NOT NULL CHECK (n >= 0),
        held_on text NOT NULL,
        vouched_by text NOT NULL,
        kept_at text NOT NULL,
        reported_by text NOT NULL,
        reported_at text NOT NULL,
        reason text,
        replaced_at text,
        replaces {whole} UNIQUE REFERENCES batches (id)
    ){strict}""",
    "CREATE UNIQUE INDEX batches_once_a_pack ON batches (pack_id) WHERE pack_id IS NOT NULL AND replaced_at IS NULL",
    "CREATE INDEX batches_of_case ON batches (case_id) WHERE replaced_at IS NULL",
)

NUMBERS = Step("0015 groups, packs and batches", (*_GROUPS, *_BATCHES))
