# Everything a newcomer or CI needs; `make` alone lists it. Needs Python 3.11+, git, make, and the
# first time a package index.

VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2
AS_OF := 2026-05-31
DEMO := build/demo
# The first interpreter on the PATH that is new enough; make PYTHON=… names another.
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))

# By environment, since pips differ in which options pin the build backend too.
PIP := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	$(BIN)/python -m pip --quiet --disable-pip-version-check
OFFLINE := Could not install. Without a network, point pip at wheels you have: PIP_NO_INDEX=1 PIP_FIND_LINKS=DIR make …; with a mirror: PIP_INDEX_URL=… make …
PYTEST := $(BIN)/python -m pytest
FAST := -n $(JOBS) -m "not browser and not slow"

.DEFAULT_GOAL := help
.PHONY: help demo test test-all test-rest gates check docs pictures messages bench bench-peers benchmarks clean
.DELETE_ON_ERROR:

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.stamp-run ## set up .venv, build the report of examples/harbour-foods, say where it is
	@rm -rf $(DEMO)
	@$(BIN)/kpi report --root examples/harbour-foods --as-of $(AS_OF) --output "$(CURDIR)/$(DEMO)"
	@test -f $(DEMO)/index.html || { echo "kpi report wrote no $(DEMO)/index.html" >&2; exit 1; }
	@echo
	@echo "The report, to open in a browser:  $(CURDIR)/$(DEMO)/index.html"
	@echo "The same figures in the terminal:  $(BIN)/kpi status --root examples/harbour-foods --as-of $(AS_OF)"

test: $(VENV)/.stamp-dev ## set up .venv and run every test that needs no browser or server
	$(PYTEST) $(FAST)

test-all: test test-rest ## make test, and the tests that are slow or drive a browser

test-rest: $(VENV)/.stamp-browser ## only the tests that are slow or drive a browser
	$(PYTEST) -m "browser or slow"

gates: $(VENV)/.stamp-browser ## vnu and Lighthouse on the example's pages; needs node, npm, java, Chromium
	PYTHONPATH=. $(BIN)/python -m tests.browser.gates

check: $(VENV)/.stamp-dev ## lint, format, types, import layers, and the coverage gate
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	@mkdir -p build/coverage
	$(PYTEST) -q $(FAST) --cov --cov-report=term-missing --cov-report=html:build/coverage/html

docs: $(VENV)/.stamp-dev ## write the pages and schemas that are made from the code
	PYTHONPATH=. $(BIN)/python -m docs.make

pictures: $(VENV)/.stamp-browser ## take the pictures of docs/ and of the tests anew; needs Chromium and fonts-noto-core
	PYTHONPATH=. $(BIN)/python -m docs.pictures
	PYTHONPATH=. $(BIN)/python -m tests.browser.pictures

messages: $(VENV)/.stamp-dev ## bring the catalogues of translations up to the code and compile them
	PYTHONPATH=. $(BIN)/python -m docs.messages

bench: $(VENV)/.stamp-dev ## measure against the budgets; BENCH="--large" adds 10 000 KPIs
	$(BIN)/python -m bench.run $(BENCH)

bench-peers: $(VENV)/.stamp-dev ## measure other tools beside kpi; installs them below build/
	$(BIN)/python -m bench.run --only peers $(BENCH)

benchmarks: $(VENV)/.stamp-dev ## measure all but 100 000 KPIs (BENCH=--huge), write docs/benchmarks.md
	$(BIN)/python -m bench.run --all --save $(BENCH)

clean: ## remove what was built and cached; .venv stays
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.*
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp for each set of packages, older than pyproject.toml or constraints.txt means: again.
$(VENV)/.stamp-pip: constraints.txt
	@test -n "$(PYTHON)" || { echo "kpi needs Python 3.11 or newer: install one, or name it: make PYTHON=python3.12 …" >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Setting up $(VENV) (once)" >&2; $(PYTHON) -m venv $(VENV); } || \
		{ rm -rf $(VENV); echo "python -m venv failed; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PIP) install --upgrade pip || { echo "$(OFFLINE)" >&2; exit 1; }
	@touch $@

define install
	@echo "Installing $(1) into $(VENV)" >&2
	@$(PIP) install --editable '$(1)' || { echo "$(OFFLINE)" >&2; exit 1; }
	@touch $@
endef

$(VENV)/.stamp-run: $(VENV)/.stamp-pip pyproject.toml
	$(call install,.)

$(VENV)/.stamp-dev: $(VENV)/.stamp-pip pyproject.toml
	$(call install,.[dev])

$(VENV)/.stamp-browser: $(VENV)/.stamp-dev
	$(call install,.[dev$(comma)browser])

comma := ,
