"""The page to print: always one, as typed, and told to those who hear it read."""

import io
import re
import shutil
import subprocess
import unicodedata
from datetime import date

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.letterbook.sheet import Press, Sheet, can_be_set_in_type

PRESS = Press()
ADDRESS = ("Director Zhang Rui", "Guangdong Prisons Department", "1 Road", "Guangzhou 510000")
WANTED = "https://appeals.example/wanted/12-5-1"
MM = 72 / 25.4


def page(body, country="NZ", language="en", name="Sol Writer", subject="Appeal for Sophia Huang", address=ADDRESS):
    day = date(2026, 11, 26)
    typed = f"{body}\n\n{name}"
    return PRESS.pdf(Sheet(address, country, day, subject, typed, name, language, "7Q2-K4M", WANTED))


def text(pdf):
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


def words(typed):
    """Its words, whatever stands between them."""
    plain = unicodedata.normalize("NFC", typed).replace("\u200b", "")
    return "".join(
        mark if unicodedata.category(mark)[0] in "LMN" or mark == "\u200c" else " " for mark in plain
    ).split()


def stands_in_order(typed, extracted):
    return f" {' '.join(words(typed))} " in f" {' '.join(words(extracted))} "


def boxes(pdf):
    """What is written and where, in millimetres from the left and from the top: left, top, right, bottom."""
    sheet = pypdfium2.PdfDocument(pdf)[0]
    told, height = sheet.get_textpage(), sheet.get_height()
    for place in range(told.count_rects()):
        left, bottom, right, top = told.get_rect(place)
        yield (
            told.get_text_bounded(left, bottom, right, top),
            left / MM,
            (height - top) / MM,
            right / MM,
            (height - bottom) / MM,
        )


# One page

PROSE = "I am writing to you about Sophia Huang Xueqin, whom I ask you to release. "
NASTY = {
    "a full letter": (PROSE * 41)[:3000],
    "with own words": PROSE * 80,
    "no white": "a" * 3000,
    "wide": "W" * 3000,
    "many short paragraphs": "\n\n".join(f"Paragraph {n}." for n in range(200)),
    "a letter on each line": "\n".join("a" * 1500),
    "a letter in each paragraph": "\n\n".join("a" * 1000),
    "empty lines": "\n" * 3000,
    "nothing": "",
    "a mark on each letter": "x\u0301" * 1500,
    "signs": "#$\\[*_@<label>`\"'/~={}%&^|; " * 100,
    "Arabic": ("أطلب منكم الإفراج عنها فورًا. " * 101)[:3000],
    "Arabic without white": "بَّ" * 1000,
}


@pytest.mark.parametrize("country", ["NZ", "US"])
@pytest.mark.parametrize("body", NASTY.values(), ids=NASTY)
def test_a_letter_is_one_page_and_keeps_to_its_room(body, country):
    pdf = page(body, country)
    from_top, to_bottom, width = (92, 279.4 - 30, 215.9) if country == "US" else (96, 297 - 30, 210)

    assert len(pypdfium2.PdfDocument(pdf)) == 1
    for typed, left, top, right, bottom in boxes(pdf):
        in_window = top > 46 and bottom < 89
        in_letter = top > from_top - 1 and bottom < to_bottom + 1
        in_footer = top > to_bottom + 1
        assert in_window or in_letter or in_footer, typed
        assert left > 19, typed
        assert right < width - 19, typed


