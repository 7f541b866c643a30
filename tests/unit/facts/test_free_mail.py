"""Free mail services: known by name and under every country's ending, and nobody else."""

import pytest

from composer.facts.free_mail import is_free_mail_host


@pytest.mark.parametrize("host", ["gmail.com", "GMail.com", "yahoo.com", "yahoo.de", "yahoo.co.uk", "yahoo.com.br", "gmx.net", "qq.com", "proton.me"])
def test_a_free_mail_service(host: str) -> None:
    assert is_free_mail_host(host)


@pytest.mark.parametrize("host", ["harborreview.example", "mail.gmail.com", "yahoo.news.example", "yahoo.museum", "live.law", "notgmail.com", "com", ""])
def test_somebodys_own_host(host: str) -> None:
    assert not is_free_mail_host(host)
