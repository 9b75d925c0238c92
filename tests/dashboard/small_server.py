"""The server with a small application behind it: python small_server.py PORT."""

from __future__ import annotations

import argparse
import hashlib
import sys
from typing import Any

from dashboard.web.serve import serve

LARGE = bytes(range(256)) * 1024 * 16  # 4 MB: more than any system's buffers take


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """/large gives 4 MB, /unchanged nothing; what is posted comes back as its length and digest."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > 2**27:
        answer, status = b"too large", "413 Content Too Large"
    elif environ["PATH_INFO"] == "/unchanged":
        start_response("304 Not Modified", [])
        return []
    elif environ["PATH_INFO"] == "/large":
        answer, status = LARGE, "200 OK"
    else:
        sent = environ["wsgi.input"].read(length)
        said = f"{environ['PATH_INFO']} {len(sent)} {hashlib.sha256(sent).hexdigest()}"
        answer, status = said.encode(), "200 OK"
    start_response(status, [("Content-Length", str(len(answer)))])
    return [answer]


if __name__ == "__main__":
    serve(argparse.Namespace(host="127.0.0.1", port=int(sys.argv[1]), workers=1), application)
