"""Reads and summarizes a file: read_file.py duckdb|pandas PATH. Prints seconds and the most KiB that were resident."""

import resource
import sys
import time

library, path = sys.argv[1:]
lines = path.endswith(".ndjson")

if library == "duckdb":
    import duckdb

    begin = time.perf_counter()
    reader = "read_json" if lines else "read_csv"
    duckdb.sql(f"SUMMARIZE SELECT * FROM {reader}('{path}')").fetchall()
else:
    import pandas

    begin = time.perf_counter()
    table = pandas.read_json(path, lines=True) if lines else pandas.read_csv(path)
    table.describe(include="all")

seconds = time.perf_counter() - begin
print(f"{seconds:.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}")
