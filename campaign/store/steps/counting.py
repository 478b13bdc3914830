"""What counting needed: finished days that are remembered, and the numbers at a closing.

The letters up to the id `upto` are remembered, counted by everything that they are counted by, as of a moment. What changes
in one of them after that moment leaves its old place as -1 and its new one as +1 in `finished_changes`, within the
transaction that changes it; triggers see to it, so that no way to a letter can forget it. `finished_faces` holds the same
letters counted by one thing at a time, for the pages that everybody opens first. `finished_stretch` is empty but while a
stretch of letters is taken in: it is apart from the changes, which every page reads, and which so stay few.
"""

from campaign.store.steps.step import Step

_MEASURES = """n {whole} NOT NULL,
        copies {whole} NOT NULL,
        own {whole} NOT NULL,
        back {whole} NOT NULL"""
_CELL = """day text NOT NULL,
        case_id {whole} NOT NULL,
        target_id {whole} NOT NULL,
        channel text NOT NULL,
        state text NOT NULL,
        country text NOT NULL,
        language text NOT NULL,
        group_id {whole} NOT NULL"""
_COLUMNS = "day, case_id, target_id, channel, state, country, language, group_id, n, copies, own, back"

_FINISHED = (
    """CREATE TABLE finished (
        id {pk},
        upto {whole} NOT NULL
    ){strict}""",
    f"""CREATE TABLE finished_days (
        {_CELL},
        {_MEASURES},
        PRIMARY KEY (day, case_id, target_id, channel, state, country, language, group_id)
    ){{strict}}""",
    "CREATE INDEX finished_days_of_case ON finished_days (case_id, day)",
    "CREATE INDEX finished_days_of_group ON finished_days (group_id, day) WHERE group_id > 0",
    "CREATE INDEX finished_days_left ON finished_days (n) WHERE n = 0",
    f"""CREATE TABLE finished_faces (
        face text NOT NULL,
        case_id {{whole}} NOT NULL,
        value text NOT NULL,
        channel text NOT NULL,
        state text NOT NULL,
        {_MEASURES},
        PRIMARY KEY (face, case_id, value, channel, state)
    ){{strict}}""",
    *(
        f"""CREATE TABLE {table} (
            id {{pk}},
            {_CELL},
            {_MEASURES}
        ){{strict}}"""
        for table in ("finished_changes", "finished_stretch")
    ),
)


def _moved(row: str, sign: str) -> str:
    return f"""INSERT INTO finished_changes ({_COLUMNS}) VALUES (
        substr(COALESCE({row}.sent_at, {row}.created_at), 1, 10), {row}.case_id, COALESCE({row}.target_id, 0), {row}.channel,
        {row}.state, COALESCE({row}.country, ''), {row}.language, COALESCE({row}.group_id, 0), {sign}1,
        {sign}(CASE WHEN {row}.copy_of IS NOT NULL THEN 1 ELSE 0 END),
        {sign}(CASE WHEN {row}.own_words_at IS NOT NULL AND {row}.copy_of IS NULL THEN 1 ELSE 0 END),
        {sign}(CASE WHEN {row}.bounced_at IS NOT NULL THEN 1 ELSE 0 END));"""


_COUNTED = """case_id, target_id, channel, state, country, language, group_id, sent_at, created_at, copy_of, own_words_at,
    bounced_at"""
_OF_FINISHED = "id <= (SELECT max(upto) FROM finished)"

_TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"""CREATE TRIGGER letters_counted_after_all AFTER INSERT ON letters WHEN NEW.{_OF_FINISHED}
            BEGIN {_moved("NEW", "+")} END""",
        f"""CREATE TRIGGER letters_counted_elsewhere AFTER UPDATE OF {_COUNTED} ON letters WHEN NEW.{_OF_FINISHED}
            BEGIN {_moved("OLD", "-")} {_moved("NEW", "+")} END""",
        f"""CREATE TRIGGER letters_counted_no_more AFTER DELETE ON letters WHEN OLD.{_OF_FINISHED}
            BEGIN {_moved("OLD", "-")} END""",
    ),
    # Whoever remembers more letters takes the lock alone: until those who write now have committed, and so that they see how
    # far it went. Without it a change that is not committed yet would be in neither.
    "postgresql": (
        f"""CREATE FUNCTION letters_counted_elsewhere() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock_shared(726001);
                IF TG_OP <> 'INSERT' THEN
                    IF OLD.{_OF_FINISHED} THEN {_moved("OLD", "-")} END IF;
                END IF;
                IF TG_OP <> 'DELETE' THEN
                    IF NEW.{_OF_FINISHED} THEN {_moved("NEW", "+")} END IF;
                END IF;
                RETURN NULL;
            END $$""",
        f"""CREATE TRIGGER letters_counted_elsewhere AFTER INSERT OR DELETE OR UPDATE OF {_COUNTED} ON letters
            FOR EACH ROW EXECUTE FUNCTION letters_counted_elsewhere()""",
    ),
}

# What was counted when a case closed; it stays, whatever is reported later.
_SNAPSHOTS = (
    """CREATE TABLE snapshots (
        id {pk},
        case_id {whole} NOT NULL REFERENCES cases (id),
        epoch {whole} NOT NULL,
        closed_at text NOT NULL,
        sent_by_us {whole} NOT NULL,
        opened_elsewhere {whole} NOT NULL,
        reported_sent {whole} NOT NULL,
        reported_by_events {whole} NOT NULL,
        embassy_copies {whole} NOT NULL,
        countries {whole} NOT NULL,
        first_on text,
        last_on text
    ){strict}""",
    "CREATE INDEX snapshots_of_case ON snapshots (case_id, id)",
)

FINISHED_DAYS = Step("0016 finished days", _FINISHED, _TRIGGERS)
SNAPSHOTS = Step("0017 snapshots", _SNAPSHOTS)

# Where many countries are written from, a view of one of them need not walk through the cells of all.
FINISHED_DAYS_BY_COUNTRY = Step(
    "0018 finished days by country",
    ("CREATE INDEX finished_days_of_country ON finished_days (country, day)",),
)
