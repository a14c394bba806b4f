"""Where a request comes from: the address of the family's device, and the network it belongs to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_interface

from aiohttp import web

from trialog.settings import Network

Address = IPv4Address | IPv6Address

# A home or a phone has a /64 of IPv6 for itself; whoever has many addresses of IPv4 has them side by side.
_OF_ONE_HOME, _SIDE_BY_SIDE = 64, 24


def client_address(request: web.Request, proxies: tuple[Network, ...]) -> Address | None:
    """The address of the family's device: the last one that is no trusted proxy of ours; None where nobody says it.

    ``X-Forwarded-For`` is read from the right, as long as the address that wrote it is trusted; anybody can write the rest.
    """
    address = address_of(request.remote or "")
    forwarded = ",".join(request.headers.getall("X-Forwarded-For", []))
    for before in reversed(forwarded.split(",") if forwarded else []):
        if address is None or not any(address in network for network in proxies):
            break
        address = address_of(before)
    return address


def household_of(address: Address | None) -> str:
    """What counts as one client: an address of IPv4, a /64 of IPv6. Empty where the address is not known, so that nobody is pooled."""
    if address is None:
        return ""
    return str(address) if isinstance(address, IPv4Address) else _block(address, _OF_ONE_HOME)


def network_of(address: Address | None) -> str:
    """The network of ``address`` that shares what one network may have; empty where it is not known."""
    if address is None:
        return ""
    return _block(address, _SIDE_BY_SIDE if isinstance(address, IPv4Address) else _OF_ONE_HOME)


def _block(address: Address, bits: int) -> str:
    return str(ip_interface(f"{address}/{bits}").network)


def address_of(written: str) -> Address | None:
    """An address as proxies write it: with a port, in brackets, as IPv4 inside IPv6; None for anything else."""
    text = written.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
