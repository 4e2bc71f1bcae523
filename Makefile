# sdcbot. `make run` is where a newcomer begins; `make help` lists the rest.
# Tools that only developers need have a mod file of their own, so that they pull nothing into the program: .ci/tools.mod.

SHELL := /bin/bash
BUILD := .build
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null)
TOOL := go tool -modfile=.ci/tools.mod

export CGO_ENABLED ?= 0
export GOFLAGS ?= -trimpath

.PHONY: help build run test bench quality soak lint format clean

build: ## build the program into .build/sdcbot
	@mkdir -p $(BUILD)
	go build -ldflags '-s -w -X main.version=$(VERSION)' -o $(BUILD)/sdcbot ./cmd/sdcbot

run: build ## open the playground, a local chat page with a fictitious circle
	$(BUILD)/sdcbot serve --playground

test: build ## run every test that this machine can run, and say which it could not
	.ci/test

bench: build ## measure the figures and print them as a table
	SDCBOT_BENCH=1 SDCBOT_BINARY=$(CURDIR)/$(BUILD)/sdcbot go test -count=1 -run '^TestFigures$$' -v ./cmd/sdcbot | grep -v '^\(=== RUN\|--- PASS\|PASS\|ok\)'

quality: ## judge the four judgements on labelled lines and print a table; DATA=DIR takes your own, LOG=1 shows each wrong line
	@set -o pipefail; SDCBOT_QUALITY=1 SDCBOT_DATA=$(DATA) go test -count=1 -run '^TestQuality$$' -v ./cmd/sdcbot | grep $(if $(LOG),'','[≥≤]\|^judgement')
	@if [ -n "$(DATA)" ]; then echo "Titles again, each judged by weights learnt from other buyers:"; go test -count=1 ./bot/family -run Quality -data $(DATA) -v | grep '^ *\(titles\|all\) '; fi

soak: build ## the long counts: kills at every moment, fuzzing (about an hour)
	.ci/soak

lint: ## vet, golangci-lint (with staticcheck and gofumpt in it), deadcode
	go vet ./...
	$(TOOL) golangci-lint run
	$(TOOL) golangci-lint fmt --diff
	@found=$$($(TOOL) deadcode -test ./...); if [ -n "$$found" ]; then echo "$$found"; exit 1; fi

format: ## put every file into the form that lint asks for
	$(TOOL) golangci-lint fmt

clean: ## forget what was built; the data folder stays
	rm -rf $(BUILD) test-results

help: ## this list
	@awk -F ': |## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$3}' $(MAKEFILE_LIST)
