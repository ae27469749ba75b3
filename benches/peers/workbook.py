"""The workbook of the bench, written as it is written today: by openpyxl and by XlsxWriter, each in its fastest way.

Usage: workbook.py TABLE.csv KINDS OUTPUT. KINDS has a letter for each column: t text, n number, d day. Prints a line for
each library that is there: its name, a tab, milliseconds. What is read of the table is read before the clock runs.
"""

import csv
import sys
import time
from datetime import date


def table(path, kinds):
    """The headings, and the rows with values of the kinds that a sheet knows."""
    turn = {"t": str, "n": float, "d": date.fromisoformat}
    with open(path, newline="", encoding="utf-8-sig") as file:
        reader = csv.reader(file)
        headings = next(reader)
        rows = [[turn[kind](cell) if cell else None for kind, cell in zip(kinds, row)] for row in reader]
    return headings, rows


def by_openpyxl(headings, rows, _kinds, output):
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Goods")
    sheet.freeze_panes = "A2"
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    book.save(output)


def by_xlsxwriter(headings, rows, kinds, output):
    import xlsxwriter

    book = xlsxwriter.Workbook(output, {"constant_memory": True})
    sheet = book.add_worksheet("Goods")
    number = book.add_format({"num_format": "#,##0"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, headings)
    for at, row in enumerate(rows, 1):
        for column, (kind, cell) in enumerate(zip(kinds, row)):
            if cell is None:
                continue
            if kind == "t":
                sheet.write_string(at, column, cell)
            elif kind == "n":
                sheet.write_number(at, column, cell, number)
            else:
                sheet.write_datetime(at, column, cell, day)
    sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    book.close()


def main():
    path, kinds, output = sys.argv[1:]
    headings, rows = table(path, kinds)
    for name, write in [("openpyxl", by_openpyxl), ("XlsxWriter", by_xlsxwriter)]:
        times = []
        try:
            for _ in range(3):
                begun = time.perf_counter()
                write(headings, rows, kinds, output)
                times.append((time.perf_counter() - begun) * 1e3)
        except ImportError:
            continue
        print(f"{name}\t{sorted(times)[1]}")


main()
