# The only set-up is here: every target first brings the virtual environment up to date.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo docs pictures test lint types constraints heads clean help

help:            ## list the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*##/:/'

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "minebelief needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(STAMP)

demo: $(STAMP)   ## a whole run on the made-up industry; ARGS="--seed 2 --workspace elsewhere" makes another
	$(BIN)/minebelief demo $(ARGS)

test: $(STAMP) lint types  ## lint, types and the tests
	$(BIN)/python -m pytest -n 2

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

constraints: $(STAMP)  ## renew constraints.txt: resolve everything anew in an empty environment
	rm -rf build/resolve && $(PYTHON) -m venv build/resolve
	build/resolve/bin/python -m pip install --quiet 'torch==2.13.0' -e '.[dev,docs,peers]'
	build/resolve/bin/python -m pip freeze --exclude-editable | sed 's/+cpu//' > constraints.txt

heads: $(STAMP)  ## fit the adapter and the heads anew from the language set (ten minutes)
	$(BIN)/python -m minebelief.language

docs: $(STAMP) docs/sql.md docs/commands.md docs/industry-file.md  ## the documentation as a site in build/docs
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[docs]'
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

pictures: $(STAMP)  ## renew docs/images from the demo's workspace (make demo first); needs Chromium
	$(BIN)/python docs/images/make.py $(or $(WORKSPACE),minebelief-demo)

docs/commands.md: $(STAMP) $(wildcard minebelief/cli/*.py) minebelief/command_reference.py  ## the page about the command line
	$(BIN)/python -m minebelief.command_reference > $@.new && mv $@.new $@

docs/industry-file.md: $(STAMP) $(wildcard minebelief/industry*.py)  ## the page about industry files
	$(BIN)/python -m minebelief.industry_reference > $@.new && mv $@.new $@

docs/sql.md: $(STAMP) $(wildcard sql/*/*.sql) minebelief/sql_reference.py  ## the page about the published tables, from their comments
	$(BIN)/python -m minebelief.sql_reference > $@.new && mv $@.new $@

clean:
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
