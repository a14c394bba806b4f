"""Who asks, as proxies say it, and which network that is."""

import dataclasses

import pytest
from aiohttp.test_utils import make_mocked_request

from trialog.settings import Settings
from trialog.web.networks import address_of, client_address, household_of, network_of


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "198.51.100.7:40001", "198.51.100.7"),
        ("10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("10.0.0.1", '"[2001:db8::1]"', "2001:db8::1"),
        ("::1", "2001:db8::1", "2001:db8::1"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "nonsense", None),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_only_trusted_proxies_say_who_asks(settings: Settings, remote: str, forwarded: str, client: str | None) -> None:
    proxies = dataclasses.replace(settings, trusted_proxies="10.0.0.0/8, ::1").proxies
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": forwarded} if forwarded else {}).clone(remote=remote)
    assert client_address(request, proxies) == (address_of(client) if client else None)


@pytest.mark.parametrize(
    ("address", "household", "network"),
    [
        ("203.0.113.9", "203.0.113.9", "203.0.113.0/24"),
        ("::ffff:203.0.113.9", "203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:0:7:1:2:3:4", "2001:db8:0:7::/64", "2001:db8:0:7::/64"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/64"),
        ("nonsense", "", ""),
    ],
)
def test_a_home_is_one_client_and_neighbours_share(address: str, household: str, network: str) -> None:
    assert household_of(address_of(address)) == household
    assert network_of(address_of(address)) == network
