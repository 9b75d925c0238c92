from __future__ import annotations
from flask import Blueprint
from etl.store.store import Store


def add_routes(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/drafts/<int:number>/add/<kind>")
    def declare(number, kind):
        return "later"
