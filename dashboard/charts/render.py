"""A scene as SVG: attributes alone (the pages' policy refuses style), nothing measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from dashboard.charts.font import FAMILY
from dashboard.charts.looks import BAND, BASE, GRID, INK, LOOKS, PAPER, QUIET, Look
from dashboard.charts.scene import Axis, Bar, Facts, Point, PolyLine, Rule, Scene, Text
from dashboard.charts.text import ASCENT, LINE_HEIGHT

_TICK = 4.0  # pixels of a tick outside its axis
_DOTTED = (2.0, 3.0)
_TARGET = (7.0, 4.0)


def n(value: float) -> str:
    """A number of pixels to a tenth."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def _stroke(colour: str, width: float, dash: Sequence[float] = ()) -> str:
    text = f'stroke="{colour}" stroke-width="{n(width)}"'
    return text + (f' stroke-dasharray="{" ".join(map(n, dash))}"' if dash else "")


def _rect(x: float, y: float, width: float, height: float, look: str) -> str:
    sides = f'x="{n(x)}" y="{n(y)}" width="{n(max(width, 0))}" height="{n(max(height, 0))}"'
    return f"<rect {sides} {look}/>"


def _text(text: Text) -> str:
    x = {
        "start": text.box.left,
        "middle": (text.box.left + text.box.right) / 2,
        "end": text.box.right,
    }[text.anchor]
    # A rim of paper keeps words legible where a line passes behind them.
    rim = f' {_stroke(PAPER, 3)} stroke-linejoin="round" paint-order="stroke"'
    look = f'font-size="{n(text.size)}" fill="{text.tone}"'
    if text.anchor != "start":
        look += f' text-anchor="{text.anchor}"'
    if text.bold:
        look += ' font-weight="700"'
    if text.rim and text.kind in ("name", "value", "target", "stopped"):
        look += rim
    lead = (LINE_HEIGHT - 1.15) / 2  # half of what a line is higher than its letters
    spans = []
    for at, line in enumerate(text.lines):
        base = text.box.top + (at * LINE_HEIGHT + lead + ASCENT) * text.size
        spans.append(f'<tspan x="{n(x)}" y="{n(base)}">{escape(line, quote=False)}</tspan>')
    return f'<text class="{text.kind}" {look}>{"".join(spans)}</text>'


def _axis(axis: Axis, scene: Scene) -> str:
    frame = scene.frame
    parts = []
    if axis.grid:
        rules = (
            f"M{n(frame.left)} {n(at)}H{n(frame.right)}"
            if axis.along == "y"
            else f"M{n(at)} {n(frame.top)}V{n(frame.bottom)}"
            for at in axis.ticks
        )
        parts.append(f'<path class="grid" d="{"".join(rules)}" {_stroke(GRID, 1)}/>')
    if axis.line:
        ticks = "".join(f"M{n(at)} {n(frame.bottom)}v{n(_TICK)}" for at in axis.ticks)
        course = f"M{n(frame.left)} {n(frame.bottom)}H{n(frame.right)}{ticks}"
        parts.append(f'<path class="axis" d="{course}" {_stroke(BASE, 1)}/>')
    return "".join(parts)


def _outline(symbol: str, x: float, y: float, size: float) -> str:
    """The outline of a marker; `size` is a circle's diameter, the others cover as much."""
    half = size / 2
    if symbol == "square":
        return f"M{n(x - half)} {n(y - half)}h{n(size)}v{n(size)}h-{n(size)}Z"
    if symbol == "diamond":
        far = half * 1.3
        return f"M{n(x)} {n(y - far)}l{n(far)} {n(far)}l-{n(far)} {n(far)}l-{n(far)} -{n(far)}Z"
    if symbol == "triangle":
        wide = size / 3**0.5
        return f"M{n(x - wide)} {n(y + half / 2)}H{n(x + wide)}L{n(x)} {n(y - half)}Z"
    round_ = f"a{n(half)} {n(half)} 0 1 0 "
    return f"M{n(x - half)} {n(y)}{round_}{n(size)} 0{round_}-{n(size)} 0Z"


def _marker(point: Point, look: Look) -> str:
    if not point.drawn:  # there to be read: its line alone is seen
        return f'<circle cx="{n(point.x)}" cy="{n(point.y)}" r="3" fill="none"/>'
    hollow = point.state in ("flagged", "provisional")
    size = look.marker + (3 if hollow else 0)
    outline = _outline(look.symbol, point.x, point.y, size)
    dash = _DOTTED if point.state == "provisional" else ()
    fill = PAPER if hollow else look.colour
    edge = f" {_stroke(look.colour, 1.75, dash)}" if hollow else ""
    return f'<path d="{outline}" fill="{fill}"{edge}/>'


