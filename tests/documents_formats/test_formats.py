"""Pages, Word documents and PDF files: what they show is what comes out, in the order in which it is read."""

import pytest

from campaign.documents import text_of
from tests.documents_formats import making
from tests.documents_formats.test_kinds import refusal

PAGE = "<html><body><p>News</p>{}</body></html>"
NESTED_TABLE = "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one <b>wo</b>rd</p><p>next", "one word\n\nnext"),
        ("<div>a</div><div>b<br></div><div><br></div><div>c</div>", "a\nb\n\nc"),
        ("a<br>b<br/><br/>c", "a\nb\n\nc"),
        ("<ul><li>one</li><li>two</li></ul>", "* one\n* two"),
        ("<table><tr><td>UA: 1/20</td><td><p>Index</p></td></tr><tr><th>x<th>y</table>", "UA: 1/20\tIndex\nx\ty"),
        ("<table><tr><td>Minister</td><td>Name<br>Street</td></tr></table>", "Minister\nName\nStreet"),
        (NESTED_TABLE, "a\tb\tc"),
        ("<p>UA&nbsp;1/20&nbsp;&nbsp;x &amp; y &#146;z</p>", "UA\xa01/20\xa0\xa0x & y ’z"),
        ("<script>if (a<b) x</script><style>p {}</style><template><p>no</p></template>yes", "yes"),
        ("<p>kept <del>gone</del><s>struck</s></p><p>next</p>", "kept\n\nnext"),
        ("<svg><text>never ended<p>shown</p>", "shown"),
        ("<title>never ended<p>shown</p>", "shown"),
        ('<p style="display:none">hidden</p><p hidden>too</p>', "hidden\n\ntoo"),
        ("<pre>  a   b\n c</pre>", "a   b\nc"),
        ("<p>said</p><!-- never ended <p>too</p>", "said\n\nnever ended\n\ntoo"),
        ("<p>said</p><a href='never ended", "said\n\n<a href='never ended</body>"),
    ],
)
def test_a_page_is_read_as_it_is_seen(markup, text):
    assert text_of(PAGE.format(markup).encode()).strip("\n") == f"News\n\n{text}"


def test_a_piece_of_a_page_is_a_page():
    assert text_of(b"Urgent" + b"<p>one</p>" * 6).startswith("Urgent\n\none\n")


def test_a_word_document_says_what_stands_on_its_page_heads_and_feet():
    content = making.docx(["The news."], header="Second UA: 44/21", footer="Index: AMR 28/4002/2021")

    assert text_of(content) == "Second UA: 44/21\n\nThe news.\n\nIndex: AMR 28/4002/2021"


def test_a_page_head_of_even_pages_that_is_not_in_use_is_not_said():
    content = making.docx(["The news."], header="Old number")
    hidden = making.docx(
        ["The news."],
        header="Old number",
        members={"word/document.xml": making.word_document('<w:headerReference w:type="even" r:id="h1"/>')},
    )

    assert "Old number" in text_of(content)
    assert "Old number" not in text_of(hidden)


def test_insertions_stay_and_deletions_go():
    change = (
        '<w:p><w:r><w:t xml:space="preserve">Bo Chen </w:t></w:r>'
        '<w:ins w:id="1"><w:r><w:t>is free</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>is held</w:delText></w:r></w:del></w:p>'
    )

    assert text_of(making.docx([], body=change)).strip() == "Bo Chen is free"


def test_a_table_in_a_word_document_is_a_line_with_tabs():
    def cell(words):
        return f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"

    table = f"<w:tbl><w:tr>{cell('UA: 44/21')}{cell('Ecuador')}</w:tr></w:tbl>"

    assert text_of(making.docx(["x"], body=table)) == "x\n\nUA: 44/21\tEcuador"


def test_a_pdf_of_many_pages_has_a_form_feed_between_two_and_is_read_for_eighty():
    text = text_of(making.pdf([[f"Page number {n}"] for n in range(90)]))

    assert text.split("\n\f") == [f"Page number {n}" for n in range(80)]


def test_a_scan_and_a_locked_file_say_so():
    assert "scan" in refusal(making.scan())
    assert "password" in refusal(making.locked_pdf())


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_what_is_cut_off_is_refused_or_read_and_never_an_error(kind):
    content = making.ALL[kind]()

    for cut in range(5, len(content), len(content) // 12):
        try:
            assert text_of(content[:cut])
        except Exception as refused:
            assert type(refused).__name__ == "Unreadable", refused


def test_a_word_document_that_is_no_xml_is_damaged():
    assert "damaged" in refusal(making.docx(members={"word/document.xml": b"not xml"}))
    assert "damaged" in refusal(making.packed({"word/other.xml": b"<x/>"}))
