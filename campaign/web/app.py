"""Builds the web application from settings."""

from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from campaign.letterbook import Letterbook
from campaign.postbox import outbox_letters
from campaign.settings import Settings, from_environment, shipped
from campaign.store.database import Database, connect
from campaign.store.migrations import pending
from campaign.web import access, desk, errors, filters, tongue, via
from campaign.web.choosing import Id
from campaign.web.views import (
    accounts,
    admin,
    cases,
    closing,
    confirming,
    deliveries,
    documents,
    events,
    groups,
    held,
    inbox,
    invitations,
    languages,
    letters,
    organizer,
    outbox,
    own_account,
    own_letters,
    public_record,
    record,
    reopening,
    sent,
    staff,
    targets,
    wanted,
    world,
    writing,
)

OF_ACCOUNTS = (accounts, invitations, own_account)
VIEWS = (
    cases,
    writing,
    confirming,
    letters,
    wanted,
    world,
    languages,
    organizer,
    held,
    sent,
    own_letters,
    events,
    groups,
    deliveries,
    inbox,
    admin,
    documents,
    closing,
    reopening,
    targets,
    record,
    public_record,
    staff,
    *OF_ACCOUNTS,
)

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create_app(settings: Settings | None = None, db: Database | None = None) -> Flask:
    """The application for these settings (by default those of the environment), on its own database or on `db`.

    Raises NotMigrated when the database is behind.
    """
    settings = settings or from_environment()
    db = db or connect(settings.database_url, pool=settings.web_threads + 2, ledger=settings.ledger)
    desk.refuse_if_pending(pending(db))
    app = Flask("campaign", root_path=str(desk.WEB), template_folder=str(shipped("templates")), static_folder="static")
    app.config.update(_config(settings))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    book = Letterbook(shipped("letters"), shipped("templates") / "mail")
    desk.open_desk(
        app, settings, db, book=book, mails=lambda: outbox_letters(settings.outbox) if settings.outbox else []
    )
    app.url_map.converters["int"] = Id
    for views in VIEWS:
        app.register_blueprint(views.pages)
    if settings.demo:
        app.register_blueprint(outbox.pages)
    app.wsgi_app = _small_host(app.wsgi_app)  # type: ignore[method-assign,no-untyped-call]
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    tongue.teach_tongues(app)
    via.carry(app)
    access.guard(app)
    errors.answer(app)
    filters.teach(app)
    app.after_request(_with_headers)
    if settings.is_https:
        app.after_request(_only_https)
    return app


def _config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "TRUSTED_HOSTS": settings.trusted_hosts,
        "MAX_CONTENT_LENGTH": settings.upload_limit + 100_000,
        "MAX_FORM_MEMORY_SIZE": settings.upload_limit + 100_000,
        "SESSION_COOKIE_NAME": "__Host-campaign" if settings.is_https else "campaign",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=2),
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    }


def _small_host(wsgi_app):  # type: ignore[no-untyped-def]
    """Capitals in a host's name mean nothing; the comparison with the trusted ones minds them."""

    def answer(environ, start_response):  # type: ignore[no-untyped-def]
        if "HTTP_HOST" in environ:
            environ["HTTP_HOST"] = environ["HTTP_HOST"].lower()
        return wsgi_app(environ, start_response)

    return answer


def _with_headers(response):  # type: ignore[no-untyped-def]
    response.headers.extend(HEADERS)  # no view sets any of these itself
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _only_https(response):  # type: ignore[no-untyped-def]
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
