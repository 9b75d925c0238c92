"""What a sheet shows of a number: checked by eye in Excel's own terms."""

from __future__ import annotations

from datetime import date

import pytest

from etl.readers.numberformat import shown

SHOWN = """
number                | format            | text
521                   | General           | 521
521.0                 | General           | 521
41                    | 0.0               | 41.0
37.100000000000001    | General           | 37.1
9.4017094017094       | General           | 9.401709402
0                     | General           | 0
1E-3                  | General           | 0.001
116617                | #,##0             | 116,617
116617                | 0                 | 116617
0.094                 | 0.0%              | 9.4%
0.094                 | 0.00%             | 9.40%
0.0943                | 0.0%              | 9.4%
9.4017094017094017E-2 | 0.0%              | 9.4%
0.1235                | 0.0%              | 12.4%
0.094                 | 0%                | 9.4%
0.55                  | 0%                | 55%
0.5487                | 0%                | 55%
37.1                  | 0.0" days"        | 37.1 days
37.1                  | 0                 | 37.1
37.14                 | 0                 | 37
0.55                  | 0%" in time"      | 55% in time
9.4                   | 0.0"%"            | 9.4%
9.4                   | 0.0\\%            | 9.4%
9.4                   | General"%"        | 9.4%
12                    | 0;-0;"-"          | 12
0                     | 0;-0;"-"          | 0
5                     | ;;;               | 5
7                     | [Red]0            | 7
8                     | [>100]0.0;0       | 8
0.5                   | #.##              | 0.5
3                     | #.##              | 3
44013                 | mmm-yy            | 2020-07-01
44043                 | dd/mm/yyyy        | 2020-07-31
44043                 | [$-809]mmmm yyyy  | 2020-07-31
44043.5               | d/m/yy h:mm       | 2020-07-31
44013                 | d-mmm             | 2020-07-01
44043                 | d-mmm             | 2020-07-31
46223                 | d-mmm             | 20-Jul
46223                 | [$-809]d mmm      | 20-Jul
46223                 | d-mmm-yy          | 2026-07-20
2958465               | d-mmm             | 9999-12-31
44013                 | General           | 44013
0.5                   | h:mm              | 0.5
5000000               | mmm-yy            | 5000000
116617                | 0,                | 116617
1.5                   | 0.00E+00          | 1.5
"""


@pytest.mark.parametrize("line", SHOWN.strip().splitlines()[1:])
def test_a_number_is_read_as_it_is_shown(line: str) -> None:
    number, code, text = (part.strip() for part in line.split("|"))
    assert shown(number, code.replace("\\\\", "\\")) == text


def test_dates_of_old_macintosh_workbooks_count_from_1904() -> None:
    assert shown("42551", "mmm-yy", date(1904, 1, 1)) == "2020-07-01"


@pytest.mark.parametrize("number", ["", "many", "nan", "inf"])
def test_what_is_no_number_is_said_to_be_none(number: str) -> None:
    with pytest.raises(ValueError, match=r"could not convert|nan|inf"):
        shown(number)
