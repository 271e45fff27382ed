# 绩衡: two commands on a fresh machine, `make run` and `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
SECONDS_EACH ?= 30
VENV := .venv
TOOLS := .stamps/tools
PEERS := .stamps/peers
UV := $(TOOLS)/bin/uv
RUN_PACKAGES := fonts-noto-cjk fonts-noto-core fonts-hanazono fonts-liberation libreoffice-writer-nogui
TEST_PACKAGES := $(RUN_PACKAGES) libreoffice-calc-nogui chromium poppler-utils postgresql

.PHONY: run test check lint types imports pytest bench accuracy conformance docs fuzz lock clean help

help: ## 显示这份说明
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

run: .stamps/run .stamps/run-packages ## 安装所需的一切，读入样例，启动网页（http://127.0.0.1:8000）
	@HOST=$(HOST) PORT=$(PORT) $(VENV)/bin/python -m jiheng.web.run

test: check pytest ## 安装所需的一切，运行全部检查和测试

check: lint types imports

lint: .stamps/dev ## 代码风格
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: .stamps/dev ## 类型检查
	$(VENV)/bin/mypy

imports: .stamps/dev ## 模块引用方向
	$(VENV)/bin/lint-imports

pytest: .stamps/dev .stamps/test-packages
	scripts/with-postgresql $(VENV)/bin/python -m pytest -q -n 2 tests/web -m "not browser"
	$(VENV)/bin/python -m pytest -n 2 --dist loadgroup

bench: .stamps/dev .stamps/bench ## 性能：各项承诺与同类工具的比值
	$(VENV)/bin/python -m benchmarks

accuracy: .stamps/dev .stamps/bench .stamps/test-packages ## 准确率：内容已知的文件按版式和格式逐项核对，并与同类工具比较
	$(VENV)/bin/python -m benchmarks accuracy

mutations: .stamps/dev ## 审核的检出率：在无误的文件中逐一放入已知的错误，并统计误报
	$(VENV)/bin/python -m benchmarks mutations

conformance: .stamps/dev ## 一致性套件：三百多份已知内容、已知错误的文件，从命令行逐份读取和审核，按版式和错误种类计分
	$(VENV)/bin/python conformance/run.py --rules conformance/jiheng_rules.json \
		--reads "$(VENV)/bin/jiheng read --json {file}" --audits "$(VENV)/bin/jiheng audit --json {file}" \
		--compares "$(VENV)/bin/jiheng audit --json {file} --previous {previous}"

docs: .stamps/dev ## 由规则的声明和用例生成规则目录
	$(VENV)/bin/python -m tests.auditing.examples

fuzz: .stamps/dev ## 随机破坏各种格式的文件，看能否读取或说明原因（每种 SECONDS_EACH 秒）
	$(VENV)/bin/python -m fuzz --seconds $(SECONDS_EACH)

lock: $(UV) ## 重新锁定依赖版本
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--upgrade requirements/bootstrap.in -o requirements/bootstrap.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--upgrade --extra web --extra build pyproject.toml -o requirements/run.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--constraint requirements/run.txt --extra web --extra build --extra dev pyproject.toml -o requirements/dev.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--upgrade requirements/bench.in -o requirements/bench.txt

clean: ## 删除环境和缓存（不删除 var/ 中的数据）
	rm -rf $(VENV) .stamps .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(UV): requirements/bootstrap.txt
	@scripts/make-venv "$(PYTHON)" $(TOOLS)
	$(TOOLS)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

$(VENV)/bin/python: | $(UV)
	$(UV) venv -q --allow-existing --python $(TOOLS)/bin/python $(VENV)

# An environment for tests holds all that running needs, so it is not cut back for `make run`.
.stamps/run: requirements/run.txt pyproject.toml $(UV) | $(VENV)/bin/python
	@if [ ! -e .stamps/dev ] || [ requirements/run.txt -nt .stamps/dev ]; then \
		echo "$(UV) pip sync requirements/run.txt"; \
		$(UV) pip sync -q --compile-bytecode --python $(VENV)/bin/python --require-hashes requirements/run.txt && \
		$(UV) pip install -q --python $(VENV)/bin/python --no-deps --no-build-isolation -e . && rm -f .stamps/dev; \
	fi
	@touch $@

.stamps/dev: requirements/dev.txt pyproject.toml $(UV) | $(VENV)/bin/python
	$(UV) pip sync -q --compile-bytecode --python $(VENV)/bin/python --require-hashes requirements/dev.txt
	$(UV) pip install -q --python $(VENV)/bin/python --no-deps --no-build-isolation -e .
	@touch $@ .stamps/run

# Programs to compare with stand apart: they want other versions of what we use.
.stamps/bench: requirements/bench.txt $(UV)
	$(UV) venv -q --allow-existing --python $(TOOLS)/bin/python $(PEERS)
	$(UV) pip sync -q --compile-bytecode --python $(PEERS)/bin/python --require-hashes requirements/bench.txt
	@touch $@

.stamps/run-packages: scripts/system-packages Makefile | $(UV)
	@scripts/system-packages $(RUN_PACKAGES) && touch $@

.stamps/test-packages: scripts/system-packages Makefile | $(UV)
	@scripts/system-packages $(TEST_PACKAGES) && touch $@
