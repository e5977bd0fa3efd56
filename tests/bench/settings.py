"""The real settings, with the bare views beside the portal's own and queries counted."""

from config.settings import *

ROOT_URLCONF = "tests.bench.bare"
TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates", BASE_DIR / "tests/bench/templates"]
MIDDLEWARE = ["tests.bench.counting.QueryCount", *MIDDLEWARE]
STATIC_ROOT = DATA_DIR / "static"
