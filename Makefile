# One command for each thing a newcomer or a machine does. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --allow-unsafe --generate-hashes \
	--strip-extras --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

# The stamps say which layer of the environment is up to date: what runs the bot, the project itself, what tests it.
RUNTIME := $(VENV)/.runtime
PROJECT := $(VENV)/.project
DEV := $(VENV)/.dev
# A stateful Slack for the tests, and Slack's own types as a schema.
SLACK := tests/slack/node/node_modules/.installed
# A real Matrix homeserver in an environment of its own, and an official's client with the Node.js that it needs.
SYNAPSE := .venv-synapse/.installed
MATRIX := tests/matrix/node/node_modules/.installed
# A browser and the rules of accessibility, for the overview's page.
PAGE := tests/page/node/node_modules/.installed

.PHONY: help install run test soak simulate lint format docs bench lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(DEV) ## make or renew the environment in .venv

run: $(PROJECT) ## start the bot (in the terminal, as long as no platform is set up)
	@$(BIN)/python -m bot run

test: lint $(SLACK) $(SYNAPSE) $(MATRIX) $(PAGE) ## everything that CI checks: style, types, import rules, tests
	$(BIN)/pytest -n 2 --dist worksteal

soak: $(DEV) ## kill the bot N times on a failing platform, and count what is lost or doubled
	$(BIN)/python -m tests.reliability.storm --kills $(or $(N),200) --seed $(or $(SEED),1)

simulate: $(DEV) ## a year of N officials on the whole program, beside how others pair people
	$(BIN)/python -m tests.simulation.year --people $(or $(N),1000) --months $(or $(MONTHS),12) \
		--seed $(or $(SEED),1) --name $(or $(PAGE_NAME),simulation)

lint: $(DEV) ## style, types and import rules only
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV) ## put the code in its usual form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(DEV) $(SYNAPSE) $(MATRIX) ## renew the pages that are made from the code
	$(BIN)/python -m docs.generate_settings
	$(BIN)/python -m docs.generate_readability
	$(BIN)/python -m docs.generate_privacy
	$(BIN)/python -m docs.generate_story
	$(BIN)/python -m docs.generate_slack
	$(BIN)/python -m docs.generate_matrix

bench: $(DEV) ## measure, and renew docs/benchmarks.md and docs/matching-bench.md
	$(BIN)/python -m tests.performance.bench
	$(BIN)/python -m tests.performance.matching

lock: $(DEV) ## renew the pinned versions and hashes in requirements*.txt
	$(COMPILE) --output-file=requirements.txt requirements.in
	$(COMPILE) --output-file=requirements-dev.txt requirements-dev.in
	$(COMPILE) --output-file=tests/matrix/requirements-synapse.txt tests/matrix/requirements-synapse.in

clean: ## throw away the environment and everything that can be made again
	rm -rf $(VENV) .venv-synapse build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Koffie needs Python 3.11: install it, or say 'make PYTHON=/path/to/python3.11'." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Koffie needs Python 3.11, and $(PYTHON) is $$($(PYTHON) --version)." >&2; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --requirement requirements.txt
	@touch $@

$(PROJECT): pyproject.toml $(RUNTIME)
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.txt $(PROJECT)
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@

$(SLACK): tests/slack/node/package-lock.json tests/slack/node/schema.mjs
	@command -v npm >/dev/null || { echo "The tests need Node.js 20 or newer with npm." >&2; exit 1; }
	cd tests/slack/node && npm ci --ignore-scripts --no-audit --no-fund --silent
	node tests/slack/node/schema.mjs tests/slack/node/node_modules/.slack-types.json
	@touch $@

$(SYNAPSE): tests/matrix/requirements-synapse.txt
	rm -rf $(@D)
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip --disable-pip-version-check --quiet --quiet install --require-hashes --requirement $<
	@touch $@

$(MATRIX): tests/matrix/node/package-lock.json
	@command -v npm >/dev/null || { echo "The tests need npm." >&2; exit 1; }
	cd tests/matrix/node && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(PAGE): tests/page/node/package-lock.json
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get -qq update && \
		apt-get -qq install --yes --no-install-recommends chromium >/dev/null; } || \
		{ echo "The tests need Chromium: install it." >&2; exit 1; }
	cd tests/page/node && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@
