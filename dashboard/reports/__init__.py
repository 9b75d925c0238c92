"""The report pack: pictures, Word section, workbook and briefing, from the pages' own views."""
