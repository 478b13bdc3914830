"""Who has sent a mail is believed only where nothing is left to whoever passes it on."""

import pytest

from campaign.postbox import proof_of_sender
from tests.mails_given import NOW, OFFICE, SIGNED, Names, a_key, a_mail, days, record_of, signed

EVIL = {f"k1._domainkey.{domain}.": record_of(a_key(2)) for domain in ("evil.example", "office.example.evil.example")}


def proof(mail: bytes, names: Names | None = None, domains=(OFFICE,), now=NOW):
    return proof_of_sender(mail, domains, names or Names(), now)


def without(*left_out: str) -> tuple[str, ...]:
    return tuple(name for name in SIGNED if name not in left_out)


@pytest.mark.parametrize("policy", ["relaxed/relaxed", "relaxed/simple", "simple/simple"])
@pytest.mark.parametrize("files", [(), (("final.txt", b"No further action.\n"),)], ids=["words", "file"])
def test_a_mail_that_a_trusted_domain_signed_these_days_is_proven(policy, files):
    names = Names()
    found = proof(signed(a_mail(*files), policy=policy), names)

    assert (found.domain, found.sentence) == (OFFICE, "Proven to come from office.example.")
    assert names.asked == [f"k1._domainkey.{OFFICE}."]


def test_a_writer_below_the_domain_and_another_signature_beside_are_no_hindrance():
    mail = a_mail(sender=f'"Ruiz, Ana" <ana@press.{OFFICE}>')

    assert proof(signed(signed(mail), domain="list.example")).domain == OFFICE
    assert proof(signed(mail).replace(b"\r\n", b"\n")).domain == OFFICE
    assert proof(b"Received: from a\r\n\tby b; today\r\n" + signed(mail)).domain == OFFICE


@pytest.mark.parametrize(
    ("mail", "words"),
    [
        (a_mail(), "bears no signature"),
        (signed(a_mail(), key=a_key(2)), "does not fit"),
        (signed(a_mail()).replace(b"attached", b"forged  "), "does not fit"),
        (signed(a_mail()) + b"And close all cases.\r\n", "does not fit"),
        (signed(a_mail(), length=True), "covers only the beginning"),
        (signed(a_mail(), length=True) + b"And close all cases.\r\n", "covers only the beginning"),
        (signed(a_mail(), algorithm="rsa-sha1"), "of a kind"),
        (signed(a_mail(), more={"a": "none"}), "of a kind"),
        (signed(a_mail(), fields=without("subject")), "does not cover the field Subject"),
        (signed(a_mail(), fields=without("date")), "does not cover the field Date"),
        (signed(a_mail(), fields=without("content-type")), "does not cover the field Content-Type"),
        (signed(a_mail(), fields=without("message-id")), "does not cover the field Message-Id"),
        (signed(a_mail(), expires=NOW - days(0.001)), "has expired"),
        (signed(a_mail(), at=NOW - days(20), expires=NOW - days(10)), "has expired"),
        (signed(a_mail(), at=NOW - days(20)), "not of these days"),
        (signed(a_mail(at=NOW - days(20)), at=None), "not of these days"),
        (signed(a_mail(at=NOW - days(20))), "not of these days"),
        (signed(a_mail(at=NOW + days(1)), at=None), "not of these days"),
        (signed(a_mail(), more={"x": "later"}), "has expired"),
        (signed(a_mail(), domain="evil.example", key=a_key(2)), "evil.example, which is no domain we trust"),
        (signed(a_mail(), domain="office.example.evil.example", key=a_key(2)), "no domain we trust"),
        (signed(a_mail(sender="ua@evil.example")), "somebody elsewhere wrote it"),
        (signed(a_mail(sender="ua@evil-office.example")), "somebody elsewhere wrote it"),
        (signed(a_mail(sender=f'"ua@{OFFICE}" <ua@evil.example>')), "somebody elsewhere wrote it"),
        (signed(a_mail(sender=f"ua@{OFFICE}, max@evil.example")), "somebody elsewhere wrote it"),
        (b"From: max@evil.example\r\n" + signed(a_mail()), "stands twice"),
        (signed(a_mail()).replace(b"Subject:", b"Subject: No further action\r\nSubject:"), "stands twice"),
        (signed(a_mail()).replace(b"Content-Type:", b"Content-Type: text/html\r\nContent-Type:"), "stands twice"),
        (signed(b"".join(a_mail().partition(b"Subject: A paper\r\n")[::2])), "Subject is missing"),
        (b"Content-Disposition: attachment\r\n" + signed(a_mail()), "does not cover the field Content-Disposition"),
        (b"X-Paper: %PDF-1.7\r\r endobj\r\n" + signed(a_mail()), "read in two ways"),
        (signed(a_mail()).replace(b"attached", b"atta\x00hed"), "read in two ways"),
        (b"From MAILER Sun Nov 22 12:00:09 2026\r\n" + signed(a_mail()), "not built as"),
        (b"Subject : forged\r\n" + signed(a_mail()), "not built as"),
        (b"X: y\r\n" * 300 + signed(a_mail()), "longer than any mail needs"),
        (b"X: " + b"y" * 70_000 + b"\r\n" + signed(a_mail()), "longer than any mail needs"),
        (b"X: " + b"y" * 9_000 + b"\r\n" + signed(a_mail()), "not built as"),
        (signed(a_mail(), more={"s": "../k1"}), "names no key"),
        (signed(a_mail(), more={"s": "k2"}), "no key of that name"),
        (signed(a_mail()).replace(b"v=1;", b"v=1; d=evil.example; d=evil.example;"), "something twice"),
        (b"", "not built as"),
        (b"DKIM-Signature: \r\n\r\n", "nobody, which is no domain"),
        (b"DKIM-Signature: d=office.example\r\n\r\n", "of a kind"),
    ],
)  # fmt: skip
def test_whatever_is_forged_changed_open_or_old_is_not_believed_and_said(mail, words):
    found = proof(mail, Names({f"k1._domainkey.{OFFICE}.": record_of(a_key()), **EVIL}))

    assert found.domain is None
    assert words in found.sentence and found.sentence.endswith(".")


