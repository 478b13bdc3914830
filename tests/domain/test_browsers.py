"""What is told of a browser in the list of one's sessions."""

import pytest

from campaign.domain.browsers import plain_word

MOZILLA = "Mozilla/5.0"
KHTML = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (f"{MOZILLA} (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0", "Firefox on Linux"),
        (f"{MOZILLA} (Windows NT 10.0; Win64; x64) {KHTML} Chrome/143.0 Safari/537.36 Edg/143.0", "Edge on Windows"),
        (f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) {KHTML} Version/26.0 Safari/605.1.15", "Safari on a Mac"),
        (
            f"{MOZILLA} (iPhone; CPU iPhone OS 26_0 like Mac OS X) {KHTML} CriOS/143.0 Mobile Safari/604.1",
            "Chrome on an iPhone",
        ),
        (
            f"{MOZILLA} (Linux; Android 16) {KHTML} SamsungBrowser/29.0 Chrome/140.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("curl/8.5.0", "A browser"),
        ("<script>alert(1)</script>", "A browser"),
        ("", "A browser"),
        (None, "A browser"),
    ],
)
def test_a_browser_is_told_in_a_plain_word(said, word):
    assert plain_word(said) == word
