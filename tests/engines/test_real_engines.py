"""Built mails through engines in other languages: listmonk's and Ghost's own, and the nearest to Brevo's and Postmark's."""

from pathlib import Path

import pytest

from composer.delivery.service import service_called
from composer.proof import inline
from tests.engines import fillers
from tests.engines.arrival import assert_arrives, assert_lookalikes_harmless, spelled_for
from tests.engines.fillers import Fill
from tests.engines.mail import READERS, built, sheets

pytestmark = pytest.mark.judge
HEAVY = [key for key, sheet in sheets().items() if sheet["engine"] == "elsewhere"]


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Fill]:
    folder = tmp_path_factory.mktemp("engines")
    return {
        "listmonk": fillers.go("listmonk", folder),
        "brevo": fillers.go("brevo", folder),
        "ghost": fillers.ghost(),
        "postmark": fillers.node("postmark.cjs"),
    }


def test_every_service_has_an_engine(engines: dict[str, Fill]) -> None:
    assert sorted(engines) == sorted(HEAVY)


@pytest.mark.parametrize("inliner", ["premailer", "css-inline"])
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("key", HEAVY)
def test_fields_are_filled_in(key: str, reader: str, inliner: str, engines: dict[str, Fill], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "PREFERRED", inliner)
    sheet, service = sheets()[key], service_called(key)
    proof = spelled_for(*built(tmp_path, sheet), service)
    assert_arrives(proof, engines[key], sheet, service, READERS[reader])


@pytest.mark.parametrize("key", HEAVY)
def test_words_that_look_like_a_tag_arrive_or_are_refused(key: str, engines: dict[str, Fill], tmp_path: Path) -> None:
    assert_lookalikes_harmless(tmp_path, service_called(key), engines[key], sheets()[key])
