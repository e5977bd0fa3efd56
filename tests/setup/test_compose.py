"""docker-compose.yml read as an auditor would: who may do what, and where secrets come from."""

import re

import pytest

from tests.setup.production import ROOT, compose

SERVICES = {"proxy", "web", "worker", "scheduler", "migrate", "db", "redis"}
OURS = {"web", "worker", "scheduler", "migrate"}
SECRET = re.compile(r"PASSWORD$|SECRET|_KEY|_URL")
READ = re.compile(r'env\.\w+\(\s*"(\w+)"')
NOT_IN_COMPOSE = {  # set by its image or its services, or not meant for its PostgreSQL
    *("DEBUG", "DEMO", "EMBEDDED", "HTTPS", "DATA_DIR", "STATIC_ROOT"),
    *("CONN_MAX_AGE", "POOLED_TRANSACTIONS"),
}
ASKED_OR_EMPTY = r"\$\{\w+:\?|^\$\{(SECRET_KEY_FALLBACKS|SIGNING_\w+):-\}$"

FIREWALL = (ROOT / "docs" / "operations.md").read_text()


@pytest.fixture(scope="module")
def services() -> dict:
    return compose()["services"]


def test_the_services_of_production(services):
    assert set(services) == SERVICES
    assert services["db"]["image"] == "postgres:15-bookworm"
    assert services["redis"]["image"] == "redis:7-bookworm"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_service_is_held_short(services, name):
    service = services[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"].split(":")[0] not in {"", "0", "root"}
    assert "privileged" not in service
    assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")


@pytest.mark.parametrize("name", sorted(SERVICES - {"migrate"}))
def test_each_service_says_how_it_is(services, name):
    check = services[name]["healthcheck"]

    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert check["retries"] >= 3


def test_only_the_proxy_is_reached_from_outside_and_only_the_worker_reaches_out(services):
    """HT-07: whatever else is on the host stands in networks without a way out."""
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"]
    networks = compose()["networks"]
    open_ones = {name for name, facts in networks.items() if not facts.get("internal")}
    assert open_ones == {"edge", "outside"}
    members = {
        name: {one for one, service in services.items() if name in service["networks"]}
        for name in open_ones
    }
    assert members == {"edge": {"proxy"}, "outside": {"worker"}}
    assert services["db"]["networks"] == services["redis"]["networks"] == ["back"]
    assert networks["outside"]["ipam"]["config"][0]["subnet"] in FIREWALL
    assert (
        networks["front"]["ipam"]["config"][0]["subnet"]
        in services["web"]["environment"]["TRUSTED_PROXIES"]
    )


def test_no_secret_has_a_default(services):
    for name, service in services.items():
        for key, value in service.get("environment", {}).items():
            if SECRET.search(key) and key != "SITE_URL":
                assert re.search(ASKED_OR_EMPTY, value), (name, key)


def test_what_the_settings_read_can_be_set(services):
    read = set(READ.findall((ROOT / "config" / "settings.py").read_text()))
    told = (ROOT / "docs" / "operations.md").read_text()

    assert read - set(services["web"]["environment"]) == NOT_IN_COMPOSE
    assert not {name for name in read if f"`{name}`" not in told}


def test_what_must_be_filled_in_is_in_the_example_and_empty_there():
    text = (ROOT / "docker-compose.yml").read_text()
    lines = (ROOT / "deploy" / "portal.env.example").read_text().splitlines()

    asked = set(re.findall(r"\$\{(\w+):", text))
    offered = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert offered == asked
    assert all(line.endswith("=") for line in lines if not line.startswith("#"))


def test_the_database_is_durable_and_archived(services):
    command = services["db"]["command"]

    assert {"-cfsync=on", "-cfull_page_writes=on", "-csynchronous_commit=on"} <= set(command)
    assert "-carchive_mode=on" in command
    assert "-carchive_timeout=300" in command
    assert "archive:/var/lib/postgresql" in " ".join(services["db"]["volumes"])  # 999 may write
    assert "--data-checksums" in services["db"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_redis_forgets_nothing_by_itself_and_keeps_nothing(services):
    """CR-02: noeviction, a password, no file: it is a doorbell."""
    command = " ".join(services["redis"]["command"])

    assert "maxmemory-policy noeviction" in command
    assert "requirepass %s" in command
    assert 'save ""' in command


def test_the_portal_runs_as_its_role_and_only_migrations_as_the_owner(services):
    roles = {
        name: services[name]["environment"]["DATABASE_URL"].split("://")[1].split(":")[0]
        for name in OURS
    }

    assert roles == {
        "web": "portal_app",
        "worker": "portal_app",
        "scheduler": "portal_app",
        "migrate": "portal_owner",
    }
    assert not any("EMBEDDED" in services[name]["environment"] for name in OURS)
    assert not any("DEMO" in services[name]["environment"] for name in OURS)


def test_the_proxy_tells_the_true_client_and_stops_what_is_too_large_or_slow():
    conf = (ROOT / "deploy" / "nginx" / "nginx.conf").read_text()

    for line in (
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "underscores_in_headers off;",
        "server_tokens off;",
        "client_max_body_size 30m;",
        "client_body_timeout 15s;",
        "client_header_timeout 10s;",
        "ssl_protocols TLSv1.2 TLSv1.3;",
        "error_page 502 504 =503 /503.html;",  # a named location would answer a POST with 405
        "error_page 413 /413.html;",
    ):
        assert line in conf
    front = compose()["networks"]["front"]["ipam"]["config"][0]["subnet"]
    web = compose()["services"]["web"]["environment"]
    assert front in web["TRUSTED_PROXIES"].split(",")


def test_the_image_runs_as_nobody_special_from_pinned_packages():
    lines = (ROOT / "Dockerfile").read_text()

    assert "USER 10001:10001" in lines
    assert lines.count("--require-hashes") == 2
    assert "npm ci" in lines
    assert not re.search(r"^(ENV|ARG) .*(SECRET|PASSWORD)", lines, re.MULTILINE)
