"""Patterns that are asked only where they can match: what they need is in everything that they match."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.domain.patterns import Literals, Table, needed, pattern, runs_of
from campaign.domain.reading.outcomes import OBJECT, SUBJECT, TITLES
from campaign.domain.reading.phrases import PHRASES, _squeezed_row

ROWS = [
    *(_squeezed_row(row, language) for language, rows in PHRASES.items() for _, _, row in rows),
    *(row for tables in (SUBJECT, OBJECT) for rows in tables.values() for _, row in rows),
    *(row for _, row in TITLES),
]


@pytest.mark.parametrize(
    ("words", "literals"),
    [
        ("no (?:more|further) letters?", {"no more letter", "no further letter"}),
        ("(?:please )?write", {"write"}),
        (r"\d+ letters", {" letters"}),
        ("(?:letters)+", {"letters"}),
        ("(?:letters)*", set()),
        ("letters|[a-z]+", set()),
        ("(?i)letters", set()),
        ("(?=letters)x", set()),
        ("write(?!n)", {"write"}),
    ],
)
def test_a_pattern_knows_the_letters_without_which_it_cannot_match(words, literals):
    assert set(needed(words)) == literals


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[:40])
@given(data=st.data())
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_row_of_our_tables_matches_has_one_of_the_literals_that_it_needs(row, data):
    found = re.search(row, data.draw(st.from_regex(row)))

    assert found is None or pattern(row).may_match(found.string)


def test_the_rows_of_our_tables_all_need_something_so_that_few_are_asked():
    assert [row for row in ROWS if not needed(row)] == []


@given(text=st.text("abc", max_size=40), literals=st.lists(st.text("abc", min_size=1, max_size=9), max_size=20))
def test_many_literals_are_found_together_as_they_would_be_one_by_one(text, literals):
    found = Literals((literal, literal) for literal in literals).in_text(text, runs_of(text))

    assert [literal for literal, _ in found] == [literal for literal in literals if literal in text]


@given(
    stretches=st.lists(st.text("abc", max_size=12), min_size=1, max_size=5),
    rows=st.lists(st.sampled_from(["ab", "abc|ccc", "a+bca", "(?:aba|bab)c?", "[abc]", "cab(?:ab)*c"]), max_size=6),
)
def test_a_row_is_likely_in_every_stretch_in_which_it_matches(stretches, rows):
    text = ";".join(stretches)
    starts = [len(";".join(stretches[:n])) + bool(n) for n in range(len(stretches))]

    likely = Table((pattern(row), row) for row in rows).likely(text, starts, runs_of(text))

    for n, stretch in enumerate(stretches):
        assert {row for row in rows if re.search(row, stretch)} <= set(likely.get(n, []))
