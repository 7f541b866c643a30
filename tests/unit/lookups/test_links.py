"""Links asked for over a real connection to a real server."""

import time
from collections.abc import Iterator
from ipaddress import ip_address

import pytest

from composer.lookups.links import CLOSED_TO_MACHINES, LinkAnswer, Manners, look_up
from composer.lookups.public_hosts import is_public
from tests.unit.lookups.web import Web, web

QUICK = Manners(pause=0, timeout=1, back_off=0.01, longest_wait=0.2)


@pytest.fixture
def server() -> Iterator[Web]:
    with web() as here:
        yield here


def ask(server: Web, *addresses: str, manners: Manners = QUICK) -> dict[str, LinkAnswer]:
    return look_up(addresses, manners=manners, allowed=frozenset({server.door}))


def one(server: Web, address: str, manners: Manners = QUICK) -> LinkAnswer:
    return ask(server, address, manners=manners)[address]


def test_a_page_that_is_there_costs_one_head(server: Web) -> None:
    url = server.says("/there", 200)
    assert one(server, url) == LinkAnswer(200)
    assert server.asked == [("HEAD", "/there")]
    assert all(agent.startswith("Composer/") for agent in server.agents)


def test_a_server_that_refuses_head_is_asked_with_get_and_its_page_is_not_read(server: Web) -> None:
    server.pages["/get"] = lambda method, before: (405 if method == "HEAD" else 200, {})
    started = time.monotonic()
    assert one(server, server.url("/get")).status == 200
    assert server.asked == [("HEAD", "/get"), ("GET", "/get")]
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone(server: Web, status: int) -> None:
    assert one(server, server.says("/gone", status)).status == status
    assert [method for method, _ in server.asked] == ["HEAD", "GET"]


def test_a_passing_trouble_is_tried_again_and_its_wait_is_kept(server: Web) -> None:
    server.pages["/busy"] = lambda method, before: (503, {"Retry-After": "0"}) if before < 2 else (200, {})
    assert one(server, server.url("/busy")).status == 200
    server.pages["/busier"] = lambda method, before: (429, {"Retry-After": "1"}) if before < 1 else (200, {})
    started = time.monotonic()
    assert one(server, server.url("/busier"), QUICK._replace(longest_wait=0.3)).status == 200
    assert time.monotonic() - started >= 0.3


def test_a_lasting_trouble_is_not_tried_for_ever(server: Web) -> None:
    assert one(server, server.says("/down", 503)).status == 503
    assert len(server.asked) == QUICK.attempts


def test_a_server_that_breaks_off(server: Web) -> None:
    server.pages["/drop"] = lambda method, before: None
    answer = one(server, server.url("/drop"))
    assert answer.status is None
    assert "broke off" in answer.trouble
    assert len(server.asked) == QUICK.attempts


def test_a_server_that_never_answers(server: Web) -> None:
    def slow(method: str, before: int) -> tuple[int, dict[str, str]]:
        time.sleep(1.2)
        return 200, {}

    server.pages["/slow"] = slow
    answer = one(server, server.url("/slow"), QUICK._replace(timeout=0.2, attempts=2))
    assert answer.status is None
    assert "0.2 seconds" in answer.trouble


def test_nobody_listens() -> None:
    with web() as here:
        door, url = here.door, here.url("/")
    answer = look_up([url], manners=QUICK, allowed=frozenset({door}))[url]
    assert "no connections" in answer.trouble


def test_redirects_are_followed_and_their_kind_is_told(server: Web) -> None:
    server.says("/a", 301, Location="/b")
    server.says("/b", 308, Location=server.url("/c"))
    server.says("/c", 200)
    server.says("/d", 302, Location="/c")
    answers = ask(server, server.url("/a"), server.url("/d"), server.url("/c"))
    assert answers[server.url("/a")] == LinkAnswer(200, final=server.url("/c"), for_good=True)
    assert answers[server.url("/d")] == LinkAnswer(200, final=server.url("/c"), for_good=False)
    assert answers[server.url("/c")].final == ""


