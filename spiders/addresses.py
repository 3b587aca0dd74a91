"""Which addresses a crawl may connect to: public ones only. Pure functions."""

import ipaddress
import re
import socket
import unicodedata
from urllib.parse import unquote, urlsplit

__all__ = ["host_refusal", "ip_refusal", "url_refusal"]

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# They look public, to some versions of Python at least, and are how virtual machines reach their cloud.
_CLOUDS = [ipaddress.ip_network(name) for name in ("168.63.129.16/32", "192.0.0.0/24")]
_TRANSLATED = [ipaddress.ip_network(name) for name in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")]
_LOCAL_NAMES = re.compile(
    r"(?:.*\.)?(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa|in-addr\.arpa|ip6\.arpa)"
)
# A host whose last label looks like a number is an address to a browser, never a name (WHATWG URL, 3.5).
_NUMERIC_END = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)", re.IGNORECASE)
_ODD = re.compile(r"[\x00-\x20\x7f\\^|<>\"`{}]")


def ip_refusal(address: str) -> str | None:
    """Why this IP address is refused; None for a public one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return f"{address!r} is no IP address"
    for form in _forms(ip):
        if not form.is_global or form.is_multicast or form.is_reserved or any(form in net for net in _CLOUDS):
            return f"{address} is not a public address"
    return None


def _forms(ip: IP) -> list[IP]:
    """The address with every IPv4 address that it carries inside."""
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    inner: list[IP] = [part for part in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if part is not None]
    if any(ip in network for network in _TRANSLATED):
        inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    if ip.ipv4_mapped is not None:  # as public as what it maps
        return inner
    return [ip, *inner]


def host_refusal(host: str) -> str | None:
    """Why this host is refused before any look-up; None where only its look-up can tell."""
    name = unicodedata.normalize("NFKC", unquote(host)).strip("[]").rstrip(".").lower()
    if not name or _ODD.search(name) or "%" in name.partition("%")[2]:
        return f"{host!r} is no host name"
    if ":" in name:
        return ip_refusal(name)
    if _NUMERIC_END.fullmatch(name):
        try:
            return ip_refusal(socket.inet_ntoa(socket.inet_aton(name)))
        except (OSError, UnicodeError):
            return f"{host!r} is no host name"
    if _LOCAL_NAMES.fullmatch(name) or "." not in name:
        return f"{host!r} is a name of a local network"
    return None


def url_refusal(url: str) -> str | None:
    """Why this address is refused before any look-up; None where only the look-up of its host can tell."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return f"no web address ({error})"
    if parts.scheme not in ("http", "https") or not host:
        return "no web address (http or https with a host)"
    if "@" in parts.netloc or _ODD.search(parts.netloc):
        return "an address with a user name, or with characters that programs read in different ways"
    return host_refusal(host)
