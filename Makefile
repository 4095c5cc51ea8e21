# Everything goes through make; `make` alone lists what there is.
# The first call of a target installs what it needs into .venv, later calls do not.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run dev workshop test unit browser-tests fuzz check fix data refresh package new-strategy report shots bench load workshop-load soak pins browser tools clean a11y coverage mutants where

# The first interpreter that is new enough; or say it yourself: make run PYTHON=python3.12
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
HOST ?= 127.0.0.1
PORT ?= 8501
SOURCE ?= ../shared/data
ARGS ?=
MODULES ?=

VENV := .venv
PY := $(VENV)/bin/python
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1@/' | \
		awk -F@ '{printf "%-22s %s\n", $$1, $$2}'

run: $(RUNTIME) ## open the dashboard on http://127.0.0.1:8501 (HOST=… PORT=…)
	@$(PY) server.py --host $(HOST) --port $(PORT) --open

dev: $(RUNTIME) ## the same, reloading on every change and showing errors in full
	@STREAMLIT_SERVER_FILE_WATCHER_TYPE=auto STREAMLIT_SERVER_RUN_ON_SAVE=true \
		STREAMLIT_CLIENT_SHOW_ERROR_DETAILS=full \
		$(PY) server.py --host $(HOST) --port $(PORT) --open

workshop: $(RUNTIME) ## hold a workshop: serve to the phones of a room, with a lead's key of its own
	@$(PY) scripts/hold_workshop.py --port $(PORT)

test: $(DEV) browser tools ## all tests, those in a real browser included
	@$(PY) scripts/run_tests.py $(ARGS)

unit: $(DEV) tools ## the tests without a browser
	@$(PY) scripts/run_tests.py --only unit $(ARGS)

browser-tests: $(DEV) browser ## the tests with a browser
	@$(PY) scripts/run_tests.py --only browser $(ARGS)

coverage: $(DEV) tools ## the tests without a browser, and which branches of data and analysis they take
	@$(PY) scripts/run_tests.py --coverage $(ARGS)

mutants: $(DEV) ## break the statistics one change at a time; the tests must notice (MODULES="analysis.classes …")
	@$(PY) scripts/mutants.py $(MODULES)

fuzz: $(DEV) ## 20,000 hostile files for the reader of own figures (FILES=…; docs/own-data.md)
	@$(PY) -m tests.fuzz.own_fuzz --files $(or $(FILES),20000) $(ARGS)

check: $(DEV) ## style, types, import layers, metadata, strategies, known holes of libraries
	@failed=0; \
	for step in "ruff check ." "ruff format --check ." mypy "lint-imports --no-logo" \
		"python -m data.catalogue" "python -m data.check" \
		"python scripts/audit.py"; do \
		echo "== $$step"; $(VENV)/bin/$$step || failed=1; \
	done; \
	test $$failed = 0 && echo "make check: nothing to complain about"

fix: $(DEV) ## put style right where that can be done by itself
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

data: $(DEV) ## rebuild data/tables and data/boundaries (SOURCE=folder), or TRY=indicator alone
	@$(PY) -m data.build --source $(SOURCE) $(if $(TRY),--try $(TRY)) $(ARGS)

refresh: $(DEV) ## list every source with its age, or fetch one (ARGS="SOURCE --to folder")
	@$(PY) -m data.refresh $(or $(ARGS),--list)

new-strategy: $(RUNTIME) ## a commented template (COUNCIL=E07000042 NAME=mid-devon)
	@$(PY) -m data.new_strategy "$(COUNCIL)" "$(NAME)"

report: $(RUNTIME) ## a report pack (COUNCIL=E07000011 FORMATS=docx,pdf OUT=folder PLAN=file.xlsx …)
	@$(PY) report.py --council "$(COUNCIL)" $(if $(FORMATS),--formats "$(FORMATS)") \
		$(if $(OUT),--out "$(OUT)") $(if $(PLAN),--plan "$(PLAN)") \
		$(if $(SECTIONS),--sections "$(SECTIONS)") $(if $(WARDS),--wards "$(WARDS)") \
		$(if $(INDICATORS),--indicators "$(INDICATORS)") $(if $(PERIOD),--period "$(PERIOD)") $(ARGS)

package: $(RUNTIME) ## the public data set as files into var/package (ARGS="--to folder")
	@$(PY) -m data.package $(ARGS)

shots: $(DEV) browser ## pictures of every page into build/shots
	@$(PY) scripts/shots.py $(ARGS)

where: $(DEV) browser ## where the time of every page goes: server, messages, browser (ARGS="/compare --functions")
	@$(PY) -m benchmarks.where $(ARGS)

bench: $(DEV) browser ## speed and memory, as ratios to a trivial app (ARGS=--write keeps them)
	@$(PY) -m benchmarks.bench $(ARGS)

load: $(DEV) tools ## 25, 50 and 100 visitors at once, on one process and on two behind nginx
	@$(PY) -m benchmarks.load $(ARGS)

workshop-load: $(DEV) ## 500 phones vote in one workshop, on SQLite and PostgreSQL
	@$(PY) -m benchmarks.workshop_load $(ARGS)

soak: $(DEV) browser ## half an hour of random clicking on all pages: faults, memory (ARGS="--minutes 5")
	@$(PY) -m benchmarks.soak $(ARGS)

a11y: $(DEV) browser ## axe-core on every page, light and dark, desktop and phone (ARGS=--write keeps it)
	@$(PY) -m benchmarks.a11y $(ARGS)

pins: $(DEV) ## compile requirements*.in into pinned requirements*.txt
	@$(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest \
		--no-header --no-annotate --no-emit-index-url requirements.in -o requirements.txt
	@$(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest \
		--no-header --no-annotate --no-emit-index-url requirements-dev.in -o requirements-dev.txt

tools: $(DEV)
	@$(PY) scripts/tools.py --install

browser: $(DEV)
	@$(PY) scripts/browser.py --install

clean: ## remove everything that make made, the environment included
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache mutants
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

$(RUNTIME): requirements.txt scripts/install.py
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found."; exit 1; }
	@$(PYTHON) scripts/install.py $(VENV) requirements.txt
	@touch $@

$(DEV): $(RUNTIME) requirements-dev.txt
	@$(PYTHON) scripts/install.py $(VENV) requirements-dev.txt
	@touch $@