def test_the_name_service_is_asked_for_trusted_domains_alone():
    names = Names(EVIL)

    assert not proof(signed(a_mail(), domain="evil.example", key=a_key(2)), names).domain
    assert not proof(signed(a_mail(sender="ua@evil.example")), names).domain
    assert not proof(signed(a_mail()), names, domains=()).domain
    assert names.asked == []


@pytest.mark.parametrize(
    "names",
    [
        Names(broken=TimeoutError()),
        Names(broken=OSError("no route")),
        Names(broken=ValueError()),
        Names({}),
        *(
            Names({f"k1._domainkey.{OFFICE}.": record})
            for record in (
                b"", b"v=DKIM1; k=rsa; p=", b"v=DKIM1; k=rsa; p=AAAA", b"nonsense", b"\xff\xfe", b"v=DKIM1;" * 2000,
                b"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                record_of(a_key(), "t=y; "), record_of(a_key(), "h=sha1; "), record_of(a_key(), "s=tlsrpt; "),
                record_of(a_key(3, 512)), record_of(a_key(2)),
            )
        ),
    ],
)  # fmt: skip
def test_without_a_good_key_nothing_is_proven_and_nothing_breaks(names):
    found = proof(signed(a_mail()), names)

    assert found.domain is None and found.sentence.endswith(".")


def test_a_key_for_the_domain_alone_proves_nothing_for_those_below_it():
    strict = Names({f"k1._domainkey.{OFFICE}.": record_of(a_key(), "t=s; ")})

    assert proof(signed(a_mail(), more={"i": f"@{OFFICE}"}), strict).domain == OFFICE
    assert not proof(signed(a_mail(), more={"i": f"@press.{OFFICE}"}), strict).domain


@pytest.mark.parametrize(
    "mail",
    [
        signed(a_mail()) + b" " * 3_000_000,
        signed(a_mail()) + (b" " * 110 + b"x\r\n") * 20_000,
        b"DKIM-Signature: d=office.example; b=" + b"\r\n " * 180 + b"\r\n" + a_mail(),
        b"DKIM-Signature: d=office.example; a=rsa-sha256; b=" + (b"b= " * 2500) + b"\r\n" + a_mail(),
    ],
    ids=["blanks", "rows of blanks", "blank lines", "many tags"],
)  # fmt: skip
def test_mails_built_to_keep_us_busy_come_to_an_end(mail):
    assert not proof(mail).domain


def test_what_a_mail_server_may_change_on_the_way_is_no_hindrance():
    assert proof(signed(a_mail()) + b"\r\n" * 100_000).domain == OFFICE
    assert proof(signed(a_mail()).replace(b"; b=", b"; b=" + b"\r\n \t " * 20, 1)).domain == OFFICE
