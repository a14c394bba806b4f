# Recipes are a line or two; what it runs can be run without make.
BIN := .venv/bin
IN_GROUPS := --dist loadgroup --no-loadscope-reorder
# One more than there are processors: a third of the time a test waits for a process, a browser or a limit.
ON_ALL_CORES := -n $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )) $(IN_GROUPS)

# A hundred processes are started: where Python may keep no bytecode, each of them compiles our modules anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup start test quick train chat check content style types evaluate bench bench-stock siege soak switching scaling screenshots format

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## install what is missing into .venv
	@scripts/setup

start: train ## serve on http://localhost:8080 (installs and trains first if needed)
	@echo "Starting, which takes a few seconds ..."
	@$(BIN)/trialog serve

test: train ## run every test, on all cores, with coverage (installs and trains first if needed)
	@scripts/browsers
	@scripts/stores
	@$(BIN)/python -m pytest -p tests.watching $(ON_ALL_CORES)

quick: setup ## run the tests that need no model, server or browser
	@$(BIN)/pytest -n auto $(IN_GROUPS) -m "not slow"

train: setup ## train the model if anything it is made from has changed
	@$(BIN)/trialog train

chat: train ## talk to the assistant in the terminal
	@$(BIN)/trialog chat

check: setup ## check content, replies, training data, types and style
	@$(MAKE) --no-print-directory --jobs 2 --output-sync content style types

content: setup
	@$(BIN)/trialog check

style: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports && scripts/check-web

types: setup
	@$(BIN)/mypy

evaluate: setup ## measure understanding on voices held out; writes docs/evaluation.md
	@$(BIN)/trialog evaluate

bench: train ## measure what a server costs; writes docs/performance.md
	@$(BIN)/python -m bench

bench-stock: train ## the same beside stock Rasa with TensorFlow, which it installs and trains first
	@$(BIN)/python -m bench --stock

siege: train ## let one client attack a server, and count what families meet
	@$(BIN)/python -m bench.siege

soak: train ## fifty clients for ten minutes, while workers die, stores restart and attacks go on
	@scripts/stores
	@$(BIN)/python -m bench.soak

switching: train ## throw each switch while twenty clients talk, and tell what families met
	@$(BIN)/python -m bench.switching

scaling: setup ## work out sizes from what was measured; writes docs/scaling.md
	@$(BIN)/python -m bench.scaling

screenshots: train ## take the pictures of docs/screenshots anew
	@scripts/browsers
	@$(BIN)/python -m tests.browser.screenshots

format: setup ## put code into the common form
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .
