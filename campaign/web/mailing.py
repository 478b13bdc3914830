"""Links that open a letter where the supporter writes mail, and links by which they tell others. Nothing is loaded from there."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from campaign.domain.refusals import N_

# What mail programs and sites are known to take; beyond it some cut the text off without a word.
_LONGEST_MAILTO = 1900
_LONGEST_PAGE = 7500


@dataclass(frozen=True)
class Way:
    """A place to open the letter: what it is called, the address, and whether the text fits into it."""

    name: str
    address: str
    has_text: bool = True


def ways(to: str, subject: str, body: str) -> list[Way]:
    """The supporter's own mail program and the great mail pages, with the letter in them where it fits."""
    gmail = {"view": "cm", "fs": "1", "to": to, "su": subject}
    plain = {"to": to, "subject": subject}
    pages = (
        ("Gmail", "https://mail.google.com/mail/", gmail, _LONGEST_PAGE),
        ("Outlook", "https://outlook.live.com/mail/0/deeplink/compose", plain, _LONGEST_MAILTO),
        ("Yahoo", "https://compose.mail.yahoo.com/", plain, _LONGEST_PAGE),
    )
    whole = mailto(to, subject, body)
    fits = len(whole) <= _LONGEST_MAILTO
    found = [Way(N_("My mail program"), whole if fits else mailto(to, subject, ""), fits)]
    for name, address, given, longest in pages:
        whole = _page(address, **given, body=body)
        fits = len(whole) <= longest
        found.append(Way(name, whole if fits else _page(address, **given), fits))
    return found


def mailto(address: str, subject: str, body: str) -> str:
    """A link that opens the supporter's own mail program; without `body` the text has to be pasted."""
    text = body.replace("\r\n", "\n").replace("\n", "\r\n")
    said = f"mailto:{quote(address, safe='@.+-_')}?subject={quote(subject, safe='')}"
    return f"{said}&body={quote(text, safe='')}" if text else said


def _page(address: str, **words: str) -> str:
    return f"{address}?{urlencode({name: word for name, word in words.items() if word}, quote_via=quote)}"


def ways_to_share(words: str, address: str) -> list[Way]:
    """Plain links to tell others of a case. They carry nothing of the one who shares."""
    both = f"{words} {address}"
    return [
        Way(N_("By e-mail"), f"mailto:?subject={quote(words, safe='')}&body={quote(both, safe='')}"),
        Way("WhatsApp", _page("https://wa.me/", text=both)),
        Way("Telegram", _page("https://t.me/share/url", url=address, text=words)),
        Way("Bluesky", _page("https://bsky.app/intent/compose", text=both)),
        Way("Facebook", _page("https://www.facebook.com/sharer/sharer.php", u=address)),
    ]
