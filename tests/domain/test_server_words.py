"""What mail servers say, and the sentence that people get."""

import pytest

from campaign.domain.server_words import OURS, SENTENCES, Trouble, sentence_of, trouble_of

# As large providers and the usual programs say it, each in the form in which we keep it.
SAID = [
    (Trouble.NO_MAILBOX, "5.1.1 (address): Recipient address rejected: User unknown in virtual mailbox table"),
    (Trouble.NO_MAILBOX, "5.1.1 The email account that you tried to reach does not exist. Please try double-checking"),
    (Trouble.NO_MAILBOX, "5.2.1 The email account that you tried to reach is inactive."),
    (Trouble.NO_MAILBOX, "5.4.1 Recipient address rejected: Access denied. [DB5.prod.protection.example]"),
    (Trouble.NO_MAILBOX, "5.5.0 Requested action not taken: mailbox unavailable (S2017062302)."),
    (Trouble.NO_MAILBOX, "delivery error: dd This user doesn't have a mail.example account (address) [0]"),
    (Trouble.NO_MAILBOX, "Unrouteable address"),
    (Trouble.NO_MAILBOX, "no such mailbox"),
    (Trouble.NO_MAILBOX, "No Such User Here"),
    (Trouble.NO_MAILBOX, "553 sorry"),
    (Trouble.MAILBOX_FULL, "5.2.2 The email account that you tried to reach is over quota."),
    (Trouble.MAILBOX_FULL, "4.2.2 mailbox full, please try again later"),
    (Trouble.MAILBOX_FULL, "Requested mail action aborted: exceeded storage allocation"),
    (Trouble.UNWANTED, "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org"),
    (Trouble.UNWANTED, "5.7.1 [192.0.2.1 12] Our system has detected that this message is likely unsolicited mail."),
    (Trouble.UNWANTED, "5.7.1 Message rejected as spam by Content Filtering."),
    (Trouble.UNWANTED, "5.7.1 Delivery not authorized, message refused"),
    (Trouble.UNWANTED, "Message rejected due to local policy."),
    (Trouble.TOO_LARGE, "5.3.4 Message size exceeds fixed limit"),
    (Trouble.TOO_LARGE, "5.2.3 Your message exceeded the limits of this server."),
    (Trouble.TOO_LARGE, "message too big"),
    (Trouble.SENDER, "5.7.26 This mail has been blocked because the sender is unauthenticated."),
    (Trouble.SENDER, "5.7.23 The message was rejected because of Sender Policy Framework violation"),
    (Trouble.SENDER, "5.7.1 Email rejected per DMARC policy for campaign.example"),
    (Trouble.SENDER, "4.1.8 (address): Sender address rejected: Domain not found"),
    (Trouble.SENDER, "Sender verify failed"),
    (Trouble.SENDER, "5.7.25 The IP address sending this message does not have a PTR record"),
    (Trouble.BUSY, "4.7.1 (address): Recipient address rejected: Greylisted, see http://postgrey.example/help"),
    (Trouble.BUSY, "4.3.2 Service shutting down"),
    (Trouble.BUSY, "4.2.1 The user you are trying to contact is receiving mail at a rate that"),
    (Trouble.BUSY, "4.7.650 The mail server [192.0.2.1] has been rate limited"),
    (Trouble.BUSY, "Too many connections, please try again later"),
    (Trouble.BUSY, "421 closing"),
    (Trouble.RELAY, "5.7.1 (address): Relay access denied"),
    (Trouble.RELAY, "5.7.54 SMTP; Unable to relay recipient in non-accepted domain"),
    (Trouble.RELAY, "sorry, that domain isn't in my list of allowed rcpthosts"),
    (Trouble.RELAY, "5.7.0 Authentication required"),
    (Trouble.NO_DOMAIN, "5.1.2 (address): Recipient address rejected: Domain not found"),
    (Trouble.NO_DOMAIN, "5.1.10 RESOLVER.ADR.RecipientNotFound"),
    (Trouble.NO_DOMAIN, "Host or domain name not found. Name service error for name=nowhere.example type=MX"),
    (Trouble.ENCRYPTION, "5.7.0 Must issue a STARTTLS command first"),
    (Trouble.ENCRYPTION, "5.7.10 Encryption needed"),
    (Trouble.ENCRYPTION, "The line to the mail server could not be encrypted."),
    (Trouble.NO_ANSWER, "The mail server could not be reached in time."),
    (Trouble.NO_ANSWER, "The line to the mail server broke."),
    (Trouble.NO_ANSWER, "The mail server closed the line."),
    (Trouble.NO_ANSWER, "4.4.1 connection timed out"),
    (Trouble.OTHER, "5.0.0 Nope"),
    (Trouble.OTHER, "5.5.2 Syntax error"),
    (Trouble.OTHER, "554 Transaction failed"),
    (Trouble.OTHER, ""),
]  # fmt: skip


@pytest.mark.parametrize(("trouble", "words"), SAID, ids=[words[:40] for _, words in SAID])
def test_what_a_server_says_is_told_as_what_it_comes_to(trouble, words):
    assert trouble_of(words) is trouble


@pytest.mark.parametrize(
    ("code", "trouble"),
    [(552, Trouble.MAILBOX_FULL), (451, Trouble.BUSY), (556, Trouble.NO_DOMAIN), (550, Trouble.OTHER)],
)
def test_where_words_tell_nothing_the_code_does(code, trouble):
    assert trouble_of("no", code) is trouble
    assert trouble_of(f"{code} no") is trouble


def test_words_that_can_mean_one_thing_only_go_before_a_code_that_is_given_for_anything():
    assert trouble_of("5.1.1 relaying denied", 550) is Trouble.RELAY


def test_every_kind_of_trouble_has_its_sentence():
    assert set(SENTENCES) == set(Trouble)
    assert all(sentence.endswith(".") and not any(c.isdigit() for c in sentence) for sentence in SENTENCES.values())
    assert sentence_of("5.1.1 no such user") == SENTENCES[Trouble.NO_MAILBOX]


def test_sentences_of_our_own_are_not_taken_for_a_servers():
    assert OURS and all(sentence_of(ours) is None for ours in OURS)
