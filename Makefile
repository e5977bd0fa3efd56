# Two commands for a start: `make run` (the portal in the browser) and `make test` (everything we check).
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
export PYTHONUTF8 := 1

.PHONY: run test check ready python-version lock drills bench audit sbom coverage
.DEFAULT_GOAL := help
.NOTPARALLEL:

help:
	@echo "make run       chạy cổng trên máy này (PORT=8000)"
	@echo "make test      cài những gì cần và chạy mọi phép kiểm tra"
	@echo "make check     chỉ kiểm tra cách viết mã"
	@echo "make drills    diễn tập dài: mất điện, khôi phục, xung đột"
	@echo "make bench     đo hiệu năng trên PostgreSQL, khoảng 15 phút"
	@echo "make audit     đối chiếu thư viện với danh sách lỗ hổng"
	@echo "make sbom      liệt kê thư viện và giấy phép vào docs/sbom.json"
	@echo "make coverage  tỷ lệ mã có kiểm thử"
	@echo "make lock      ghim lại phiên bản thư viện"

python-version:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Cần Python 3.11 trở lên: make $(MAKECMDGOALS) PYTHON=/đường/dẫn/python3.11"; exit 1; }

run: python-version
	@$(PYTHON) -m scripts.run

ready: python-version
	@$(PYTHON) -m scripts.ready

test: ready
	@$(BIN)/python -m scripts.suite

check: ready
	@$(BIN)/python -m scripts.suite lint

drills: ready
	$(PYTEST) -m slow
	$(PYTEST) tests/browser/test_long_road.py
	folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
		EMBEDDED=true DATABASE_URL="sqlite:///$$folder/portal.sqlite3" $(PYTEST) tests/browser/test_long_road.py

bench: ready
	$(BIN)/python -m tests.bench

audit: ready
	$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements.txt -r requirements-dev.txt

sbom: ready
	$(BIN)/python -m scripts.sbom

coverage: ready
	$(PYTEST) -m "not slow and not browser" --cov --cov-report=term-missing

lock: ready
	for name in requirements requirements-dev requirements-node; do \
		$(BIN)/uv pip compile --quiet --upgrade --no-strip-extras --python-version 3.11 --generate-hashes $$name.in -o $$name.txt || exit 1; \
	done
