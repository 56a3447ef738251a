# The front door. Everything runs in .venv, which the first command makes from requirements.lock.
PYTHON ?= python3
IN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo test lint fmt bench setup lock

help: ## show this
	@echo "Hotline 189. Needs Python 3.11 or newer and make; the rest comes by itself."
	@echo
	@grep -hE '^[a-z]+: .*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

demo: setup ## run everything here, with a simulated carrier and Telegram; prints the address and logins
	@$(IN)/hotline demo

test: setup ## every check, in the order of the gate; stops at the first that fails
	@$(IN)/python -m tests.gate

nightly: setup ## what takes too long for every change: a storm of calls, a million contacts in virtual time, all carriers, the judge
	@$(IN)/python -m tests.gate nightly

lint: setup ## format, lint, import contract, types, spelling, dependencies and dead code only
	@$(IN)/python -m tests.gate lint

fmt: setup ## put the code into shape
	@$(IN)/ruff check --quiet --fix-only . && $(IN)/ruff format .

bench: setup ## measure this machine's ceilings and ours
	@$(IN)/hotline bench

lock: setup ## resolve the versions again (after a change of dependencies)
	@$(IN)/python deploy/lock.py

setup:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed (apt-get install python3 python3-venv)"; exit 1; }
	@$(PYTHON) deploy/bootstrap.py
