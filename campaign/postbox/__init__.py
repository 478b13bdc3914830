"""The way out: the only place that talks to a mail server."""

from campaign.postbox.opening import Postbox, postbox
from campaign.postbox.outbox import OutboxFolder, OutboxMail, outbox_letters, outbox_mail
from campaign.postbox.smtp import SmtpPostbox
from campaign.postbox.wire import clean_line, clean_name, plain_address, sealed

__all__ = [
    "OutboxFolder",
    "OutboxMail",
    "Postbox",
    "SmtpPostbox",
    "clean_line",
    "clean_name",
    "outbox_letters",
    "outbox_mail",
    "plain_address",
    "postbox",
    "sealed",
]
