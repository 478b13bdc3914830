"""`campaign bounce`: delivery reports read from a pipe or a mailbox."""

import sys

import click

from campaign.cli.surroundings import Surroundings, here, now, say
from campaign.domain.refusals import NotMigrated, StorageFailed
from campaign.flow import bouncing
from campaign.postbox import MOST_BYTES_OF_REPORT, MailboxFailed, mailbox_place, opened_mailbox
from campaign.settings import SettingWrong

_NOT_OURS = 2
# EX_TEMPFAIL: by this a mail server knows that it should bring the message once more.
_AGAIN = 75


@click.command()
@click.option("--to", default="", metavar="ADDRESS", help="The address it came to, as the mail server says.")
@click.option(
    "--mailbox", is_flag=False, flag_value="", default=None, metavar="[URL]",
    help="Read what is unread at imaps://user:password@host/INBOX, or at CAMPAIGN_BOUNCE_MAILBOX.",
)  # fmt: skip
def bounce(to: str, mailbox: str | None) -> None:
    """Reads a delivery report from standard input, or all that are new in a mailbox, and marks the letters that came back.

    Ends with 0 when what it says is written down or was known already, 2 for what is no report on a letter of ours,
    75 when the database or the mailbox cannot be reached at the moment and it should be tried again. A mailbox that
    was read ends with 0; what is no report on a letter of ours is flagged in it.
    """
    surroundings = here()
    try:
        status = _from_pipe(surroundings, to) if mailbox is None else _from_mailbox(surroundings, mailbox)
    except (StorageFailed, NotMigrated, MailboxFailed) as trouble:
        say(str(trouble))
        status = _AGAIN
    sys.exit(status)


def _from_pipe(surroundings: Surroundings, to: str) -> int:
    message = sys.stdin.buffer.read(MOST_BYTES_OF_REPORT + 1)
    # Whoever writes into the pipe must not find it shut before the end.
    while sys.stdin.buffer.read(MOST_BYTES_OF_REPORT):
        pass
    taken = bouncing.take_in(surroundings.db, surroundings.office, message, now(), to)
    say(taken.sentence)
    return _NOT_OURS if taken.letter is None else 0


def _from_mailbox(surroundings: Surroundings, url: str) -> int:
    try:
        place = mailbox_place(url or surroundings.settings.bounce_mailbox)
    except ValueError as wrong:
        raise SettingWrong(f"The mailbox (CAMPAIGN_BOUNCE_MAILBOX) cannot be used: {wrong}.") from None
    with opened_mailbox(place) as box:
        found = bouncing.empty(surroundings.db, surroundings.office, box, now())
    new, ours = sum(one.is_new for one in found), sum(one.letter is not None for one in found)
    say(f"{len(found)} messages read: {new} letters came back, {len(found) - ours} messages are none of ours.")
    return 0


COMMANDS = (bounce,)