def _bar(bar: Bar, look: Look, hatch: str) -> str:
    box = bar.box
    if bar.state in ("flagged", "provisional"):
        fill = PAPER if bar.state == "flagged" else f"url(#{hatch})"
        edge = min(2.0, box.width)
        outline = f'fill="{fill}" {_stroke(look.colour, edge)}'
        top = min(box.top + edge / 2, box.bottom)
        return _rect(box.left + edge / 2, top, box.width - edge, box.bottom - top, outline)
    parts = [_rect(*box[:2], box.width, box.height, f'fill="{look.colour}"')]
    if bar.parts > 1:
        each = box.width / bar.parts
        cuts = (
            f"M{n(box.left + each * at)} {n(box.top)}V{n(box.bottom)}" for at in range(1, bar.parts)
        )
        parts.append(f'<path d="{"".join(cuts)}" {_stroke(PAPER, 1, _DOTTED)}/>')
    return "".join(parts)


def _marked(facts: Facts, role: str, state: str, drawing: str) -> str:
    """A data mark as its own element, with what a reading card says of it."""
    said = "".join(f' data-{name}="{escape(words)}"' for name, words in facts.named())
    kind = f" {state}" if state else ""
    return f'<g class="mark {role}{kind}"{said}>{drawing}</g>'


def _line(line: PolyLine) -> str:
    look = LOOKS[line.role]
    course = "L".join(f"{n(x)} {n(y)}" for x, y in line.points)
    dash = _DOTTED if line.provisional else look.dash
    return (
        f'<path class="line {line.role}" d="M{course}" fill="none" '
        f'stroke-linejoin="round" {_stroke(look.colour, look.width, dash)}/>'
    )


def _rule(rule: Rule) -> Iterator[str]:
    look = {
        "event": _stroke(QUIET, 1, (2, 3)),
        "target": _stroke(INK, 2, _TARGET),
        "level": _stroke(LOOKS[rule.role].colour, 2, LOOKS[rule.role].dash),
        "stop": _stroke(LOOKS[rule.role].colour, 2.5),
        "tie": _stroke(QUIET, 1),
    }[rule.kind]
    course = f"M{n(rule.x0)} {n(rule.y0)}L{n(rule.x1)} {n(rule.y1)}"
    yield f'<path class="{rule.kind}" d="{course}" {look}/>'
    if rule.standing:
        yield _standing(rule)


def _standing(rule: Rule) -> str:
    """A disc with a tick for a target that is met, a diamond with "!" for one missed."""
    x, y = rule.x1, rule.y1
    if rule.standing == "met":
        tick = f"M{n(x - 3)} {n(y)}l2 2.5l4 -5"
        return (
            f'<g class="met"><circle cx="{n(x)}" cy="{n(y)}" r="6.5" fill="#18706a"/>'
            f'<path d="{tick}" fill="none" {_stroke(PAPER, 1.75)}/></g>'
        )
    point = f"M{n(x)} {n(y - 3.5)}v4M{n(x)} {n(y + 2)}v1.5"
    return (
        f'<g class="missed"><path d="{_outline("diamond", x, y, 12)}" fill="#a8410c"/>'
        f'<path d="{point}" {_stroke(PAPER, 1.75)}/></g>'
    )


def _hatches(scene: Scene, ident: str) -> str:
    """A hatching for each role that has provisional bars."""
    roles = sorted({bar.role for bar in scene.bars if bar.state == "provisional"})
    patterns = (
        f'<pattern id="{ident}hatch-{role}" width="5" height="5" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="5" height="5" fill="{PAPER}"/>'
        f'<path d="M1 0V5" {_stroke(LOOKS[role].colour, 2)}/></pattern>'
        for role in roles
    )
    return f"<defs>{''.join(patterns)}</defs>" if roles else ""


def svg(scene: Scene, *, ident: str = "") -> str:
    """A scene as a complete SVG.

    `ident` begins the ids inside it, so that several can stand in one page.
    """
    width, height = n(scene.width), n(scene.height)
    lead = f"{escape(ident)}-" if ident else ""
    parts = [
        # Its own paper: a reader's dark page would swallow the ink.
        _rect(0, 0, scene.width, scene.height, f'class="paper" fill="{PAPER}"'),
        _hatches(scene, lead),
        *(
            _rect(*band.box[:2], band.box.width, band.box.height, f'class="band" fill="{BAND}"')
            for band in scene.bands
        ),
        *(_axis(axis, scene) for axis in scene.axes),
        *(
            _marked(b.facts, b.role, b.state, _bar(b, LOOKS[b.role], f"{lead}hatch-{b.role}"))
            for b in scene.bars
        ),
        *(_line(line) for line in scene.lines),
        *(part for rule in scene.rules for part in _rule(rule)),
        *(_marked(p.facts, p.role, p.state, _marker(p, LOOKS[p.role])) for p in scene.points),
        *(_text(text) for text in scene.texts),
    ]
    name = f' id="{escape(ident)}"' if ident else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing"{name} '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{FAMILY}" role="img" aria-label="{escape(scene.alt)}">'
        f"{''.join(parts)}</svg>"
    )
