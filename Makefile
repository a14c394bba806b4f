# Recipes are a line or two; what it runs can be run without make.
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup start test train chat check evaluate bench screenshots format

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## install what is missing into .venv
	@scripts/setup

start: train ## serve on http://localhost:8080 (installs and trains first if needed)
	@echo "Starting, which takes a few seconds ..."
	@$(BIN)/trialog serve

test: train ## run every test (installs and trains first if needed)
	@scripts/chromium
	@$(BIN)/pytest

train: setup ## train the model if anything it is made from has changed
	@$(BIN)/trialog train

chat: train ## talk to the assistant in the terminal
	@$(BIN)/trialog chat

check: setup ## check content, replies, training data, types and style
	@$(BIN)/trialog check && $(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

evaluate: setup ## measure understanding on voices held out; writes docs/evaluation.md
	@$(BIN)/trialog evaluate

bench: train ## measure start, memory and reply time
	@$(BIN)/trialog bench

screenshots: train ## take the pictures of docs/screenshots anew
	@scripts/chromium
	@$(BIN)/python -m tests.browser.screenshots

format: setup ## put code into the common form
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .
