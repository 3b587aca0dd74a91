"""Addresses that a crawl must not reach, however they are written."""

import pytest
from minebelief.spiders import guard
from minebelief.spiders.addresses import ip_refusal, url_refusal
from minebelief.spiders.guard import CachingThreadedResolver, GuardedResolver, open_hosts
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

_WRITTEN = """
http://127.0.0.1/ http://127.1/ http://127.0.1/ http://2130706433/ http://017700000001/
http://0x7f000001/ http://0x7f.0.0.1/ http://0177.0.0.1/ http://0x7f.1/ http://127.0.0.1./ http://0/
http://0.0.0.0/ http://127.255.255.254/ http://localhost/ http://LOCALHOST:8080/ http://localhost./
http://foo.localhost/ http://localhost.localdomain/ http://router.local/ http://metadata.google.internal/
http://intranet/ http://nas.home.arpa/ http://git.corp/ http://10.0.0.1/ http://10.1/ http://172.16.0.1/
http://172.31.255.255/ http://192.168.1.1/ http://192.168.257/ http://3232235777/ http://0xc0a80101/
http://169.254.169.254/ http://0xa9fea9fe/ http://2852039166/ http://0251.0376.0251.0376/
http://100.64.0.1/ http://100.100.100.200/ http://168.63.129.16/ http://192.0.0.192/ http://198.18.0.1/
http://224.0.0.1/ http://240.0.0.1/ http://255.255.255.255/ http://192.0.2.1/ http://[::1]/ http://[::]/
http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[::127.0.0.1]/
http://[64:ff9b::7f00:1]/ http://[64:ff9b::169.254.169.254]/ http://[2002:7f00:1::]/
http://[2002:a9fe:a9fe::]/ http://[fe80::1]/ http://[fe80::1%25eth0]/ http://[fc00::1]/
http://[fd00:ec2::254]/ http://[ff02::1]/ http://[2001:db8::1]/ http://shop.example.com@127.0.0.1/
http://shop.example.com:80@127.0.0.1/ http://user:pass@shop.example.com/
http://127.0.0.1\\@shop.example.com/ http://shop.example.com\\.127.0.0.1/
http://127.0.0.1%00.shop.example.com/ http://①②⑦.⓪.⓪.①/ http://127。0。0。1/ http://%31%32%37.0.0.1/
http://127.0.0.1%2f@shop.example.com/ http://256.256.256.256/ http://1.2.3.4.5/ http://0xg/
http://127.0.0.0x1/ http://4294967297/ ftp://shop.example.com/ file:///etc/passwd
gopher://shop.example.com/ data:text/html,x javascript:alert(1) http:///x http:// //127.0.0.1/
http://[::1 http://shop.example.com:99999/
"""
TRICKS = _WRITTEN.split()


@pytest.mark.parametrize("url", TRICKS)
def test_a_trick_is_refused(url):
    assert url_refusal(url)


def test_there_are_enough_tricks():
    assert len(set(TRICKS)) >= 40


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.com/a?b=1",
        "http://8.8.8.8/",
        "https://bücher.example.com/",
        "https://[2606:4700::1111]/",
        "https://shop.example.com:8443/x@y",
        "https://10.example.com/",
        "https://cafe.beef.example.org/",
    ],
)
def test_a_public_address_is_let_through(url):
    assert url_refusal(url) is None


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "::1", "::ffff:10.0.0.1", "169.254.169.254", "168.63.129.16", "nonsense"]
)
def test_a_resolved_private_address_is_refused(address):
    assert ip_refusal(address)


@pytest.fixture
def resolve(monkeypatch):
    """Resolve a name whose record says ``address``."""

    def run(name, address):
        monkeypatch.setattr(CachingThreadedResolver, "getHostByName", lambda *_: defer.succeed(address))
        result = []
        GuardedResolver(None, 10, 1.0).getHostByName(name).addBoth(result.append)
        return result[0]

    yield run
    open_hosts(set())


def test_a_public_name_that_leads_to_a_private_address_does_not_resolve(resolve):
    assert resolve("shop.example.com", "93.184.216.34") == "93.184.216.34"
    failure = resolve("127.0.0.1.nip.example", "127.0.0.1")
    assert failure.check(DNSLookupError)
    assert "not a public address" in str(failure.value)


def test_a_name_that_changes_its_answer_is_checked_every_time(resolve):
    assert resolve("rebind.example.com", "93.184.216.34") == "93.184.216.34"
    assert resolve("rebind.example.com", "169.254.169.254").check(DNSLookupError)


def test_a_source_that_allows_local_opens_its_own_host_only(resolve):
    open_hosts({"demo.test"})
    assert resolve("demo.test", "127.0.0.1") == "127.0.0.1"
    assert resolve("other.test", "127.0.0.1").check(DNSLookupError)


def test_the_proxy_of_the_machine_may_be_private(resolve, monkeypatch):
    monkeypatch.setattr(guard, "getproxies", lambda: {"http": "http://proxy.corp:3128"})
    assert resolve("proxy.corp", "10.0.0.9") == "10.0.0.9"
