"""Every setting, driven by the environment. ``docs/guide/exploiter.md`` describes each variable."""

import os
import secrets
import sys
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from traboule.config import demonstration

env = environ.Env()
DEMO = env.bool("TRABOULE_DEMO", default=False)  # Shows whoever runs it every message that left.
STAND_INS = demonstration.played(os.environ) if DEMO else []
env.ENVIRON = {**{k: v for one in STAND_INS for k, v in one.variables.items()}, **os.environ}
PACKAGE = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

# Where this installation lives
DATA = Path(env("TRABOULE_DATA", default="var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)
SITE_URL = env("TRABOULE_URL", default=f"http://127.0.0.1:{env('PORT', default='8000')}").rstrip(
    "/"
)
_site = urlsplit(SITE_URL)
SECURE = _site.scheme == "https"
DEBUG = env.bool("TRABOULE_DEBUG", default=False)
ALLOWED_HOSTS = [
    _site.hostname or "127.0.0.1",
    "127.0.0.1",
    "localhost",
    *env.list("TRABOULE_HOSTS", default=[]),
]


def _secret_key() -> str:
    """The key of this installation: given, or made once and kept beside its data."""
    kept = DATA / "secret-key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(64))
        kept.chmod(0o600)
    return kept.read_text().strip()


SECRET_KEY = env("TRABOULE_SECRET_KEY", default="") or _secret_key()

# The territory this installation serves, and the voice that answers its residents
TERRITORY = env("TRABOULE_TERRITORY", default="Auvergne-Rhône-Alpes")
HELP_PHONE = env("TRABOULE_HELP_PHONE", default="")
SMALL_GROUP = 5
"""Totals split by group are not shown for fewer people than that."""
COMPENDIUM = Path(
    env("TRABOULE_COMPENDIUM", default="")
    or next(
        (p for p in (PACKAGE / "compendium", PACKAGE.parent / "compendium") if p.is_dir()),
        PACKAGE.parent / "compendium",
    )
)
RECIPES = env("TRABOULE_RECIPES", default="")  # A folder of recipes beside those shipped.

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "traboule.config",
    "traboule.ui",
    "traboule.kernel.journal",
    "traboule.kernel.places",
    "traboule.kernel.people",
    "traboule.kernel.files",
    "traboule.kernel.notices",
    "traboule.kernel.initiatives",
    "traboule.kernel.spaces",
    "traboule.kernel.moderation",
    "traboule.kernel.conversations",
    "traboule.blocks.agenda",
    "traboule.blocks.documents",
    "traboule.blocks.mailings",
    "traboule.blocks.meetings",
    "traboule.blocks.outreach",
    "traboule.blocks.publishing",
    "traboule.blocks.reports",
    "traboule.blocks.roster",
    "traboule.blocks.surveys",
    "traboule.exchanges.housing",
    "traboule.exchanges.services",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "traboule.kernel.people.middleware.SharedComputerMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "traboule.config.urls"
WSGI_APPLICATION = "traboule.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "traboule.ui.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "traboule.ui.templatetags.ui"],
        },
    }
]

# Data
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=2147418112;"
        "PRAGMA cache_size=-20000;PRAGMA journal_size_limit=27103364;PRAGMA foreign_keys=ON"
    ),
}
_database_url = env("DATABASE_URL", default="") or f"sqlite:///{DATA / 'traboule.sqlite3'}"
DATABASES = {"default": env.db_url_config(_database_url)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": 8,
        "timeout": 4,  # Seconds to wait for a connection before saying that it does not come.
    }
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
QUEUES = ["default", "recordings"]  # A long video keeps no message waiting.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": QUEUES}}

# People
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SHARED_SESSION_MINUTES = 20  # Left alone so long, a session that nobody had remembered ends.

# Accounts kept elsewhere that let people in here: FranceConnect, ProConnect, one's own
OIDC_PROVIDERS = {
    key: {
        "name": env(f"TRABOULE_OIDC_{key.upper()}_NAME", default=key.capitalize()),
        "issuer": env(f"TRABOULE_OIDC_{key.upper()}_ISSUER"),
        "client_id": env(f"TRABOULE_OIDC_{key.upper()}_CLIENT_ID"),
        "client_secret": env(f"TRABOULE_OIDC_{key.upper()}_CLIENT_SECRET"),
        "scopes": env(f"TRABOULE_OIDC_{key.upper()}_SCOPES", default="openid profile email"),
        "acr_values": env(f"TRABOULE_OIDC_{key.upper()}_ACR_VALUES", default=""),
        "logout": env.bool(f"TRABOULE_OIDC_{key.upper()}_LOGOUT", default=True),
    }
    for key in env.list("TRABOULE_OIDC", default=[])
}

