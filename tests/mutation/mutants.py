"""Every small change of a file that should make a test fail."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
}
_COUNTED: dict[type[ast.operator], str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.FloorDiv: "*",
    ast.Mod: "*",
}


class Mutant(NamedTuple):
    """A file with one expression put differently; offsets count bytes of the source."""

    file: str
    line: int
    start: int
    end: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.before} -> {self.after}"


def _differently(node: ast.AST) -> Iterator[str]:
    """Ways to put an expression so that it means something else."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARED:
            yield f"{ast.unparse(left)} {_COMPARED[type(op)]} {ast.unparse(right)}"
        case ast.BoolOp(op=op, values=values):
            other = " or " if isinstance(op, ast.And) else " and "
            yield other.join(f"({ast.unparse(value)})" for value in values)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _COUNTED:
            yield f"{ast.unparse(left)} {_COUNTED[type(op)]} ({ast.unparse(right)})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield f"bool({ast.unparse(operand)})"
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield f"{ast.unparse(orelse)} if {ast.unparse(test)} else {ast.unparse(body)}"
        case ast.Constant(value=bool() as value):
            yield str(not value)
        case ast.Constant(value=int() | float() as value):
            yield str(value + 1)
        case ast.Constant(value=str() as value) if value.replace("_", "").isalpha():
            yield repr(f"{value}x")


def _untested(tree: ast.Module) -> set[ast.AST]:
    """Nodes that no run of the code evaluates for its sense: annotations, texts, decorators."""
    left_out: set[ast.AST] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.AnnAssign | ast.arg):
            parts.append(node.annotation)
        if isinstance(node, ast.FunctionDef):
            parts += [node.returns, *node.decorator_list]
        if isinstance(node, ast.Expr | ast.JoinedStr | ast.Assert | ast.Raise):
            parts.append(node)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            parts.append(node)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "cast":
            parts.append(node.args[0])
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
            parts.append(node)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.Call):
            continue
        for part in parts:
            left_out |= set(ast.walk(part)) if part else set()
    return left_out


def mutants(file: Path) -> list[Mutant]:
    """Every mutant of a file."""
    source = file.read_text("utf-8")
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    left_out = _untested(tree)
    made = []
    for node in ast.walk(tree):
        if node in left_out or not isinstance(node, ast.expr):
            continue
        for after in _differently(node):
            assert node.end_lineno is not None
            assert node.end_col_offset is not None
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[node.end_lineno - 1] + node.end_col_offset
            before = source.encode()[start:end].decode()
            name = file.relative_to(ROOT).as_posix()
            made.append(Mutant(name, node.lineno, start, end, before, after))
    return made


def changed(mutant: Mutant) -> str:
    """The source of the mutant's file with the mutant in it."""
    kept = (ROOT / mutant.file).read_bytes()
    put = f"({mutant.after})".encode()
    return (kept[: mutant.start] + put + kept[mutant.end :]).decode()
