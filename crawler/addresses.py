"""Which addresses may be reached: never a private, loopback, link-local or carrier-grade one that is not listed."""

import ipaddress
import os
from ipaddress import IPv4Address, IPv6Address

ALLOW = "ANSINH_ALLOW_PRIVATE"
"""Environment variable: `host:port`, comma-separated, as they stand in the URL."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_CLOSED = tuple(map(ipaddress.ip_network, ("192.88.99.0/24", "fec0::/10", "3fff::/20", "64:ff9b:1::/48")))
"""Relays, site-local and documentation nets that older Pythons take for the open net."""


class RefusedAddressError(Exception):
    """The address that a name leads to must not be reached."""


def allowed_private(text: str | None = None) -> frozenset[str]:
    """Give the `host:port` pairs that the environment lists (or `text`), lower-case."""
    listed = os.environ.get(ALLOW, "") if text is None else text
    return frozenset(part.strip().lower() for part in listed.split(",") if part.strip())


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the open net; one that wraps another (mapped, 6to4) counts as it."""
    try:
        found: IPv4Address | IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    if any(found.version == net.version and found in net for net in _CLOSED):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def check(host: str, port: int, addresses: list[str], allowed: frozenset[str]) -> list[str]:
    """Give those of a host's IP addresses that may be reached; raises RefusedAddressError where none may.

    A listed `host:port` may be reached wherever it leads: the operator named it.
    """
    shown = f"[{host}]" if ":" in host else host
    if f"{shown}:{port}".lower() in allowed:
        return addresses
    public = [address for address in addresses if is_public(address)]
    # one private answer among public ones is how names are rebound: such a host is refused whole
    if not addresses or len(public) < len(addresses):
        where = next((address for address in addresses if address not in public), "nowhere")
        raise RefusedAddressError(f"{shown}:{port} leads to {where}, which is not public and not in {ALLOW}")
    return public
