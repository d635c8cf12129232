.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
export PYTHONDONTWRITEBYTECODE :=
export EDITION
MAKEFLAGS += --no-print-directory

.PHONY: help book html pdf test accept lab check bench schema release lock audit clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

book: $(READY) ## execute the notebooks' copies; build HTML and PDF (EDITION=excerpt: for publication)
	@$(BIN)/python -m retold_book book

html: $(READY) ## the HTML alone
	@$(BIN)/python -m retold_book html

pdf: $(READY) ## the PDF alone
	@$(BIN)/python -m retold_book pdf

test: $(READY) ## every check: style, types, layers, library, annotations, book, notebooks
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy lib bench tests
	@$(BIN)/lint-imports
	@$(BIN)/python -m retold check
	@$(BIN)/python -m pytest lib tests chapters --doctest-modules --nbval --nbval-current-env -n 2 --dist loadscope

accept: $(READY) ## store new outputs in chapters/; print every value that changed, old → new
	@$(BIN)/python -m retold_book accept

check: $(READY) ## list every problem of the annotations
	@$(BIN)/python -m retold check

bench: $(READY) ## measure how analyses grow with the articles, and how long the book takes
	@$(BIN)/python -m bench.scale && $(BIN)/python -m bench.book

schema: $(READY) ## write JSON Schemas, so that an editor completes annotations
	@$(BIN)/python -m retold schema annotations

lab: $(READY) ## open JupyterLab, ready to run
	@$(BIN)/jupyter lab chapters

release: book ## pack HTML, PDF and exports into dist/ (EDITION=excerpt: for publication, and measured)
	@test "$(EDITION)" != excerpt || $(BIN)/python -m pytest tests/test_excerpt.py -k built_edition -rP
	@$(BIN)/python -m retold_book release

lock: $(READY) ## pin what pyproject.toml adds or changes, other packages as they are
	@$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header -p 3.11 --all-extras pyproject.toml -o requirements.txt --quiet

audit: $(READY) ## look up known faults of the pinned packages
	@$(BIN)/pip-audit --disable-pip --require-hashes -r requirements.txt

clean: ## remove what was built, and the environment
	rm -rf _build dist .venv

$(READY): requirements.txt pyproject.toml
	@echo "preparing the environment in .venv (half a minute, once) …"
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14) and "Python 3.11, 3.12 or 3.13 is needed; run make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==0.13.9"
	@$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode --python .venv requirements.txt
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python .venv --editable .
	@touch $(READY)
