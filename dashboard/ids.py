"""The ids that callbacks name, once: a test holds that each stands in some layout."""

from __future__ import annotations

ADDRESS = "address"
VIEW = "view"
CHART = "chart"
FIGURES = "figures"
