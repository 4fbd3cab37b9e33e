"""Which IP addresses are the public internet, and which would lead us inside.

``ipaddress.is_global`` is not enough: Python 3.11 calls ``64:ff9b::7f00:1`` (NAT64 of 127.0.0.1),
``2002:7f00:1::`` (6to4 of it) and ``192.0.0.8`` global. So we unwrap every form in which an IPv6
address carries an IPv4 one, judge what is inside as well as the shell, and keep our own list of
what is not public (IANA special-purpose registries, read in November 2026).
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this host; 0.0.0.0 connects to loopback
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, also Alibaba's metadata
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments, DS-Lite
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)

#: Only this is handed out as global unicast; the exceptions inside it follow.
_GLOBAL_UNICAST_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: whatever is inside, no public site lives there any more
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)

#: NAT64 (RFC 6052, RFC 8215): on a network that translates, the site behind is the IPv4 address.
_NAT64 = IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")
_COMPATIBLE = IPv6Network("::/96")


def is_public(address: Address) -> bool:
    """Whether a stranger's link may make us connect to this address.

    NAT64 of a public IPv4 address is public: DNS64 hands it out on IPv6-only networks. Every
    other IPv6 form that carries an IPv4 address is refused, whatever it carries.
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4) and address.is_global
    if address.scope_id is not None:
        return False
    if address in _NAT64:
        return is_public(_last_four_bytes(address))
    if address not in _GLOBAL_UNICAST_6:
        return (
            False  # ::, ::1, mapped, compatible, local NAT64, unique local, link-local, multicast
        )
    return not any(address in network for network in _NOT_PUBLIC_6) and address.is_global


def carried(address: Address) -> list[Address]:
    """The address itself and every IPv4 address it carries, for comparing with a list."""
    if isinstance(address, IPv4Address):
        return [address]
    inside: list[Address | None] = [address, address.ipv4_mapped, address.sixtofour]
    inside += address.teredo or ()
    if address in _COMPATIBLE or address in _NAT64 or address in _NAT64_LOCAL:
        inside.append(_last_four_bytes(address))
    return [one for one in inside if one is not None]


def _last_four_bytes(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFF_FFFF)


def is_this_machine(address: Address) -> bool:
    """Whether the address is one of our own interfaces, a public one included.

    A connected datagram socket tells without sending anything: to ourselves, we are the sender.
    """
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((str(address), 9))
            return ip_address(probe.getsockname()[0]) == address
        except (OSError, ValueError):
            return False  # no route: not ours


def parse_numeric_host(host: str) -> Address | None:
    """The address a host name spells, or None if it is a name.

    Understands what the C library understands: decimal ("2130706433"), octal ("0177.1"), hex
    ("0x7f.1"), short ("127.1"), and IPv6 with or without brackets. Raises ValueError for a host
    that can only be meant as a number but is none ("1.2.3.4.5", "0x7g"): WHATWG URL, 3.5.
    """
    bare = host.removeprefix("[").removesuffix("]")
    if ":" in bare:
        return IPv6Address(bare)
    last = bare.rsplit(".", 1)[-1].lower()
    if not (last.isdigit() or last.startswith("0x")):
        return None
    try:
        return IPv4Address(socket.inet_aton(bare))
    except OSError as error:
        raise ValueError(f"{host!r} is not an address") from error


class AllowList:
    """Hosts and networks that may be reached although they are private.

    entries: "shop.local", "shop.local:8080", "10.0.0.5:8000", "[fd00::1]:80", "192.168.0.0/16".
        Without a port every port is allowed; with one, only that. Raises ValueError for others.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self._networks: list[tuple[Network, int | None]] = []
        self._names: set[tuple[str, int | None]] = set()
        for entry in entries:
            self._add(entry.strip())

    def _add(self, entry: str) -> None:
        host, port = entry, None
        if not _is_network(entry):
            before, colon, after = entry.rpartition(":")
            if colon and after.isdigit():
                host, port = before, int(after)
        host = host.removeprefix("[").removesuffix("]").lower().rstrip(".")
        if _is_network(host):
            self._networks.append((ip_network(host, strict=False), port))
        elif host and "/" not in host and ":" not in host:
            self._names.add((host, port))
        else:
            raise ValueError(f"{entry!r} is neither a host, nor host:port, nor a network")

    def has_name(self, host: str, port: int) -> bool:
        """Whether this host name may lead to a private address, and to this port."""
        return (host, port) in self._names or (host, None) in self._names

    def has_address(self, address: Address, port: int) -> bool:
        """Whether this address, or the IPv4 address it carries, stands on the list."""
        return any(
            one in network and wanted in (None, port)
            for network, wanted in self._networks
            for one in carried(address)
            if one.version == network.version
        )


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True
