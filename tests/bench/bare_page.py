"""A bare Dash page: one default line chart, one callback. What bench_pages compares with.

python -m tests.bench.bare_page PORT [compressed]: as Dash serves it (6 MB), or compressed.
"""

from __future__ import annotations

import sys

import plotly.express as px
from dash import Dash, Input, Output, dcc, html
from gunicorn.app.base import BaseApplication

app = Dash(__name__, compress="compressed" in sys.argv)


def drawn(times: int) -> object:
    """A default line chart of as many points as a series here has."""
    months = list(range(13))
    return px.line(x=months, y=[(at * 7 + times * 3) % 11 for at in months])


app.layout = html.Div(
    [html.Button("Other", id="other"), dcc.Graph(id="graph", figure=drawn(0))], id="view"
)


@app.callback(Output("graph", "figure"), Input("other", "n_clicks"), prevent_initial_call=True)
def _other(clicks: int) -> object:
    return drawn(clicks or 0)


class Server(BaseApplication):
    """Served as the site itself is: see dashboard/web/serve.py."""

    def load_config(self) -> None:
        for name, value in (
            ("bind", f"127.0.0.1:{sys.argv[1]}"),
            ("workers", 2),
            ("worker_class", "gthread"),
            ("threads", 8),
            ("keepalive", 30),
            ("loglevel", "warning"),
        ):
            self.cfg.set(name, value)

    def load(self) -> object:
        # Dash hands out only the scripts that this worker has named on a page before.
        app.server.test_client().get("/")
        return app.server


if __name__ == "__main__":
    Server().run()