def test_redirects_without_end(server: Web) -> None:
    server.says("/one", 302, Location="/two")
    server.says("/two", 302, Location="/one")
    assert "circle" in one(server, server.url("/one")).trouble
    for number in range(30):
        server.says(f"/{number}", 302, Location=f"/{number + 1}")
    assert "redirects" in one(server, server.url("/0")).trouble
    assert sum(path.strip("/").isdecimal() for _, path in server.asked) <= QUICK.most_redirects + 1


def test_a_private_host_is_not_contacted(server: Web) -> None:
    url = server.says("/there", 200)
    answer = look_up([url], manners=QUICK)[url]
    assert answer.is_private
    assert answer.status is None
    assert server.asked == []


def test_a_name_that_leads_to_a_private_host_is_not_contacted(server: Web) -> None:
    url = f"http://localhost:{server.port}/there"
    assert look_up([url], manners=QUICK)[url].is_private
    assert server.asked == []


def test_a_redirect_to_a_private_host_is_not_followed(server: Web) -> None:
    with web() as inside:
        inside.says("/secret", 200)
        url = server.says("/open", 302, Location=inside.url("/secret"))
        assert one(server, url).is_private
        assert inside.asked == []
    # the cloud's metadata service, by link-local address
    assert one(server, server.says("/meta", 301, Location="http://169.254.169.254/latest/meta-data/")).is_private


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"])
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not is_public(ip_address(f"::ffff:{address}"))
    assert not is_public(ip_address(int(ip_address("64:ff9b::")) + int(ip_address(address))))


@pytest.mark.parametrize("address", ["::1", "fe80::1", "fc00::1", "ff02::1", "::", "2002:7f00:1::"])
def test_addresses_of_six_that_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.1.69", "2606:4700::1111"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_one_request_at_a_time_and_a_pause_for_each_host(server: Web) -> None:
    urls = [server.says(f"/page/{number}", 200) for number in range(6)]
    started = time.monotonic()
    answers = ask(server, *urls, manners=QUICK._replace(pause=0.05))
    assert {answer.status for answer in answers.values()} == {200}
    assert server.most_at_once == 1
    assert time.monotonic() - started >= 5 * 0.05


def test_several_hosts_are_asked_at_once() -> None:
    with web() as one_host, web() as other:
        # two names of the same machine are two hosts; both are let in by name
        urls = [one_host.says("/x", 200), f"http://localhost:{other.port}/y"]
        other.says("/y", 200)
        answers = look_up(urls, manners=QUICK, allowed=frozenset({one_host.door, ("localhost", other.port)}))
        assert [answer.status for answer in answers.values()] == [200, 200]


def test_each_address_is_asked_once_and_there_is_an_end_to_them(server: Web) -> None:
    url = server.says("/there", 200)
    assert list(ask(server, url, url, "mailto:a@b.example", "")) == [url]
    assert len(server.asked) == 1
    urls = [server.says(f"/{number}", 200) for number in range(5)]
    assert len(ask(server, *urls, manners=QUICK._replace(most_addresses=3))) == 3


def test_a_run_ends_in_time_with_what_it_has(server: Web) -> None:
    def slow(method: str, before: int) -> tuple[int, dict[str, str]]:
        time.sleep(0.6)
        return 200, {}

    server.pages["/slow"] = slow
    answers = ask(server, server.says("/quick", 200), server.url("/slow"), manners=QUICK._replace(most_seconds=0.4))
    assert list(answers) == [server.url("/quick")]


@pytest.mark.parametrize("address", ["http://", "https://[::bad", "http://exa mple", "http://" + "a" * 70 + ".example/", "http://\udcff.example/"])
def test_what_is_no_address_is_an_answer_too(server: Web, address: str) -> None:
    answer = one(server, address)
    assert answer.status is None
    assert answer.trouble


def test_every_answer_is_told_as_it_comes(server: Web) -> None:
    told: list[float] = []
    urls = [server.says(f"/{number}", 200) for number in range(3)]
    look_up(urls, manners=QUICK, allowed=frozenset({server.door}), answered=lambda: told.append(time.monotonic()))
    assert len(told) == len(set(told)) == 3


def test_closed_doors_are_no_dead_ends() -> None:
    assert {401, 403, 429, 451, 999} <= CLOSED_TO_MACHINES
    assert not {404, 410, 500} & CLOSED_TO_MACHINES
