"""What a target or an event may be, each with its words: for forms and for the command line.

Imports nothing, so that a command can list its options before the store is there.
"""

TARGET_KINDS = (
    ("agreed", "Agreed by the council or the area"),
    ("stretch", "Stretch"),
    ("statutory", "Statutory: in the law"),
    ("guidance", "Guidance"),
)
TARGET_FORMS = (
    ("by_date", "To be reached by a date"),
    ("annual", "For a whole year"),
    ("monthly", "For every month"),
    ("limit", "A limit for each case"),
)
TARGET_BASES = (
    ("not_stated", "Not stated"),
    ("including", "Including exceptions"),
    ("excluding", "Excluding exceptions"),
    ("not_applicable", "Does not apply"),
)
EVENT_KINDS = (
    ("note", "Something to know of"),
    ("rule_change", "A change of rules"),
    ("break", "A break: before and after are not one line"),
)
