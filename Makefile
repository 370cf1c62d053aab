# `make help` lists the targets.

VENV  := .venv
BIN   := $(VENV)/bin
LIBS  := $(VENV)/.libraries
STAMP := $(VENV)/.complete
PIP   := $(BIN)/python -m pip --disable-pip-version-check --no-input -q

FITS  := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
# The first Python whose version fits; `make setup PYTHON=...` names another.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,\
	$(if $(filter yes,$(shell $(name) -c '$(FITS)' >/dev/null 2>&1 && echo yes)),$(name))))

PACKAGES := models optimizer instances benchmarks tests
# Only folders that hold Python files: mypy refuses empty ones.
CHECKED = $(foreach dir,$(PACKAGES),$(if $(shell find $(dir) -name '*.py' 2>/dev/null | head -n 1),$(dir)))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test lint format coverage lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## Make .venv with the pinned versions

# Each stamp is written last: an interrupted set-up never counts as complete. A
# new lock makes .venv again from nothing, a new pyproject.toml only its last step.
# The lock is complete, so pip resolves nothing (--no-deps): older ones would look at the
# newest release of a package that is asked for with an extra, and stop at its missing hash.
$(LIBS): requirements.lock
	@test -n "$(PYTHON)" || { \
		echo "zouban needs Python 3.11, 3.12 or 3.13, and none was found." >&2; \
		echo "Install one, or name it: make setup PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c '$(FITS)' 2>/dev/null || { \
		echo "zouban needs Python 3.11, 3.12 or 3.13; $(PYTHON) is another or does not run." >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) lacks the venv module (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@echo "Setting up $(VENV) with $$("$(PYTHON)" --version) ..."
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(PIP) install --no-deps --require-hashes --only-binary=:all: -r requirements.lock
	@touch $@

$(STAMP): $(LIBS) pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation -e .
	@echo "Compiling the loops of the engine for large schools ..."
	@$(BIN)/python -c "from optimizer.engine.decomposition import compile_ahead; compile_ahead()"
	@$(BIN)/python -c "from optimizer.engine.sectioning.search import compile_ahead; [compile_ahead(n) for n in (1, 99)]"
	@touch $@

demo: $(STAMP) ## Plan the shipped Riverside school into out/riverside
	$(BIN)/zouban solve instances/riverside.xlsx -o out/riverside --force --lang zh --time-limit 60

test: $(STAMP) ## Run the tests on two cores
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(STAMP) ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CHECKED)

format: $(STAMP) ## Put the code into style
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

coverage: $(STAMP) ## Run the tests and show the lines they miss
	$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term-missing

# uv is only needed here, so it lives in an environment of its own.
lock: ## Renew requirements.lock from pyproject.toml
	@test -n "$(PYTHON)" || { echo "zouban needs Python 3.11, 3.12 or 3.13." >&2; exit 1; }
	@set -e; tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	"$(PYTHON)" -m venv "$$tmp/uv"; \
	"$$tmp/uv/bin/python" -m pip --disable-pip-version-check -q install uv; \
	"$$tmp/uv/bin/uv" pip compile -q --upgrade --universal --python-version 3.11 \
		--generate-hashes --extra dev --no-header pyproject.toml -o "$$tmp/lock"; \
	{ echo "# Pinned versions for Python 3.11-3.13, development tools included. Made from pyproject.toml"; \
	  echo "# by \`make lock\`; do not edit by hand."; \
	  cat "$$tmp/lock"; } > requirements.lock

clean: ## Remove what set-up, tests and runs made
	rm -rf $(VENV) build dist out htmlcov .coverage .coverage.* \
		.mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
	find models optimizer instances benchmarks tests notebooks -name __pycache__ -prune \
		-exec rm -rf {} + 2>/dev/null || true
