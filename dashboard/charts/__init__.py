"""One drawing: a view becomes a scene, placed before it is drawn, and the scene an SVG.

`scene` places, `svg` writes down. Page and print, PNG, Word and embed share both. A view
of a new shape is one function from ChartView to Scene (see `compose` and `ranked`).
"""

from __future__ import annotations

from dashboard.charts.compose import compose
from dashboard.charts.font import font_path
from dashboard.charts.render import svg
from dashboard.charts.scene import Scene
from dashboard.charts.sizes import SIZES, Size
from dashboard.views.chart import ChartView

__all__ = ["SIZES", "Scene", "Size", "font_path", "scene", "svg"]


def scene(view: ChartView, size: str, *, site: str = "") -> Scene:
    """A view in one of SIZES, every mark and word with its place in CSS pixels.

    `site` is the public address printed in the foot of a picture that stands alone. Raises
    KeyError for an unknown size.
    """
    return compose(view, SIZES[size], site)
