"""Built mails through the engines that need nothing but Python: Django's for Buttondown, Liquid for Keila."""

from pathlib import Path

import pytest

from composer.delivery.service import service_called
from composer.proof import inline
from tests.engines import fillers
from tests.engines.arrival import assert_arrives, assert_lookalikes_harmless, spelled_for
from tests.engines.fillers import Fill
from tests.engines.mail import READERS, built, sheets

FILLERS: dict[str, Fill] = {"django": fillers.django, "liquid": fillers.liquid, "mailchimp": fillers.mailchimp}
LIGHT = [key for key, sheet in sheets().items() if sheet["engine"] in FILLERS]


@pytest.mark.parametrize("inliner", ["premailer", "css-inline"])
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("key", LIGHT)
def test_fields_are_filled_in(key: str, reader: str, inliner: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "PREFERRED", inliner)
    sheet, service = sheets()[key], service_called(key)
    proof = spelled_for(*built(tmp_path, sheet), service)
    assert_arrives(proof, FILLERS[sheet["engine"]], sheet, service, READERS[reader])


@pytest.mark.parametrize("key", list(sheets()))
def test_a_spelled_mail_holds_no_field_of_ours(key: str, tmp_path: Path) -> None:
    spelled_for(*built(tmp_path, sheets()[key]), service_called(key))


@pytest.mark.parametrize("key", LIGHT)
def test_words_that_look_like_a_tag_arrive_or_are_refused(key: str, tmp_path: Path) -> None:
    assert_lookalikes_harmless(tmp_path, service_called(key), FILLERS[sheets()[key]["engine"]], sheets()[key])
