"""The parts of DfE's files that tests read: python -m tests.dfe.make FOLDER_OF_BENCHMARKS

Of the release of 2025 the file of the 20 weeks is carried as it is. Of the zip's other tables
stand the heading and the rows of England and of one authority, so that a reader meets all of
its files. See README.md for whose figures they are.
"""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
RELEASE = "education-health-and-care-plans_2025.zip"
_WHOLE = ("data/timeliness_20_week.csv", "data-guidance/data-guidance.txt")
_AREAS = (b",National,", b"E10000020")
_AS_THEY_ARE = ("sen2_within_20_weeks.csv", "ees2026_timeliness_2025_selected_rows.csv")
_DATED = (2025, 6, 26, 9, 30, 0)  # of every file inside, so that the zip's bytes stay the same


def main(folder: Path) -> None:
    with (
        zipfile.ZipFile(folder / RELEASE) as given,
        zipfile.ZipFile(HERE / RELEASE, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made,
    ):
        for name in given.namelist():
            content = given.read(name)
            if name not in _WHOLE and name.endswith(".csv"):
                head, *rows = content.splitlines(keepends=True)
                content = head + b"".join(r for r in rows if any(area in r for area in _AREAS))
            made.writestr(zipfile.ZipInfo(name, _DATED), content, zipfile.ZIP_DEFLATED)
    for name in _AS_THEY_ARE:
        shutil.copyfile(folder / name, HERE / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
