"""The questions of the bench, asked as they are asked today: a script over the sheets of a programme.

Usage: questions.py FOLDER PAST_DAY TODAY. Prints a line for each question: milliseconds, a tab, the answer. Each question
reads its file anew, as a script does that is started for it.
"""

import csv
import sys
import time
from collections import Counter
from pathlib import Path


def rows(path):
    """The rows of a sheet without its heading."""
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        yield from reader


def by_status(folder, day):
    """How many shipments stood where on a day."""
    found = Counter(word for _, first, end, word in rows(folder / "status.csv") if first <= day < end)
    return ", ".join(f"{word} {count}" for word, count in sorted(found.items()))


def of_category(folder, category):
    """The shipments of a category, the newest first."""
    found = [(on, reference) for reference, _, named, on in rows(folder / "shipments.csv") if named == category]
    found.sort(reverse=True)
    return str(len(found))


def by_item(folder, today):
    """What was planned, shipped and received, item by item."""
    sums = Counter()
    for _, role, item, on, quantity in rows(folder / "lines.csv"):
        if role == "planned" or on <= today:
            sums[role, item] += int(quantity)
    totals = Counter()
    for (role, _), quantity in sums.items():
        totals[role] += quantity
    return " ".join(str(totals[role]) for role in ("planned", "shipped", "received"))


def main():
    """Asks every question and prints how long it took and what came out."""
    folder, past, today = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    for ask in (lambda: by_status(folder, past), lambda: of_category(folder, "food"), lambda: by_item(folder, today)):
        begun = time.perf_counter()
        answer = ask()
        print(f"{(time.perf_counter() - begun) * 1e3:.3f}\t{answer}")


if __name__ == "__main__":
    main()
