"""Numbers that everybody sees tell of nobody."""

from hypothesis import given as whatever
from hypothesis import strategies as st

from campaign.domain.publishing import PER_COUNTRY_FROM, by_country

COUNTRIES = st.dictionaries(st.sampled_from(["NZ", "FR", "DE", "IE", "CA", "KE", "PE", "JP"]), st.integers(1, 40))


def test_countries_are_shown_from_five_letters_on_and_the_rest_together():
    told = by_country({"NZ": 30, "FR": 12, "DE": 4, "IE": 3})

    assert told.shown == (("NZ", 30), ("FR", 12))
    assert (told.other_countries, told.other_letters) == (2, 7)


def test_one_small_country_takes_the_next_with_it_because_the_total_is_public():
    told = by_country({"NZ": 30, "FR": 12, "DE": 1})

    assert told.shown == (("NZ", 30),)
    assert (told.other_countries, told.other_letters) == (2, 13)


@whatever(COUNTRIES)
def test_no_hidden_figure_can_be_worked_out_from_the_total(letters):
    told = by_country(letters)

    assert sum(n for _, n in told.shown) + told.other_letters == sum(letters.values())
    assert len(told.shown) + told.other_countries == len(letters)
    assert all(n >= PER_COUNTRY_FROM for _, n in told.shown)
    if told.shown and told.other_countries:
        assert told.other_countries >= 2 and told.other_letters >= PER_COUNTRY_FROM
