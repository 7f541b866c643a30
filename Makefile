# make issue    checks and builds the sample issues         (needs Python 3.11 or later; no root)
# make test     every test that needs no browser            (no root)
# make judges   the tests with a browser, a mail client, SpamAssassin, axe, the Nu HTML checker, npm's MJML and sending services' engines (Debian, root)
# make gallery  docs/gallery.md and its pictures, with what the judges say (Debian, root)
# make faults   seeds faults into whole issues and says which the rules found, missed and made up
# make bench    how fast it is, against npm's MJML
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.composer
APT := chromium thunderbird xvfb xauth imagemagick tesseract-ocr spamassassin default-jre-headless fonts-liberation fonts-noto-cjk fonts-noto-color-emoji \
	golang-go golang-github-masterminds-sprig-dev golang-github-flosch-pongo2.v4-dev
NPM := mjml@5.4.1 axe-core@4.14.1 vnu-jar@26.9.27 @fontsource/gelasio@5.3.0 mustache@4.2.0 handlebars@4.7.9 html5parser@2.0.2 roosterjs@8.30.1
# Unpacked, not installed: the judges read a few of its files.
GHOST := ghost@6.65.0
OF_GHOST := package/package.json package/core/server/services/email-service package/core/server/services/lib/link-replacer.js package/components

.PHONY: issue test judges gallery faults bench format clean

issue: $(DONE)-user
	@$(BIN)/composer check
	@$(BIN)/composer build

test: $(DONE)-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --cache-dir $(VENV)/.imports
	@$(BIN)/composer schema --check
	@$(BIN)/python -m pytest -m "not judge" -n auto

judges: $(DONE)-judges
	@COMPOSER_NPM_MJML=$(CURDIR)/.judges/node_modules/.bin/mjml $(BIN)/python -m pytest -m judge -n auto --dist loadfile --junitxml=.judges/report.xml

gallery: judges
	@$(BIN)/python -m tests.browser.gallery .judges/report.xml

faults: $(DONE)-test
	@$(BIN)/python -m tests.seeded

bench: $(DONE)-test .judges/.installed
	@$(BIN)/python benchmarks/run.py

format: $(DONE)-test
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .judges dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Composer needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 issue") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make environments. On Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(DONE)-user: pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(DONE)-test: pyproject.toml $(DONE)-user
	@$(BIN)/python -m pip install --quiet --group test
	@touch $@

$(DONE)-judges: pyproject.toml Makefile $(DONE)-test .judges/.installed
	@$(BIN)/python -m pip install --quiet --group judges
	@apt-get update -qq
	@DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(APT) >/dev/null
	@touch $@

.judges/.installed: Makefile
	@command -v npm >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null; }
	@npm install --silent --no-audit --no-fund --ignore-scripts --prefix .judges $(NPM) >/dev/null
	@rm -rf .judges/ghost && mkdir -p .judges/ghost/nodes
	@npm pack --silent --pack-destination .judges/ghost $(GHOST) >/dev/null
	@tar -xzf .judges/ghost/ghost-*.tgz -C .judges/ghost $(OF_GHOST)
	@tar -xzf .judges/ghost/package/components/tryghost-kg-default-nodes-*.tgz -C .judges/ghost/nodes
	@touch $@
