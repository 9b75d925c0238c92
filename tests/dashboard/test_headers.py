"""What every answer tells the browser not to do."""

from __future__ import annotations

from typing import Any


def test_the_policy_lets_nothing_in_from_elsewhere(client: Any) -> None:
    headers = client.get("/about").headers
    policy = dict(
        part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";")
    )
    scripts = policy.pop("script-src").split()
    assert scripts[0] == "'self'"
    assert all(script.startswith("'sha256-") for script in scripts[1:])
    assert policy == {
        "default-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",  # for browsers that know no style-src-elem
        "style-src-elem": "'self' 'unsafe-inline'",
        "style-src-attr": "'none'",
        "img-src": "'self' data: blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
