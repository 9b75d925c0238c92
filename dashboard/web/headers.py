"""Security headers on every answer (docs/decisions.md, "Headers")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Flask, request


def install(server: Flask, script_hashes: Sequence[str] = ()) -> None:
    """Adds the headers, where a view has not set its own.

    `script_hashes` are those of Dash's own inline scripts, for the app that needs them; Plotly
    then writes styles of its own too.
    """
    dash = (
        f"script-src 'self' {' '.join(script_hashes)}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
    )
    policy = "; ".join(
        (
            "default-src 'self'",
            *(dash if script_hashes else ("img-src 'self'",)),
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )

    @server.after_request
    def add(response: Any) -> Any:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response
