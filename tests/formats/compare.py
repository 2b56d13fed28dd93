#!/usr/bin/env python3
"""Extracts the same report from every format and compares the observations with those of the text.

    compare.py PIPELINE REPORT.txt

PIPELINE is the program. Exit status 1 if a format gives other facts than the text: any for text, Markdown, HTML and
DOCX, more than 2 % for PDF. Differences in other columns are listed; docs/formats.md explains those that stay.
"""

import csv
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import samples

FACT = ["value", "value_max", "value_text", "unit", "indicator", "section_id", "footnote_no", "footnote_refs"]
# Names and places of rows, which differ from file to file.
LEFT_OUT = {"observation_id", "report_id", "source_start", "source_end"}
MOST_PDF_DIFFERENCES = 0.02


def observations(pipeline, file, folder):
    subprocess.run([pipeline, "extract", str(file), "--output", str(folder), "--format", "csv"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(folder / "observations.csv", encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def differing(expected, found, columns):
    """How many rows of either side have no equal on the other, by these columns."""
    def count(rows):
        return Counter(tuple(row[column] for column in columns) for row in rows)
    missing, extra = count(expected) - count(found), count(found) - count(expected)
    return max(sum(missing.values()), sum(extra.values())), missing, extra


def main(pipeline, report):
    failed = []
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        samples.main(report, scratch / "samples")
        expected = observations(pipeline, report, scratch / "expected")
        if not expected:
            sys.exit(f"{report}: no observation")
        others = [column for column in expected[0] if column not in LEFT_OUT and column not in FACT]
        for file in sorted((scratch / "samples").glob("*/*")):
            kind = file.parent.name
            found = observations(pipeline, file, scratch / "found" / kind)
            count, missing, extra = differing(expected, found, FACT)
            allowed = len(expected) * MOST_PDF_DIFFERENCES if kind.startswith("pdf") else 0
            columns = [(column, differing(expected, found, FACT + [column])[0] - count) for column in others]
            rest = ", ".join(f"{column} {number}" for column, number in columns if number > 0)
            print(f"{kind:16} {len(found):4} observations, {count} with another fact; other columns: {rest or 'equal'}")
            for row in missing:
                print("    missing:", *row)
            for row in extra:
                print("    extra:  ", *row)
            if count > allowed:
                failed.append(kind)
    if failed:
        sys.exit("other facts than the text: " + ", ".join(failed))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]))
