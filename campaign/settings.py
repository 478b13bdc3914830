"""What differs between installations: CAMPAIGN_* words, read once into a frozen Settings or refused with a clear sentence."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_HERE = Path(__file__).resolve().parent
# One name, without a port; `.example.org` is every name beneath it.
_HOST = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*")


class SettingWrong(Exception):
    """A CAMPAIGN_ word that cannot be used; the text says which and why."""


def shipped(name: str) -> Path:
    """The folder `templates`, `letters` or `samples`: inside an installed package, or beside it in a checkout."""
    for folder in (_HERE / "_shipped" / name, _HERE.parent / name, _HERE / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name}/ is neither in the package nor beside it")


@dataclass(frozen=True)
class Settings:
    """Every setting, with its default. Durations are timedeltas; the README lists the words."""

    data: Path = Path("campaign-data")
    database: str = ""
    smtp: str = ""
    sender: str = "letters@campaign.example"
    bounces: str = ""
    bounce_mailbox: str = field(default="", repr=False)
    folder: str = ""
    inbox_mailbox: str = field(default="", repr=False)
    inbox_domains: tuple[str, ...] = ()
    title: str = "Appeal Letters"
    base_url: str = "http://127.0.0.1:8080"
    secret_key: str = field(default="", repr=False)
    demo: bool = False
    hosts: str = ""
    admin_mail: str = ""
    second_step: str = ""
    smtp_connect_timeout: timedelta = timedelta(seconds=10)
    smtp_command_timeout: timedelta = timedelta(seconds=30)
    smtp_data_timeout: timedelta = timedelta(seconds=60)
    smtp_per_session: int = 50
    smtp_connections: int = 4
    letters_per_target_hour: int = 0
    letters_per_minute: int = 0
    retry_delays: tuple[timedelta, ...] = (
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
    )
    give_up_after: timedelta = timedelta(days=3)
    mails_per_address: int = 5
    letters_per_network: int = 120
    proxies: int = 0
    tell_after: timedelta = timedelta(hours=1)
    web_threads: int = 8
    upload_limit: int = 10_000_000

    @property
    def database_url(self) -> str:
        """`sqlite:PATH` or `postgresql://…`; by default a SQLite file in the data folder."""
        return self.database or f"sqlite:{self.data / 'campaign.db'}"

    @property
    def ledger(self) -> Path:
        """The file of closings, erasures and sendings that outlives the database."""
        return self.data / "ledger.jsonl"

    @property
    def smtp_url(self) -> str:
        """`smtp://…`, or by default `outbox:FOLDER` in the data folder."""
        return self.smtp or f"outbox:{self.data / 'outbox'}"

    @property
    def outbox(self) -> Path | None:
        """The folder in which mail lands when no mail server is set."""
        return Path(self.smtp_url.removeprefix("outbox:")) if self.smtp_url.startswith("outbox:") else None

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https:")

    @property
    def trusted_hosts(self) -> list[str]:
        """The names under which a request may ask for us: that of the public address, those set, and this machine's own.

        The last ones are for who looks after the machine: no link is ever made from the name that was asked for.
        """
        own = urlsplit(self.base_url).hostname or ""
        return list(dict.fromkeys([own, *_hosts(self.hosts), "localhost", "127.0.0.1"]))

    @property
    def second_step_of(self) -> str:
        """Of whom a second step is asked at sign-in: `admins`, `everyone` or `nobody`; by default of admins where it is https."""
        return self.second_step or ("admins" if self.is_https and not self.demo else "nobody")

    @property
    def for_office(self) -> dict[str, Any]:
        """What the events of an installation share, by the names of `flow.office.Office`: the same for web and terminal."""
        shared = ("sender", "title", "base_url", "secret_key", "mails_per_address", "letters_per_network", "tell_after")
        told = tuple(_parts(self.admin_mail))
        return {**{name: getattr(self, name) for name in (*shared, "bounces")}, "told": told}

    @property
    def close_patience(self) -> timedelta:
        """The longest time one handing over can take: how long a closing waits for it."""
        return self.smtp_connect_timeout + 6 * self.smtp_command_timeout + self.smtp_data_timeout


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The Settings that the CAMPAIGN_ words describe. Raises SettingWrong for an unknown word or an unfit value."""
    found: dict[str, Any] = {}
    for word, value in _words(environment).items():
        name = word.removeprefix("CAMPAIGN_").lower()
        if name not in _KINDS:
            raise SettingWrong(f"{word} is not a setting. The README lists them.")
        try:
            found[name] = _READ[_KINDS[name]](value)
        except ValueError as wrong:
            shown = (
                "" if name in ("secret_key", "smtp", "database", "bounce_mailbox", "inbox_mailbox") else f" “{value}”"
            )
            raise SettingWrong(f"{word}{shown} cannot be used: {wrong}.") from None
    settings = Settings(**found)
    _check(settings)
    return settings if settings.secret_key else Settings(**{**found, "secret_key": _kept_secret(settings.data)})


