"""The way out: the only place that talks to a mail server."""

from campaign.postbox.bounces import MOST_BYTES as MOST_BYTES_OF_REPORT
from campaign.postbox.bounces import read_report
from campaign.postbox.mailbox import MailboxFailed, mailbox_place, opened_mailbox
from campaign.postbox.opening import Postbox, postbox
from campaign.postbox.outbox import OutboxFolder, OutboxMail, outbox_letters, outbox_mail
from campaign.postbox.signature import Proof, look_up_key, proof_of_sender
from campaign.postbox.smtp import SmtpPostbox
from campaign.postbox.wire import clean_line, clean_name, plain_address, sealed

__all__ = [
    "MOST_BYTES_OF_REPORT",
    "MailboxFailed",
    "OutboxFolder",
    "OutboxMail",
    "Postbox",
    "Proof",
    "SmtpPostbox",
    "clean_line",
    "clean_name",
    "look_up_key",
    "mailbox_place",
    "opened_mailbox",
    "outbox_letters",
    "outbox_mail",
    "plain_address",
    "postbox",
    "proof_of_sender",
    "read_report",
    "sealed",
]
