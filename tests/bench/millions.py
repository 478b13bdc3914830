"""Millions of letters, written as rows: a year of forty cases in twenty actions, from sixty countries, in every state and channel.

The same statement makes them on both engines from the whole numbers up to N, without chance, so that every run counts the
same. Indexes are made after the rows, as one does for a large load.
"""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

from campaign.domain.countries import COUNTRIES
from campaign.store import cases as case_store
from campaign.store.database import Database
from campaign.store.migrations import migrate
from tests import given

ACTIONS, DAYS = 20, 365
A_PART = 250_000
BODY = (
    "Dear Director,\n\n" + "I ask you to release her at once and without conditions, and to let her see a lawyer. " * 3
)

# 2654435761 spreads neighbours apart; its parts stand in for dice of a thousand sides.
_DICE = {place: f"((i * 2654435761 + {place * 977}) % 4294967296 / {7 + place} % 1000)" for place in range(6)}
# Each case lasts for about a tenth of the year: the day says which four are written for, the dice which of them.
_CASE = f"1 + ((i * {2 * ACTIONS - 3} / :n) + {_DICE[0]} % 4)"
_STATE = f"""CASE WHEN {_DICE[1]} < 800 THEN CASE WHEN {_DICE[2]} < 800 THEN 'sent' WHEN {_DICE[2]} < 900 THEN 'withdrawn'
    WHEN {_DICE[2]} < 950 THEN 'refused' WHEN {_DICE[2]} < 998 THEN 'stopped' WHEN i > :n - 20000 THEN 'uncertain' ELSE 'sent' END
    WHEN {_DICE[2]} < 600 THEN 'opened' ELSE 'reported' END"""
_INTO = """INSERT INTO letters (id, receipt, form_key, case_id, target_id, channel, state, reason, template, language, subject,
    body, name, email, country, writer, consented_at, recipient, message_id, attempts, unknown_tries, epoch, created_at,
    confirmed_at, sent_at, told_at, own_words_at)"""
_MADE = f"""SELECT i, 'r' || i, 'f' || i, case_id, (case_id + 1) / 2, channel, state, 'Because.', 'release',
    CASE WHEN {_DICE[3]} < 700 THEN 'en' WHEN {_DICE[3]} < 900 THEN 'fr' ELSE 'es' END, 'An appeal', :body, 'Sol',
    'sol' || i || '@supporter.example', k.code, 'w' || i, at, NULL,
    CASE WHEN channel = 'email' THEN '<' || i || '@campaign.example>' END, 1, 0, 1, at, at,
    CASE WHEN state IN ('sent', 'reported') THEN d.day || 'T12:30:00.000000Z' END, at,
    CASE WHEN {_DICE[4]} < 300 THEN at END
    FROM (SELECT i, d.day || 'T12:00:00.000000Z' AS at, d.day AS day, {_CASE} AS case_id, {_STATE} AS state,
            CASE WHEN {_DICE[1]} < 800 THEN 'email' WHEN {_DICE[1]} < 920 THEN 'own_mail' ELSE 'post' END AS channel,
            {_DICE[5]} AS dice
        FROM numbers_from_to JOIN bench_days d ON d.n = i * {DAYS} / (:n + 1)) d JOIN bench_countries k ON k.n = d.dice"""


def make(db: Database, n: int, now: datetime | None = None) -> float:
    """Makes the world and its letters in an empty database; how many seconds it took."""
    began, now = time.perf_counter(), now or datetime.now(UTC)
    migrate(db)
    for place in range(ACTIONS):
        names = [f"Person {chr(65 + place)} {word}" for word in ("Odu", "Ruiz")]
        given.take_in(db, given.an_output(*names, ua=f"{place + 10}/26"), now=now - timedelta(days=400))
    assert len(case_store.cases(db)) == 2 * ACTIONS
    _tables(db, now)
    left_out = _without_indexes(db)
    for low in range(1, n + 1, A_PART):
        _part(db, low, min(n, low + A_PART - 1), n)
    for statement in left_out:
        db.run(statement)
    db.run("DROP TABLE bench_days")
    db.run("DROP TABLE bench_countries")
    if db.engine == "postgresql":
        db.run("ALTER TABLE letters ENABLE TRIGGER USER")
        db.rows("SELECT setval(pg_get_serial_sequence('letters', 'id'), :n)", n=n)
        db.run("VACUUM ANALYZE letters")
    return time.perf_counter() - began


def _part(db: Database, low: int, high: int, n: int) -> None:
    numbers = "(SELECT i FROM generate_series(CAST(:low AS bigint), :high) i) s"
    if db.engine == "sqlite":
        numbers = (
            """(WITH RECURSIVE s(i) AS (SELECT :low UNION ALL SELECT i + 1 FROM s WHERE i < :high) SELECT i FROM s) s"""
        )
    with db.atomic(lasts=False):
        db.run(f"{_INTO} {_MADE.replace('numbers_from_to', numbers)}", low=low, high=high, n=n, body=BODY)


def _tables(db: Database, now: datetime) -> None:
    db.run("CREATE TABLE bench_days (n bigint PRIMARY KEY, day text)")
    days = [{"n": n, "day": (now - timedelta(days=DAYS - n)).date().isoformat()} for n in range(DAYS)]
    db.run_many("INSERT INTO bench_days (n, day) VALUES (:n, :day)", days)
    # The first country writes most, the tenth a tenth of that.
    codes, parts = list(COUNTRIES)[:60], [1 / place for place in range(1, 61)]
    countries = [code for code, part in zip(codes, parts, strict=True) for _ in range(round(part * 1000 / sum(parts)))]
    db.run("CREATE TABLE bench_countries (n bigint PRIMARY KEY, code text)")
    every = [{"n": n, "code": countries[n % len(countries)]} for n in range(1000)]
    db.run_many("INSERT INTO bench_countries (n, code) VALUES (:n, :code)", every)


def _without_indexes(db: Database) -> list[str]:
    """Drops the indexes of letters that can be made again; the statements that make them."""
    if db.engine == "postgresql":
        db.run("ALTER TABLE letters DISABLE TRIGGER USER")
        found = db.rows(
            """SELECT indexname AS name, indexdef AS made FROM pg_indexes WHERE tablename = 'letters'
               AND schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint)"""
        )
    else:
        found = db.rows(
            "SELECT name, sql AS made FROM sqlite_master WHERE type = 'index' AND tbl_name = 'letters' AND sql <> ''"
        )
    for row in found:
        db.run(f"DROP INDEX {row['name']}")
    return [re.sub(r"\s+", " ", row["made"]) for row in found]
