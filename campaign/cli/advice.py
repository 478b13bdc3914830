"""What in the settings would be risky in production, in sentences for the operator."""

from collections.abc import Iterable

from campaign.domain.account import SECOND_STEP_OF, Account, Role
from campaign.settings import Settings


def risks(settings: Settings, accounts: Iterable[Account]) -> list[str]:
    """A sentence for each risk; none where there is none."""
    told = [*_of_address(settings), *_of_mail(settings), *_of_accounts(settings, list(accounts))]
    if settings.demo:
        told.append("CAMPAIGN_DEMO is yes, so every mail is shown to everybody.")
    return told


def _of_address(settings: Settings) -> list[str]:
    told = []
    if not settings.is_https:
        told.append(
            f"CAMPAIGN_BASE_URL is {settings.base_url}: without https passwords, cookies and letters can be read on the way."
        )
    elif not settings.proxies:
        told.append(
            "CAMPAIGN_PROXIES is 0 though the public address is https: behind a reverse proxy everybody seems to come from "
            "one network, and shares its limits."
        )
    if settings.proxies and not settings.is_https:
        told.append(
            "CAMPAIGN_PROXIES is set though the public address is not https: without such a proxy anybody can make up where "
            "they come from."
        )
    return told


def _of_mail(settings: Settings) -> list[str]:
    told = []
    if settings.sender == Settings().sender:
        told.append(f"CAMPAIGN_SENDER is still {settings.sender}, an address that nobody can answer.")
    if settings.outbox:
        told.append(f"CAMPAIGN_SMTP is not set, so nothing leaves: letters and mails land in {settings.outbox}.")
    elif "tls=none" in settings.smtp_url:
        told.append("CAMPAIGN_SMTP says tls=none, so letters go to the mail server unencrypted.")
    return told


def _of_accounts(settings: Settings, accounts: list[Account]) -> list[str]:
    told = []
    open_ones = [one for one in accounts if not one.closed_at]
    if Role.ADMIN not in SECOND_STEP_OF[settings.second_step_of]:
        told.append(
            "No second step is asked of admins (CAMPAIGN_SECOND_STEP): a password that got out is enough to close a case."
        )
    else:
        told += [
            f"{one.name} is an admin without a second step: whoever has the password can set one up."
            for one in open_ones
            if one.role is Role.ADMIN and not one.has_second_step
        ]
    if not any(one.role is Role.ADMIN for one in open_ones):
        told.append(
            "There is no admin who could take in documents or close a case: campaign account add NAME --role admin"
        )
    return told
