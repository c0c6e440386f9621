.PHONY: run test seasons check bench drill catalogues docs lock
.DEFAULT_GOAL := run

BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q -n auto --maxprocesses=4
LOCK := $(BIN)/uv pip compile pyproject.toml --extra all --quiet --universal \
	--python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE)

run:
	@PYTHON="$(PYTHON)" sh tools/environment.sh requirements.lock
	@$(BIN)/python -m bot chat --example

test: environment
	@$(PYTEST)

seasons: environment
	@$(BIN)/python -m tests.seasons

check: environment
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tools.catalogues --check
	@$(BIN)/python -m tools.commands --check
	@$(PYTEST) --cov

bench: environment
	@$(BIN)/python -m bench

drill: environment
	@$(BIN)/python -m drill

catalogues: environment
	@$(BIN)/python -m tools.catalogues $(LANGUAGES)

docs: environment
	@$(BIN)/python -m tools.commands
	@$(BIN)/python -m tests.seasons --examples

# `make lock UPGRADE=--upgrade` takes the newest versions that fit.
lock: environment
	@$(LOCK) --output-file requirements.lock
	@$(LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock

.PHONY: environment
environment:
	@PYTHON="$(PYTHON)" sh tools/environment.sh requirements-dev.lock
