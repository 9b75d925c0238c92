"""Layouts as data: a table is classified once, then its cells are figures.

table -> blocks -> facets of each heading -> the one layout that fits -> figures with a measure,
a period, an area and a role each -> observations (actual, the council's own) and statements.
"""
