"""What an officer can do about a finding, by its code."""

from __future__ import annotations

from etl.model import Finding

_CELL = (
    "Put the figure right in the file and upload it again, or type it in the grid. Published "
    "without it, the row has a gap for that month."
)
_ROW = (
    "Compare the row's label and serial with Appendix 1, put them right in the file and upload "
    "it again, or type the row in the grid. Published without it, the row has gaps."
)
_CHECK = (
    "Ask the team that counted it. If it is a slip, correct it before publishing. If it is right, "
    "answer that it stands and say why: it then takes part in sentences and verdicts."
)
_TARGET = (
    "If it is a slip, take the target out of the draft and set it again. If it is meant so, answer "
    "that it is right and say why."
)
_ADVICE = {
    "target-scale": _TARGET,
    "target-not-held": _TARGET,
    "target-contradicts": _TARGET,
    "target-far-ahead": _TARGET,
    "meeting-date": "Change the date under \u201cMeeting and title\u201d, or in the file. If it is "
    "right, answer that it is and say why.",
    "cell-unreadable": _CELL,
    "cell-unplaced": "Put the figure under a month and beside a row that the table has.",
    "row-unknown": _ROW,
    "row-unreadable": _ROW,
    "serial-contradicts": _ROW,
    "month-unknown": "Head the column with a month such as Feb-22 and upload the file again.",
    "not-actual": "If they are actual figures, take the word out of the heading, the caption or "
    "the sheet's name and upload the file again; if not, answer that it stands.",
    "not-a-month": "Head the figures with the month or year that they are of; what is of a rolling "
    "year or a quarter belongs in no month's column.",
    "heading-unclear": "Say over every column what it holds, Actual or Target, and of which month, "
    "and upload the file again.",
    "month-twice": "Two columns name one month: head one of them with its own month.",
    "printed-twice": "Leave one of the two in the file, the right one, and upload it again.",
    "published-overtyped": "Undo it in the workbook; corrections have a page (and sheet) of "
    "their own, with a reason.",
    "reason-missing": "Write the reason beside the revised value and upload the workbook again.",
    "sheets-differ": "Make the two sheets agree and upload the workbook again.",
    "correction-undone": "The history says who corrected it, and why. If a file is older than "
    "the correction, put the right figure in it and upload it again; if it is right after all, "
    "answer that it stands.",
    "correction-changes-nothing": "Take the correction out, or choose a later meeting.",
    "measure-unknown": "Choose the measure by the name that the workbook offers.",
    "place-missing": "Say where the sentence stands: the paper, its date, page and paragraph.",
    "period-unreadable": "Write the month as Feb-22.",
}
_BY_SEVERITY = {
    "error": "This cannot be accepted. Correct the figure here or in the file, or take the file "
    "out of the draft.",
    "warning": _CHECK,
    "note": "Nothing needs doing: it is told so that nobody is surprised.",
}


def title(finding: Finding) -> str:
    """What a finding is called."""
    from etl.checks import CODES  # not at start: the checks are large

    known = CODES.get(finding.code)
    return known.title if known else finding.code.replace("-", " ").capitalize()


def advice(finding: Finding) -> str:
    """What to do about it, in a sentence or two."""
    if finding.severity == "error" and finding.code not in _ADVICE:
        return _BY_SEVERITY["error"]
    return _ADVICE.get(finding.code, _BY_SEVERITY[finding.severity])