def _words(environment: Mapping[str, str]) -> dict[str, str]:
    words = {word: value for word, value in environment.items() if word.startswith("CAMPAIGN_")}
    for word in [word for word in words if word.endswith("_FILE")]:
        plain = word.removesuffix("_FILE")
        try:
            words[plain] = Path(words.pop(word)).read_text(encoding="utf-8").strip()
        except OSError as missing:
            raise SettingWrong(f"{word} names a file that cannot be read: {missing.strerror}.") from None
    return words


def _check(settings: Settings) -> None:
    if not settings.database_url.startswith(("sqlite:", "postgresql://", "postgres://")):
        raise SettingWrong("CAMPAIGN_DATABASE must begin with sqlite: or postgresql://.")
    if not settings.smtp_url.startswith(("smtp://", "outbox:")):
        raise SettingWrong("CAMPAIGN_SMTP must begin with smtp:// (or outbox: for a folder).")
    if not _is_plain_address(settings.sender):
        raise SettingWrong("CAMPAIGN_SENDER must be one plain e-mail address such as letters@example.org.")
    # What we add to its local part must fit into the 64 characters that mail allows.
    if settings.bounces and not (_is_plain_address(settings.bounces) and 0 < settings.bounces.find("@") <= 24):
        raise SettingWrong("CAMPAIGN_BOUNCES must be one plain, short e-mail address such as bounces@example.org.")
    address = urlsplit(settings.base_url)
    if address.scheme not in ("http", "https") or not address.hostname or address.query or address.fragment:
        raise SettingWrong("CAMPAIGN_BASE_URL must be the public address, such as https://letters.example.org.")
    if settings.second_step not in ("", "admins", "everyone", "nobody"):
        raise SettingWrong("CAMPAIGN_SECOND_STEP must be admins, everyone or nobody.")
    if not all(_HOST.fullmatch(host) for host in _hosts(settings.hosts)):
        raise SettingWrong("CAMPAIGN_HOSTS must be names such as letters.example.org, with commas between them.")
    if not all(_is_plain_address(address) for address in _parts(settings.admin_mail)):
        raise SettingWrong(
            "CAMPAIGN_ADMIN_MAIL must be e-mail addresses such as ada@example.org, with commas between them."
        )
    if settings.secret_key and len(settings.secret_key) < 20:
        raise SettingWrong("CAMPAIGN_SECRET_KEY is too short: at least 20 characters.")


def _hosts(names: str) -> list[str]:
    return [name.casefold() for name in _parts(names)]


def _parts(listed: str) -> list[str]:
    return [part.strip() for part in listed.split(",") if part.strip()]


def _is_plain_address(address: str) -> bool:
    local, _, host = address.partition("@")
    return bool(local and host) and "@" not in host and not any(c.isspace() or c in '<>",;' for c in address)


def _kept_secret(folder: Path) -> str:
    """The installation's own secret, made at the first start and kept readable for its owner alone."""
    file = folder / "secret-key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:  # noqa: PTH123
            new.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text(encoding="ascii").strip()


def _whole(value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise ValueError("a whole number above zero is needed")
    return int(value)


def _seconds(value: str) -> timedelta:
    try:
        seconds = float(value)
    except ValueError:
        raise ValueError("a number of seconds is needed") from None
    if not 0 < seconds < 10_000_000:
        raise ValueError("a number of seconds above zero is needed")
    return timedelta(seconds=seconds)


def _several(value: str) -> tuple[timedelta, ...]:
    return tuple(_seconds(part.strip()) for part in value.split(","))


def _domains(value: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in value.split(",") if name.strip())
    for name in names:
        if not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}", name):
            raise ValueError(
                f"“{name}” is no domain; write for example letters.example.org, and commas between several"
            )
    return names


def _yes(value: str) -> bool:
    if value.lower() not in ("yes", "no"):
        raise ValueError("say yes or no")
    return value.lower() == "yes"


def _text(value: str) -> str:
    if not value.strip() or any(ord(c) < 32 for c in value):
        raise ValueError("it is empty or has line breaks in it")
    return value.strip().rstrip("/")


_KINDS: dict[str, Any] = {f.name: f.type for f in fields(Settings)}
_READ: dict[Any, Callable[[str], Any]] = {
    str: _text,
    Path: Path,
    bool: _yes,
    int: _whole,
    timedelta: _seconds,
    tuple[timedelta, ...]: _several,
    tuple[str, ...]: _domains,
}
