"""All settings, read from the environment and safe for a first start on one's own machine.

The table in README.md documents every variable read here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pinboard import environment
from pinboard.database import database_settings, prefer_mended_sqlite
from pinboard.ingest.addresses import AllowList
from pinboard.ingest.fetch import user_agent
from pinboard.web.logs import logging_settings

prefer_mended_sqlite()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.word("PINBOARD_DATA") or BASE_DIR / "var").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

# --- who we are, where we are reached -------------------------------------------------------

DEBUG = environment.switch("PINBOARD_DEBUG", default=False)
SECRET_KEY = environment.secret_key(DATA_DIR)
HOST = environment.word("HOST", "127.0.0.1")
PORT = environment.number("PORT", 8000)

# The public address, e.g. https://pins.example.org. Without it we answer on loopback names only.
ORIGIN = environment.word("PINBOARD_ORIGIN").rstrip("/")
ORIGINS: list[str] = [ORIGIN] if ORIGIN else []
_origin = urlsplit(ORIGIN)
ALLOWED_HOSTS = [
    *environment.items("PINBOARD_HOSTS"),
    *([_origin.hostname] if _origin.hostname else []),
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = ORIGINS
SECURE = _origin.scheme == "https"

# One proxy in front, which sets X-Forwarded-Proto and appends its client to X-Forwarded-For.
BEHIND_PROXY = environment.switch("PINBOARD_BEHIND_PROXY", default=False)

# The demo's passwords are known to everybody: not for a place with an address or a database
# of its own, unless somebody says so.
DEMO = environment.switch("PINBOARD_DEMO", default=not (ORIGIN or environment.word("DATABASE_URL")))

# --- the house ------------------------------------------------------------------------------

INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "pinboard",
    "pinboard.web",
    "pinboard.live",
    "pinboard.images",
    "pinboard.people",
    "pinboard.notifications",
    "pinboard.pins",
    "messaging",
    "search",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "pinboard.web.middleware.PolicyMiddleware",
    "pinboard.web.gzipping.QuickGzip",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pinboard.web.access.GuestDoor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pinboard.web.middleware.NoZeroBytes",
    "pinboard.web.middleware.ErrorSentences",
]

ROOT_URLCONF = "pinboard.urls"
ASGI_APPLICATION = "pinboard.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pinboard.shell.shell",
            ],
            "builtins": ["django.templatetags.static", "pinboard.web.templatetags.pinboard"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

# --- what is kept ---------------------------------------------------------------------------

DATABASES = {"default": database_settings(environment.word("DATABASE_URL"), DATA_DIR)}
REDIS_URL = environment.word("REDIS_URL")

if REDIS_URL:
    from pinboard.live.layer import layer_settings

    CHANNEL_LAYERS = layer_settings(REDIS_URL, SECRET_KEY)
    CACHES: dict[str, dict[str, Any]] = {
        "default": {
            "BACKEND": "pinboard.web.cache.SteadyCache",
            "LOCATION": REDIS_URL,
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "pinboard.live.layer.LocalLayer"}}
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    }

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
S3_BUCKET = environment.word("S3_BUCKET")

STORAGES: dict[str, dict[str, Any]] = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": S3_BUCKET,
                "endpoint_url": environment.word("S3_ENDPOINT_URL") or None,
                "access_key": environment.word("S3_ACCESS_KEY") or None,
                "secret_key": environment.word("S3_SECRET_KEY") or None,
                "region_name": environment.word("S3_REGION") or None,
                "signature_version": "s3v4",
                "querystring_expire": 60,
                "default_acl": None,
                "file_overwrite": True,
            },
        }
        if S3_BUCKET
        else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ),
    "staticfiles": {"BACKEND": "pinboard.web.static.HashedFiles"},
}

# Where else a page's pictures may come from: the bucket's own address.
MEDIA_ORIGIN = environment.word("S3_ENDPOINT_URL") or (
    f"https://{S3_BUCKET}.s3.amazonaws.com" if S3_BUCKET else ""
)

# How jobs run: threads in the web process, a worker process of its own, or at once (tests).
JOBS = environment.word("PINBOARD_JOBS", "threads")

# --- people ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "pinboard.people.backends.PersonBackend",
    "pinboard.people.backends.AccountBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600

RATE_LIMITS = environment.switch("PINBOARD_RATE_LIMITS", default=True)

ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
ACCOUNT_ADAPTER = "pinboard.people.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "pinboard.people.accounts.NameForm"
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_USERNAME_BLACKLIST = ["me", "admin", "pinboard", "support", "deleted"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_USER_DISPLAY = "pinboard.people.accounts.display_name"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = (
    {
        "login": "30/m/ip",
        "login_failed": "10/m/ip,5/5m/key",
        "signup": "20/h/ip",
        "reset_password": "20/h/ip,3/h/key",
    }
    if RATE_LIMITS
    else False
)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Pinboard"

EMAIL_BACKEND = environment.word("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = environment.word("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.word("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.word("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.switch("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = environment.word("EMAIL_FROM", "Pinboard <pinboard@localhost>")

# --- reading the web, receiving pictures ----------------------------------------------------

FETCH_ALLOW: tuple[str, ...] = tuple(environment.items("PINBOARD_FETCH_ALLOW"))
AllowList(FETCH_ALLOW)  # a typing mistake is found at start, not at the first pasted link
# Whom a site can write to about our visits; in the User-Agent, beside our address.
CONTACT = environment.word("PINBOARD_CONTACT")
FETCH_AS = "; ".join(word for word in (ORIGIN, CONTACT) if word)
user_agent(FETCH_AS)  # as above
# Pages that are read again by themselves in a minute, all sites together; 0: never.
VISITS_PER_MINUTE = environment.number("PINBOARD_VISITS_PER_MINUTE", 20)
# For files from somebody with a session; everything else is at most 1 MB (web/bodies.py).
# All pictures of a form come in one request, up to 20 MB each and this much together.
REQUEST_MAX_BYTES = environment.number("PINBOARD_REQUEST_MAX_BYTES", 200 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
WEB_THREADS = environment.number("PINBOARD_WEB_THREADS", 8)

# --- promises to browsers -------------------------------------------------------------------

SESSION_ENGINE = "pinboard.web.session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "pinboard.web.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "pinboard_session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "pinboard_csrf"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
# The source's own analytics may see that we sent somebody, never which page they were on.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- words and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = environment.word("PINBOARD_TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = False

LOGGING = logging_settings(environment.word("PINBOARD_LOG", "WARNING"))

SILENCED_SYSTEM_CHECKS = [
    # PolicyMiddleware sets X-Frame-Options beside the content policy.
    "security.W002",
    # HTTPS is the proxy's to enforce; SECURE_* above follow PINBOARD_ORIGIN.
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
]
