# The tasks of a clone: `make`, or `make TASK`.
.PHONY: help setup test check types docs desk pages release all
BIN := .venv/bin

help: ## list the tasks
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST)
setup: ## make .venv with all that tests, docs and lint need
	python3 -m venv .venv && $(BIN)/pip install -q -e '.[test,docs,lint]'
test: ## run all tests
	$(BIN)/pytest
check: ## format and lint
	$(BIN)/ruff format . && $(BIN)/ruff check .
types: ## check the types
	$(BIN)/mypy && $(BIN)/pyright
docs: ## build the site into ./site
	$(BIN)/mkdocs build --strict
desk: ## build the site with the desk, whose parts come by npm and pip
	CASUALTIES_DESK=require $(BIN)/mkdocs build --strict
pages: ## write the generated pages, pictures and lists anew
	$(BIN)/python .ci/cli_page.py && $(BIN)/python .ci/llms.py && $(BIN)/python .ci/readme_picture.py
	$(BIN)/python -m tests.surface.public && $(BIN)/python -m tests.docs.reliability
release: ## make the files of a release in ./dist and look them through; nothing is published
	$(BIN)/python .ci/release.py dist
all: ## everything that must hold before a change lands
	bash .ci/run
