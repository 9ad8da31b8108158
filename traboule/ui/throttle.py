"""Slowing down whoever asks too much of a page."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECONDS = {"s": 1, "m": 60, "h": 3600}


def client_address(request: HttpRequest) -> str:
    """The address that asks: the last one our own proxy saw, or the peer's when there is none."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


def throttled(
    *,
    rate: str,
    key: Callable[[HttpRequest], str] = client_address,
    methods: tuple[str, ...] = (),
    when: Callable[[HttpRequest], object] = lambda request: True,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Answer 429 beyond ``rate`` ("30/m": also s, h) calls of a view by the same ``key``.

    Only ``methods`` count (all when none is named), and requests for which ``when`` holds.
    Counts live in Django's cache; with its default, each worker process counts for itself, so
    the true limit is rate × workers.
    """
    number, _, unit = rate.partition("/")
    limit, period = int(number), SECONDS[unit]

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        name = f"{view.__module__}.{view.__qualname__}"

        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            counts = settings.THROTTLE and (not methods or request.method in methods)
            if not (counts and when(request)):
                return view(request, *args, **kwargs)
            window, elapsed = divmod(time.time(), period)
            if _count(f"throttle:{name}:{key(request)}:{window:.0f}", period) <= limit:
                return view(request, *args, **kwargs)
            response = render(request, "429.html", status=429)
            response.headers["Retry-After"] = str(int(period - elapsed) + 1)
            return response

        return wrapper

    return decorate


def _count(key: str, period: int) -> int:
    """One more call under this key; how many that makes."""
    if cache.add(key, 1, timeout=period):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # It ran out between the two lines.
        return 1
