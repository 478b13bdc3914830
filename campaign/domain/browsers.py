"""A plain word for a browser, from what it says of itself. Nothing else of it is kept."""

# The first that is found counts: most browsers also say that they are another one.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def plain_word(user_agent: str | None) -> str:
    """`Firefox on Linux`; `A browser` where nothing is recognised."""
    said = user_agent or ""
    browser = next((word for mark, word in _BROWSERS if mark in said), "A browser")
    machine = next((word for mark, word in _MACHINES if mark in said), "")
    return f"{browser} on {machine}" if machine else browser
