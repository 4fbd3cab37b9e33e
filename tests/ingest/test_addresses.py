"""Which addresses are public, in every notation."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from pinboard import sandbox
from pinboard.ingest.addresses import (
    AllowList,
    is_public,
    is_this_machine,
    parse_numeric_host,
)

NOT_PUBLIC = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",  # Alibaba's metadata
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",  # cloud metadata
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",  # IPv4-compatible
    "::808:808",
    "::ffff:127.0.0.1",  # IPv4-mapped
    "::ffff:8.8.8.8",
    "::ffff:0:7f00:1",  # IPv4-translated
    "64:ff9b::7f00:1",  # NAT64 of 127.0.0.1
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",  # local-use NAT64
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",  # Teredo
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",  # 6to4 of 127.0.0.1
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "fd00:ec2::254",  # EC2's metadata
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "93.184.216.34",
        "100.128.0.1",
        "172.32.0.1",
        "2606:4700::1111",
        "64:ff9b::808:808",
    ],
)
def test_an_address_outside_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "spelling",
    [
        *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1"),
        *("017700000001", "0x7f.0x0.0x0.0x1", "127.0.0.0x1", "0X7F.1"),
    ],
)
def test_every_spelling_of_loopback_is_understood(spelling: str) -> None:
    assert str(parse_numeric_host(spelling)) == "127.0.0.1"


def test_a_name_is_not_a_number() -> None:
    assert parse_numeric_host("example.com") is None
    assert parse_numeric_host("1e100.net") is None


@pytest.mark.parametrize("host", ["1.2.3.4.5", "256.1.1.1", "0x7g.1.0x", "1.2.3.08", "::g"])
def test_a_broken_number_is_refused(host: str) -> None:
    with pytest.raises(ValueError):
        parse_numeric_host(host)


def test_the_machine_knows_its_own_addresses() -> None:
    # In a child, where asking the routing table about a public address is not taken for traffic.
    assert sandbox.run(is_this_machine, ip_address("127.0.0.1"))
    assert not sandbox.run(is_this_machine, ip_address("93.184.216.34"))


def test_the_allow_list_takes_hosts_ports_and_networks() -> None:
    allowed = AllowList(
        ["shop.local:8080", "nas.local", "10.0.0.5:8000", "192.168.0.0/16", "[fd00::1]:80"]
    )
    assert allowed.has_name("shop.local", 8080)
    assert not allowed.has_name("shop.local", 80)
    assert allowed.has_name("nas.local", 9999)
    assert allowed.has_address(ip_address("10.0.0.5"), 8000)
    assert not allowed.has_address(ip_address("10.0.0.5"), 8001)
    assert not allowed.has_address(ip_address("10.0.0.6"), 8000)
    assert allowed.has_address(ip_address("192.168.7.7"), 1)
    assert allowed.has_address(ip_address("::ffff:192.168.7.7"), 80)
    assert allowed.has_address(ip_address("fd00::1"), 80)
    assert not allowed.has_address(ip_address("fd00::1"), 81)


def test_an_entry_that_means_nothing_is_a_mistake_in_the_settings() -> None:
    with pytest.raises(ValueError, match="neither a host"):
        AllowList(["http://shop.local/"])
