"""The second step of signing in: the codes of an authenticator app (RFC 6238), and the picture that brings them there."""

import hmac
from datetime import datetime

import pyotp
import segno

_HALF_MINUTE = 30


def which_code(secret: str, code: str, now: datetime) -> int | None:
    """The half minute to which this code belongs, of the current one, the one before and the next; None if it fits none.

    Each code is to work once: whoever asks remembers the number and takes no code of it or before it again.
    """
    app, current = pyotp.TOTP(secret, interval=_HALF_MINUTE), half_minute(now)
    fitting = [
        step for step in (current - 1, current, current + 1) if hmac.compare_digest(app.generate_otp(step), code)
    ]
    return fitting[-1] if fitting else None


def half_minute(now: datetime) -> int:
    return int(now.timestamp()) // _HALF_MINUTE


def code_at(secret: str, now: datetime) -> str:
    """What an app shows at that moment."""
    return pyotp.TOTP(secret, interval=_HALF_MINUTE).generate_otp(half_minute(now))


def address(secret: str, *, name: str, issuer: str) -> str:
    """The `otpauth:` address that an app takes the secret from."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def picture(address: str) -> str:
    """The address as a QR code: a `data:` address of an SVG, black on white whatever the page's colours are."""
    made: str = segno.make(address, error="m", micro=False).svg_data_uri(
        scale=5, border=4, dark="#000", light="#fff", omitsize=True
    )
    return made
