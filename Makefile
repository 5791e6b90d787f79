# The targets of the archive; `make` alone lists them. Each is a line that works without make, too (see README.md).
.DEFAULT_GOAL := help
.PHONY: help site serve check test bench golden pictures clean

PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

# The stamps say which requirements were installed; a second run finds them and is fast.
$(BIN)/.runtime: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(BIN)/.test: requirements-dev.txt $(BIN)/.runtime
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

site: $(BIN)/.runtime ## check the sources and publish them into site/
	@$(BIN)/python -m build_tools build --jobs $(JOBS)

serve: $(BIN)/.runtime ## preview the site while you write
	@$(BIN)/python -m build_tools serve

check: $(BIN)/.test ## lint, types, storeys, spelling, and the sources themselves
	@$(BIN)/python -m ruff check build_tools tests bench
	@$(BIN)/python -m ruff format --check --quiet --exclude tests/problems build_tools tests bench
	@$(BIN)/python -m mypy
	@$(BIN)/lint-imports
	@$(BIN)/codespell
	@$(BIN)/python -m build_tools check

test: $(BIN)/.test ## every test that this machine can run
	@$(BIN)/python -m pytest tests

bench: $(BIN)/.test ## times and memory, as ratios to the bare parse of the same files
	@$(BIN)/python -m bench

golden: $(BIN)/.test ## accept the pages as they are now as the expected ones
	@$(BIN)/python -m tests.golden

pictures: $(BIN)/.test ## photograph every kind of page into pictures/
	@$(BIN)/python -m tests.pictures

clean: ## remove what was made, but not the environment
	@rm -rf site .site.lock pictures build *.egg-info
