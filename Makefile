# Thin over workbench.py, which needs nothing but Python 3.11 or newer.
PYTHON ?= python3

.PHONY: run test bench kill-imports lint pins screenshots docs

run:            ## start the workbench (PORT=, KAM_DB=)
	@$(PYTHON) workbench.py run

test:           ## all tests
	@$(PYTHON) workbench.py test

bench:          ## measure, and compare with the figures to reach
	@$(PYTHON) workbench.py python -m benchmarks

kill-imports:   ## kill imports at random moments and check the database (KILLS=, SEED=)
	@$(PYTHON) workbench.py python -m benchmarks.kill_imports

lint:           ## the linter and the formatter's opinion
	@$(PYTHON) workbench.py lint

docs:           ## write docs/relations.md and docs/parameters.md again
	@$(PYTHON) workbench.py python -m kam docs

screenshots:    ## take the README's pictures from the demonstration programme
	@$(PYTHON) workbench.py test --version > /dev/null
	@$(PYTHON) workbench.py python -m tests.browser.take_pictures

pins:           ## choose the newest versions that fit requirements*.in (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url requirements.in -o requirements.txt
	@uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url requirements-test.in -o requirements-test.txt
