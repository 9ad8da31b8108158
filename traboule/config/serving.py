"""How gunicorn serves Traboule; ``traboule run`` gives this file to it."""

import os

import environ

env = environ.Env()

wsgi_app = "traboule.config.wsgi:application"
worker_class = "gthread"
workers = env.int("TRABOULE_WORKERS", default=os.cpu_count() or 1)
threads = env.int("TRABOULE_THREADS", default=4)
timeout = 60
graceful_timeout = 8  # The supervisor allows ten seconds in all.
keepalive = 5
limit_request_line = 8190  # So that a search of five thousand characters gets a page.
forwarded_allow_ips = "*" if env.bool("TRABOULE_BEHIND_PROXY", default=False) else "127.0.0.1"
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 (heartbeats only)

# The path without its query and without the visitor's address: no personal data.
accesses = "INFO" if env.bool("TRABOULE_ACCESS_LOG", default=False) else "CRITICAL"
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "traboule.config.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
        "gunicorn.http.wsgi": {"level": "ERROR"},  # It warns of every HEAD that Django answers.
        "gunicorn.access": {"level": accesses, "handlers": ["stderr"], "propagate": False},
    },
}
