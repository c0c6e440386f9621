.PHONY: run quick test check nightly seasons bench drill fuzz catalogues docs pictures lock dist
.DEFAULT_GOAL := run

BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q -n auto --maxprocesses=4
QUICK := not (nightly or postgresql or processes or slow)
# What was compiled once is not compiled by each process again, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=
LOCK := $(BIN)/uv pip compile pyproject.toml --extra all --quiet --universal \
	--python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE)

# `make run FRESH=1` begins anew.
run:
	@PYTHON="$(PYTHON)" sh tools/environment.sh requirements.lock
	@$(BIN)/python -m bot chat --example --page $(if $(FRESH),--fresh)

# Nothing that starts a process, or a server: in less than a minute.
quick: environment
	@$(PYTEST) -m "$(QUICK)" $(T)

# All of it; `make test T=tests/bot/rules` takes a part.
test: environment
	@$(PYTEST) $(T)

# What continuous integration looks at.
check: environment
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tools.catalogues --check
	@$(BIN)/python -m tools.commands --check
	@$(BIN)/python -m tools.privacy --check
	@$(PYTEST)

# What takes too long for each change: how much the tests reach, and what is marked so; 5 is
# pytest's way to say that there is none of it.
nightly: export FOLLOWED_TWICE := 1
nightly: environment
	@$(PYTEST) --cov
	@$(PYTEST) -m nightly $(T) || test $$? -eq 5

# Seasons of real communities, told day by day; a test plays each of them too.
seasons: environment
	@$(BIN)/python -m tests.seasons

bench: environment
	@$(BIN)/python -m bench

drill: environment
	@$(BIN)/python -m drill

# 200,000 generated inputs over all ways in; python -m fuzz --help says how to repeat one.
fuzz: environment
	@$(BIN)/python -m fuzz

catalogues: environment
	@$(BIN)/python -m tools.catalogues $(LANGUAGES)

docs: environment
	@$(BIN)/python -m tools.commands
	@$(BIN)/python -m tools.privacy
	@$(BIN)/python -m tests.seasons --examples
	@$(BIN)/python -m tools.picture

# Pictures of the local chat in Chromium; `sh tools/browser.sh` installs that on Debian.
pictures: environment
	@$(BIN)/python -m tests.browser.pictures

# `make lock UPGRADE=--upgrade` takes the newest versions that fit.
lock: environment
	@$(LOCK) --output-file requirements.lock
	@$(LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock

# A wheel and the sources, for others to install; what builds them is downloaded.
dist: environment
	@rm -rf dist
	@$(BIN)/uv build --quiet
	@ls dist/*.whl dist/*.tar.gz

.PHONY: environment
environment:
	@PYTHON="$(PYTHON)" sh tools/environment.sh requirements-dev.lock
