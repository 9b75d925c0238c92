"""The ids that callbacks name, once: a test holds that each stands in some layout."""

from __future__ import annotations

ADDRESS = "address"
TURNED = "turned"
FIT = "fit"
CHART = "chart"