# Messages that leave the house
if env("TRABOULE_EMAIL_URL", default=""):
    globals().update(env.email("TRABOULE_EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env("TRABOULE_EMAIL_FROM", default="Traboule <traboule@localhost>")
SMS_BACKEND = env("TRABOULE_SMS_BACKEND", default="traboule.kernel.people.sms.ConsoleBackend")
SMS_GATEWAY_URL = env("TRABOULE_SMS_URL", default="")
SMS_GATEWAY_TOKEN = env("TRABOULE_SMS_TOKEN", default="")
SMS_NUMBER = env("TRABOULE_SMS_NUMBER", default="")  # Where people send SMS; printed on posters.
SMS_FILE = DATA / "sms.jsonl"
SMS_PRICE_CENTS = Decimal(env("TRABOULE_SMS_PRICE_CENTS", default="6"))
SMS_WEBHOOK_SECRET = env("TRABOULE_SMS_WEBHOOK_SECRET", default="")
# E-mail that comes back: the address it goes to, and how we read it there (one way is enough).
BOUNCE_ADDRESS = env("TRABOULE_BOUNCE_ADDRESS", default="")
BOUNCE_MAILDIR = env("TRABOULE_BOUNCE_MAILDIR", default="")
MAIL_WEBHOOK_SECRET = env("TRABOULE_MAIL_WEBHOOK_SECRET", default="")

# Services of the outside, each optional
GEOCODER_URL = env("TRABOULE_GEOCODER_URL", default="")
TILES_URL = env("TRABOULE_TILES_URL", default="")
TILES_CREDIT = env("TRABOULE_TILES_CREDIT", default="")
STRIPE_KEY = env("TRABOULE_STRIPE_KEY", default="")
STRIPE_WEBHOOK_SECRETS = env.list("TRABOULE_STRIPE_WEBHOOK_SECRET", default=[])
STRIPE_URL = env("TRABOULE_STRIPE_URL", default="")  # Another address than Stripe’s: the stand-in.

# Urssaf: what DataPass approved, each service with its own credentials
URSSAF_URL = env("TRABOULE_URSSAF_URL", default="https://api.urssaf.fr")
URSSAF_CESU_ID = env("TRABOULE_URSSAF_CESU_ID", default="")
URSSAF_CESU_SECRET = env("TRABOULE_URSSAF_CESU_SECRET", default="")
URSSAF_CESU_NAMES = env.dict("TRABOULE_URSSAF_CESU_NAMES", default={})
URSSAF_ADVANCE_ID = env("TRABOULE_URSSAF_ADVANCE_ID", default="")
URSSAF_ADVANCE_SECRET = env("TRABOULE_URSSAF_ADVANCE_SECRET", default="")
URSSAF_SAP_NUMBER = env("TRABOULE_URSSAF_SAP_NUMBER", default="")
URSSAF_BILLING_ID = env("TRABOULE_URSSAF_BILLING_ID", default="")
URSSAF_NATURES = env.dict("TRABOULE_URSSAF_NATURES", default={})

# Languages and time
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SECURE
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
UPLOAD_MAX_BYTES = 25 * 1024 * 1024
RECORDING_MAX_BYTES = env.int("TRABOULE_RECORDING_MAX_MB", default=4096) * 1024 * 1024
UNKNOWN_UPLOAD_MAX_BYTES = 200 * 1024 * 1024  # From someone who is not signed in.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Security
THROTTLE = env.bool("TRABOULE_THROTTLE", default=True)  # Off for measuring only.
GUARD = not TESTING  # Tests send forms at once; those of the guard put it back.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
if env.bool("TRABOULE_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
X_FRAME_OPTIONS = "DENY"
_tiles = urlsplit(TILES_URL)
_tiles_origin = [f"{_tiles.scheme}://{_tiles.netloc.replace('{s}', '*')}"] if TILES_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_tiles_origin],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "traboule.config.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {
        "handlers": [] if TESTING else ["stderr"],
        "level": env("TRABOULE_LOG_LEVEL", default="INFO"),
    },
}

if TESTING:
    TASKS["default"]["BACKEND"] = "django_tasks.backends.immediate.ImmediateBackend"
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    SMS_BACKEND = "traboule.kernel.people.sms.MemoryBackend"
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
