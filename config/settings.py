"""All settings. What varies comes from the environment and is safe when nothing is set.

`SECRET_KEY` and `DATABASE_URL` have no default: without them the portal does not start.
`EMBEDDED=true` allows SQLite and plain http on one machine (make run); `DEMO=true` allows the
demo province and its mail page. Neither is set in production.
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()

EMBEDDED = env.bool("EMBEDDED", default=False)
DEMO = env.bool("DEMO", default=False)
HTTPS = env.bool("HTTPS", default=not EMBEDDED)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if EMBEDDED else [])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000" if EMBEDDED else "")
PROVINCE_NAME = env.str("PROVINCE_NAME", default="")  # beside the portal's name: "tỉnh Ninh Thuận"
SUPPORT_LINE = env.str("SUPPORT_LINE", default="")
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
PAPER_QR = env.bool("PAPER_QR", default=True)  # a QR code at the foot of what is issued
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

if any(len(key) < 50 or len(set(key)) < 5 for key in [SECRET_KEY, *SECRET_KEY_FALLBACKS]):
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters, 5 of them different.")
if not EMBEDDED:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG is for EMBEDDED=true only.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts of the portal.")
    if not SITE_URL:
        raise ImproperlyConfigured("SITE_URL must be the address that letters link to.")

INSTALLED_APPS = [
    "config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_fsm",
    "organisation",
    "jobs",
    "journal",
    "documents",
    "notifications",
    "deadlines",
    "proposals",
    "pilots",
    "accountability",
    "reporting",
]

MIDDLEWARE = [
    "config.middleware.request_name",
    "config.proxy.client_address",
    "config.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.policy_reports",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisation.middleware.session_limits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "organisation.middleware.own_password_first",
    "django_htmx.middleware.HtmxMiddleware",
    "notifications.middleware.opened_cases",
    "journal.middleware.ConflictMiddleware",
    "config.middleware.limits",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reporting.navigation.frame",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- data -------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL")}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    if not EMBEDDED:
        raise ImproperlyConfigured("DATABASE_URL names SQLite: production needs PostgreSQL.")
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
        ),
    }
else:
    _database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    _database["CONN_HEALTH_CHECKS"] = True
    _database["DISABLE_SERVER_SIDE_CURSORS"] = env.bool("POOLED_TRANSACTIONS", default=False)
    _statement_timeout = env.str("STATEMENT_TIMEOUT", default="15s")
    _database["OPTIONS"] = {
        "options": f"-c lock_timeout=5s -c statement_timeout={_statement_timeout}",
        "connect_timeout": 5,
    }

MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o640
BODY_LIMIT = 30 * 1024 * 1024
CLAMAV_SOCKET = env.str("CLAMAV_SOCKET", default="")  # files are labelled as not scanned without
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# --- signing of issued papers: a PKCS#12 file of the agency, and who stamps the time ------------
SIGNING_P12 = env.str("SIGNING_P12", default="")
SIGNING_P12_PASSWORD = env.str("SIGNING_P12_PASSWORD", default="")
SIGNING_ROOTS = env.str("SIGNING_ROOTS", default="")  # of keys that signed before this one
SIGNING_TSA_URL = env.str("SIGNING_TSA_URL", default="")
SIGNING_TSA_ROOTS = env.str("SIGNING_TSA_ROOTS", default="")

# --- people -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.User"
LOGIN_URL = "organisation:sign_in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "organisation.passwords.FirstPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"organisation.passwords.{name}"}
    for name in ("LengthValidator", "KindsValidator", "CommonValidator", "SimilarityValidator")
]
PASSWORD_KINDS = env.int("PASSWORD_KINDS", default=0)  # of a, A, 1, % that must occur
PASSWORD_MAX_DAYS = env.int("PASSWORD_MAX_DAYS", default=0)  # 0: a password never expires
FIRST_PASSWORD_HOURS = 72
PASSWORD_RESET_TIMEOUT = 60 * 60
SESSION_ENGINE = "organisation.sessions"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_IDLE_SECONDS = 30 * 60
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# How organisation, which the journal stands on, reaches up to it.
JOURNAL = {
    "record": "journal.actions.record",
    "keep": "journal.actions.keep",
    "run_once": "journal.once.run_once",
    "conflict": "journal.conflicts.Conflict",
    "who_did": "journal.who.who_did",
}

# --- responses --------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "report-uri": "/bao-cao-csp/",
    }
}

# --- language, time, assets -------------------------------------------------------------------
LANGUAGE_CODE = "vi"
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- mail -------------------------------------------------------------------------------------
MAIL_DIR = DATA_DIR / "mail"
if EMBEDDED:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_DIR
else:
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="cong-de-xuat@localhost")

# --- queue: a doorbell, never a truth ---------------------------------------------------------
CELERY_BROKER_URL = env.str("BROKER_URL", default="filesystem://" if EMBEDDED else "")
if not CELERY_BROKER_URL:
    raise ImproperlyConfigured("BROKER_URL must name the queue.")
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any]
if CELERY_BROKER_URL == "filesystem://":
    _queue = DATA_DIR / "queue"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue),
        "data_folder_out": str(_queue),
        "control_folder": str(_queue / "control"),
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,
        "socket_connect_timeout": 0.2,
        "socket_timeout": 0.4,  # twice at most: no request waits longer than a second (CR-02)
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
    }
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 180
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its queue for ever
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- logs -------------------------------------------------------------------------------------
LOGGING = logging_settings(env.str("LOG_LEVEL", default="INFO"))
