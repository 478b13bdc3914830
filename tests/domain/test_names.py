"""Which spellings are one person, and whom a list of names means."""

import pytest

from campaign.domain import names

PEOPLE = [("Sophia Huang Xueqin",), ("Wang Jianbing",), ("Nadia el-Banna",), ("Sean O’Neill",)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SOPHIAHUANG XUEQIN", "Sophia Huang Xueqin"),
        ("Huang Xueqin Sophia", "Sophia Huang Xueqin"),
        ("El Banna Nadia", "Nadia el-Banna"),
        ("Sean ONeill", "Sean O’Neill"),
        ("Dr Bayo ADEWUNMI", "Bayo Adewunmi"),
        ("NDEYE COUMBA SARR", "Ndèye Coumba Sarr"),
        ("ELSEN QULUZADE", "Elşən Quluzadə"),
        ("Zhou Kang Ming", "Zhou Kangming"),
        ("R0SA IXCHEL", "Rosa Ixchel"),
        ("Baharl_ Kaya", "Baharlı Kaya"),
    ],
)
def test_spellings_that_differ_by_noise_are_the_same_name(one, other):
    assert names.is_same(one, other) and names.is_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Wang Jianbing", "Wang Jianbin"), ("Yacine Boudjemaa", "Lyes Boudjemaa"), ("Ana", "Hana")]
)
def test_other_people_are_not_the_same_name(one, other):
    assert not names.is_same(one, other)
    assert not names.is_part(one, other)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("WANG JIANBING AND SOPHIA HUANG", [1, 0]),
        ("WANGJIANBINGANDSOPHIAHUANGXUEQIN", [1, 0]),
        ("WANG, HUANG, EL-BANNA & O'NEILL", [1, 0, 2, 3]),
        ("Ms Huang and Mr Wang", [0, 1]),
        ("W ANG JIAN BING, HUANGXUE QIN", [1, 0]),
    ],
)
def test_a_list_of_names_is_resolved_whatever_blanks_it_lost(printed, meant):
    matches, leftover = names.resolve(printed, PEOPLE)

    assert [match.fits for match in matches] == [(place,) for place in meant]
    assert leftover == ()


def test_a_name_that_fits_nobody_is_left_over():
    matches, leftover = names.resolve("WANG JIANBING AND LIU WEI", PEOPLE)

    assert [match.fits for match in matches] == [(1,)]
    assert leftover == ("LIU WEI",)


def test_a_shared_family_name_fits_both():
    matches, _ = names.resolve("BOUDJEMAA", [("Yacine Boudjemaa",), ("Lyes Boudjemaa",)])

    assert [match.fits for match in matches] == [(0, 1)]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sophia Huang Xueqin", "sophia-huang-xueqin"),
        ("Elşən Quluzadə", "elsen-quluzade"),
        ("Sean O’Neill", "sean-oneill"),
        ("Łukasz Żak", "lukasz-zak"),
        ("黄雪琴", "9ec4-96ea-7434"),
    ],
)
def test_a_slug_is_fit_for_an_address(name, slug):
    assert names.slug(name) == slug


def test_capitals_become_ordinary_case():
    assert names.in_ordinary_case("Bayo ADEWUNMI") == "Bayo Adewunmi"
    assert names.in_ordinary_case("AFI MENSAH-DOVI") == "Afi Mensah-Dovi"
    assert names.in_ordinary_case("MOSTAFA EL-BANNA") == "Mostafa el-Banna"
