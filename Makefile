# Two commands matter: `make demo` and `make test`. Both set up what they need in .venv, once.

# The first interpreter that is new enough; name another with `make demo PYTHON=/path/to/python3.12`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin

.PHONY: demo test lint types layers tests lock clean

demo: .venv/run.stamp
	@$(BIN)/newscrawl demo

test: lint types layers tests

lint: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/test.stamp
	$(BIN)/mypy

layers: .venv/test.stamp
	$(BIN)/lint-imports

# Two processes: half of the tests wait for processes and servers of their own.
tests: .venv/test.stamp
	$(BIN)/pytest -n 2 --dist loadfile

# A requirements file is a lock: versions and hashes of all that is installed. `make lock` renews both.
.venv/run.stamp: requirements/run.txt pyproject.toml tools/set_up.sh
	@sh tools/set_up.sh requirements/run.txt "$(PYTHON)"
	@touch $@

.venv/test.stamp: requirements/test.txt pyproject.toml tools/set_up.sh
	@sh tools/set_up.sh requirements/test.txt "$(PYTHON)"
	@touch $@ .venv/run.stamp

lock: .venv/test.stamp
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --group build pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --group build --group test --all-extras pyproject.toml \
		-c requirements/run.txt -o requirements/test.txt

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
