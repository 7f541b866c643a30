"""Our check of MJML and npm's MJML in strict mode say the same of every document of tests/cases/mjml, but where the data say why not."""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from composer.facts.mjml_reference import mjml_reference
from composer.proof.mjml_check import faults_in
from tests.browser.test_npm_mjml import npm_mjml
from tests.cases.mjml_documents import Document, documents

pytestmark = pytest.mark.judge

# What npm's MJML says of each document, in one run: its errors with their lines, or what it threw.
_JUDGE = """
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
const require = createRequire(process.argv[1])
const mjml2html = require('mjml').default ?? require('mjml')
const said = []
for (const source of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    const made = await mjml2html(source, { validationLevel: 'strict' })
    said.push(made.errors.map(({ line, tagName, message }) => ({ line, tagName, message })))
  } catch (error) {
    said.push((error.errors ?? []).map(({ line, tagName, message }) => ({ line, tagName, message })).concat(error.errors ? [] : [{ line: null, message: String(error) }]))
  }
}
console.log(JSON.stringify({ version: require('mjml/package.json').version, said }))
"""


@cache
def _judgement() -> Any:
    package = Path(npm_mjml()).resolve().parents[1] / "package.json"
    sources = json.dumps([document.mjml for document in documents()])
    command = ["node", "--input-type=module", "-e", _JUDGE, str(package)]
    ran = subprocess.run(command, input=sources, capture_output=True, text=True, check=True, timeout=300)
    return json.loads(ran.stdout)


def _said_of(document: Document) -> list[dict[str, Any]]:
    names = [known.name for known in documents()]
    return _judgement()["said"][names.index(document.name)]


def test_the_reference_is_of_this_version() -> None:
    assert _judgement()["version"] == mjml_reference().version


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_both_say_the_same(document: Document) -> None:
    theirs = _said_of(document)
    ours = faults_in(document.mjml)
    if document.npm_differs is not None:
        assert bool(theirs) != bool(ours), f"npm's MJML agrees by now: {document.npm_differs}"
        return
    assert bool(theirs) == bool(ours), theirs
    lines = {document.mjml.count("\n", 0, fault.start) + 1 for fault in ours}
    assert {error["line"] for error in theirs if error["line"] is not None} <= lines, theirs


def test_no_more_than_a_third_needs_a_reason() -> None:
    assert len([document for document in documents() if document.npm_differs is not None]) * 3 <= len(documents())