@given(st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Z", "Cf"]), max_size=300))
@settings(max_examples=150, deadline=None)
def test_whatever_can_be_set_is_set_on_one_page(typed):
    kept = "".join(mark for mark in typed if can_be_set_in_type(mark))
    assert can_be_set_in_type(kept)
    assert len(pypdfium2.PdfDocument(page(kept))) == 1


SYLLABLES = [
    "بِ",
    "تٌّ",
    "لا",
    "لأً",
    "إ",
    "آ",
    "ةً",
    "ىٰ",
    "مَّ",
    "رُ",
    "و",
    "ـ",
    " ",
    "، ",
    ".",
    "؟",
    "(",
    "12",
    "٣",
    "Zoë",
    "\u200c",
    "\n",
    "\n\n",
]


@given(st.lists(st.sampled_from(SYLLABLES), max_size=300).map("".join))
@settings(max_examples=60, deadline=None)
def test_any_arabic_is_set_on_one_page(typed):
    assert can_be_set_in_type(typed)
    assert len(pypdfium2.PdfDocument(page("سلام " + typed, language="ar"))) == 1


def test_a_letter_of_three_thousand_signs_can_be_read():
    told = pypdfium2.PdfDocument(page((PROSE * 41)[:3000]))[0].get_textpage()
    sizes = {
        round(pypdfium2.raw.FPDFText_GetFontSize(told, place), 1)
        for place in range(told.count_chars())
        if pypdfium2.raw.FPDFText_GetUnicode(told, place) > 32
    }

    assert min(sizes - {7.5}) >= 8.5  # 7.5 is the footer


def test_an_address_with_many_lines_stays_in_the_window():
    lines = [f"Line {n} " + "of an address " * 6 for n in range(20)]
    pdf = page("Dear Director,", address=(*lines, "W" * 200))

    assert max(bottom for typed, _, _, _, bottom in boxes(pdf) if "address" in typed or "WWW" in typed) < 88
    assert max(right for typed, _, _, right, _ in boxes(pdf) if "address" in typed or "WWW" in typed) < 104


# As typed

PLAIN = "أكتب إليكم بشأن صوفيا هوانغ المعتقلة في الصين. أطلب منكم الإفراج عنها ودون قيد أو شرط، لأن سجنها ظلم لا يحتمل."
LINES = {
    "English": "I ask you — “firmly” — to release Sophia’s friend, file no. 44/22; it’s about an official office.",
    "French": "Être libérée, où ça ? Ça naît à l’œuvre, c’était déjà promis.",
    "Polish, Turkish, Vietnamese": "Łukasz Żółć, Şükrü İnönü, Nguyễn Đặng Phương",
    "decomposed": "Jose\u0301 Nu\u0301n\u0303ez",
    "Greek": "Σας γράφω για την υπόθεσή της, Κύριε Διευθυντά· ἄνθρωπος καὶ Ἀθῆναι.",
    "Cyrillic": "Уважаемый господин директор, йод и ёлка, Київ ґанок, Љубљана.",
    "Arabic": PLAIN,
    "with tanwin": "أطلب منكم الإفراج عنها فورًا، وأشكركم شكرًا جزيلاً، ونأمل أن تُعامل معاملةً حسنةً. محامٍ.",
    "with vowels": "إِنَّ الإِنْسانَ حُرٌّ، وَلِلسَّجِينَةِ حَقٌّ فِي مُحَاكَمَةٍ عَادِلَةٍ أَمَامَ مَحْكَمَةٍ مُسْتَقِلَّةٍ.",
    "with a number": "حُكم عليه في 9 سبتمبر 2024 بالسجن 12 عاما ثم 1,500 دولار، أي بعد ٣ أشهر.",
    "with a name": "أكتب إليكم بشأن السيدة Sophia المعتقلة منذ عام 2021 مع صديقها Jianbing وأسرته.",
    "Persian": "پرونده آقای گلزار چگونه است؟ چرا ژیلا را آزاد نمی\u200cکنید؛ می\u200cخواهم بدانم، نامه\u200cای.",
    "Urdu": "میں آپ سے درخواست کرتا ہوں کہ انہیں فوری طور پر رہا کیا جائے۔",
}
READERS = {"pdfium": text}
if shutil.which("pdftotext"):
    READERS["pdftotext"] = lambda pdf: subprocess.run(
        ["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_the_text_extracts_as_typed(line, reader):
    is_arabic = bool(re.search("[\u0600-\u06ff]", line))
    # pdftotext takes the direction of the page from most of its letters.
    body = f"{PLAIN}\n\n{PLAIN}\n\n{line}" if is_arabic else line
    extracted = reader(page(body, name="سول" if is_arabic else "Sol Writer", subject="نداء" if is_arabic else "Appeal"))

    assert stands_in_order(line, extracted)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_on_an_arabic_page_address_number_and_link_are_not_turned_round(reader):
    extracted = reader(page(f"{PLAIN}\n\n{PLAIN}", name="سول", subject="نداء من أجل صوفيا"))

    for line in (*ADDRESS, "7Q2-K4M", WANTED, "Is this letter still wanted?"):
        assert line in extracted
    assert stands_in_order("نداء من أجل صوفيا", extracted)
    assert stands_in_order("26 نوفمبر 2026", extracted)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_name_of_several_words_in_an_arabic_line_keeps_each_of_them(reader):
    extracted = words(
        reader(page(f"{PLAIN}\n\n{PLAIN}\n\nبشأن السيدة Sophia Huang Xueqin المعتقلة في الصين", name="سول"))
    )

    assert {"Sophia", "Huang", "Xueqin", "بشأن", "السيدة", "المعتقلة"} <= set(extracted)


def test_an_arabic_letter_has_its_date_on_the_left_and_its_name_on_the_right():
    found = list(boxes(page(PLAIN, name="سول", subject="نداء")))

    assert next(left for typed, left, *_ in found if "نوفمبر" in typed) < 50
    assert next(right for typed, _, _, right, _ in found if "سول" in typed) > 180


def test_a_letter_from_the_left_has_them_the_other_way_round():
    found = list(boxes(page("Dear Director,\n\nPlease release her.")))

    assert next(right for typed, _, _, right, _ in found if "November" in typed) > 180
    assert next(left for typed, left, *_ in found if typed.startswith("Sol")) < 30


@pytest.mark.parametrize(
    "typed",
    [
        "#panic() and #sys.inputs",
        "$x^2$ and *b* and _i_ and `raw`",
        "@ref <label> [x] {y} \\u{41} \\ \\\\",
        "// comment /* more */ kept",
        "= Head",
        "- item",
        "+ one",
        "/ term: told",
        "https://example.org/a~b---c...d",
        '"quoted" \'so\' -- "and" so',
    ],
)
def test_nothing_typed_is_run_or_changed(typed):
    assert typed in text(page(f"Dear Director,\n\n{typed}\n\nYours", subject=typed, name=typed)).replace("\r\n", " ")


def test_signs_that_we_have_no_type_for_are_refused():
    assert can_be_set_in_type("Zoë Łukasz Κύριε Київ فورًا — “so”")
    for typed in ("黄雪琴", "한국", "ไทย", "🙂", "שלום", "\ufdfe", "\u2041", "\u0378"):
        assert not can_be_set_in_type(typed), typed


def test_marks_without_a_letter_and_heaps_of_them_are_refused():
    assert can_be_set_in_type("Việt e\u0302\u0323 α\u0313\u0301\u0345 مَّ")
    for typed in ("\u064b", "a\u064b", "ب\u0301", " \u0301", "a" + "\u0301" * 5, "ب" + "\u064e" * 5):
        assert not can_be_set_in_type(typed), typed


def test_a_letter_without_a_subject_is_called_by_its_number():
    pdf = page("Dear Director,", subject="")

    assert pypdf.PdfReader(io.BytesIO(pdf)).metadata.title == "7Q2-K4M"


# Told to those who hear it read


@pytest.mark.parametrize(("body", "told"), [("Dear Director,", "en"), (PLAIN, "ar")])
def test_the_page_is_tagged_and_has_a_title_and_a_language(body, told):
    read = pypdf.PdfReader(io.BytesIO(page(body)), strict=True)
    root = read.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == told
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title == "Appeal for Sophia Huang"
    described = root["/Metadata"].get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", described)


def test_the_code_says_in_words_what_it_is():
    pdf = page("Dear Director,")

    assert "Is this letter still wanted?" in text(pdf)
    assert WANTED in text(pdf)
    assert "7Q2-K4M" in text(pdf)


# Paper and window


@pytest.mark.parametrize(
    ("country", "size"),
    [("NZ", (210, 297)), ("FR", (210, 297)), ("", (210, 297)), ("US", (216, 279)), ("MX", (216, 279))],
)
def test_the_paper_is_that_of_the_country(country, size):
    sheet = pypdfium2.PdfDocument(page("Dear Director,", country))[0]

    assert (round(sheet.get_width() / MM), round(sheet.get_height() / MM)) == size


@pytest.mark.parametrize(("country", "at"), [("NZ", 20), ("DE", 20), ("US", 22), ("FR", 110), ("CH", 110), ("BE", 110)])
def test_the_address_is_where_the_window_of_an_envelope_is(country, at):
    _, left, top, _, _ = next(box for box in boxes(page("Dear Director,", country)) if "Zhang Rui" in box[0])

    assert left == pytest.approx(at, abs=1)
    assert 46 < top < 51
