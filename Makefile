# Khamtob: `make chat` to ask, `make test` to check. Both set up .venv on first use.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

help: ## Show what can be made.
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST)

.venv/installed: pyproject.toml constraints.txt
	@echo "Setting up .venv with $$($(PYTHON) --version) (once; a few minutes) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Khamtob needs Python 3.11 or newer." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -c constraints.txt torch
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -c constraints.txt -e .
	@touch $@

.venv/installed-dev: .venv/installed
	@echo "Adding what the tests need …"
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -c constraints.txt -e '.[dev]'
	@touch $@

chat: .venv/installed ## Index the starter corpus if it isn't yet, and open the chat.
	@$(BIN)/khamtob chat

test: .venv/installed-dev ## Install the development extra and run the tests.
	@$(BIN)/python -m pytest -n 2 --dist loadfile

lint: .venv/installed-dev ## Check style, format and types.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

SIZE ?= 1000
SHARED ?= ../shared
bench: .venv/installed ## Measure indexing, asking and serving with SIZE=1000 articles of SHARED=../shared.
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	$(BIN)/python benchmarks/indexing.py $(SHARED) $(SIZE) --index "$$folder/index" && echo && \
	$(BIN)/python benchmarks/querying.py $(SHARED) "$$folder/index" && echo && \
	$(BIN)/python benchmarks/serving.py $(SHARED) --index "$$folder/index"

bench-retrieval: .venv/installed ## Measure what each step of retrieval brings on the development sets of SHARED=../shared.
	@$(BIN)/python benchmarks/retrieval.py $(SHARED)

.PHONY: help chat test lint bench bench-retrieval
