# Copydesk. `make help` lists the verbs; the same ones run at home and in CI, from any folder (make -C).
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
# No function of make takes a path with a space for one word.
ROOT := $(shell dirname "$$(realpath "$(strip $(MAKEFILE_LIST))")")
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
# One environment for all verbs; what differs is how much of the lock file is in it.
RUN_STAMP := .venv/.run
TEST_STAMP := .venv/.test

.PHONY: help run test lint up down clean clean-state bench

help: ## List the verbs
	@cd "$(ROOT)" && sed -n 's/^\([a-z-]*\): .*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

run: ## Crawl the demo newsroom (or live: SOURCES=a,b CONTACT=mail) and show what happened
	@cd "$(ROOT)"
	.ci/setup run
	if [ -n "$(SOURCES)" ]; then
	  export COPYDESK_CONTACT="$(or $(CONTACT),$(COPYDESK_CONTACT))"
	  exec $(BIN)/python -m dags.leash dags.once --sources "$(SOURCES)"
	fi
	exec $(BIN)/python -m tests.newsroom.demo

test: ## Run lint, types, tests and quality floors
	@cd "$(ROOT)"
	.ci/setup test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	# Threads of numerical libraries wait by spinning, and would take the cores from the other workers.
	OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=passive $(BIN)/python -m pytest -n 3 --dist loadgroup

bench: ## Print the figures beside the peers' (STAGE=extract; without it, list the stages)
	@cd "$(ROOT)"
	.ci/setup bench
	$(BIN)/python -m tests.benchmarks $(STAGE) $(ARGS)

up: ## Start Airflow (UI on 127.0.0.1:8080, or PORT=...) on this machine
	@cd "$(ROOT)"
	.ci/setup up
	$(BIN)/python -m dags.service up $(if $(PORT),--port $(PORT))

down: ## Stop Airflow
	@cd "$(ROOT)"
	.ci/setup up
	$(BIN)/python -m dags.service down

clean: ## Remove the environment, caches and the demo's state
	@cd "$(ROOT)" && .ci/clean

clean-state: ## Remove the live bucket and all other state; asks before (or REMOVE=path)
	@cd "$(ROOT)" && REMOVE="$(REMOVE)" .ci/clean state
