"""From which network a form comes, as far as letters are counted by it."""

from ipaddress import ip_address, ip_network

from flask import request

from campaign.web.desk import office


def counted_network() -> str | None:
    """What stands for the network: an HMAC of its prefix, never an address. None on this machine itself."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return None
    if address.is_loopback:
        return None
    prefix = ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False)
    return office().network(str(prefix))
