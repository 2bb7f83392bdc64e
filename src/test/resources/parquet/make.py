"""Makes the Parquet files of this folder, and what is in them as CSV: python make.py (pyarrow 26.0.1, numpy 2)."""

import csv
import datetime
import decimal
import random
import uuid

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 60
random.seed(16)


def some(make, gaps=True):
    """Values with gaps."""
    return [None if gaps and i % 7 == 3 else make(i) for i in range(ROWS)]


def time_of(moment, zone=""):
    """RFC 3339 with as many digits as there are."""
    return moment.isoformat().replace("+00:00", "") + zone


def fraction(text):
    """Three or six digits of a second, or none."""
    return text[:-3] if "." in text and text.endswith("000") else text


DAY = datetime.date(2026, 1, 1)
NOON = datetime.datetime(1969, 12, 31, 12)
LEVELS = ["red", "grün", "赤", "blue, \"light\"", "x" * 40]

columns = {
    "bool": (pa.bool_(), some(lambda i: i % 3 == 0), lambda v: str(v).lower()),
    "int8": (pa.int8(), some(lambda i: i - 30), str),
    "uint8": (pa.uint8(), some(lambda i: 255 - i), str),
    "int32": (pa.int32(), some(lambda i: (-1) ** i * random.randrange(2**31)), str),
    "uint32": (pa.uint32(), some(lambda i: 2**32 - 1 - i), str),
    "int64": (pa.int64(), some(lambda i: 2**53 + 1 + i * i), str),
    "id": (pa.int64(), some(lambda i: 9223372036854775807 - i, gaps=False), str),
    "uint64": (pa.uint64(), some(lambda i: 2**64 - 1 - i), str),
    "float": (pa.float32(), some(lambda i: [0.1, 1.5, -3e10, 0.0, 1e-7][i % 5]), None),
    "double": (pa.float64(), some(lambda i: [0.1, 1e22, -5e-300, 123456789.125, 2e-44, 1.0][i % 6] * (1 + i // 6)), repr),
    "exact": (pa.float64(), some(lambda i: random.random(), gaps=False), repr),
    "special": (pa.float64(), some(lambda i: [float("inf"), float("-inf"), float("nan"), 0.0, -0.0][i % 5]),
                lambda v: "" if v != v else repr(v)),
    "half": (pa.float16(), some(lambda i: (i - 20) / 8), None),
    "decimal": (pa.decimal128(12, 2), some(lambda i: decimal.Decimal(i * 10 - 55) / 100), lambda v: "%.2f" % v),
    "decimal256": (pa.decimal256(60, 20), some(lambda i: decimal.Decimal(10**39 + i).scaleb(-20)),
                   lambda v: "{:.20f}".format(v)),
    "text": (pa.string(), some(lambda i: random.choice(LEVELS)), str),
    "long_text": (pa.string(), some(lambda i: "line %d\nof %s" % (i, "y" * (i % 9)), gaps=False), str),
    "level": (pa.dictionary(pa.int8(), pa.string()), some(lambda i: LEVELS[i % 3]), str),
    "empty": (pa.string(), [None] * ROWS, str),
    "nothing": (pa.null(), [None] * ROWS, str),
    "date": (pa.date32(), some(lambda i: DAY + datetime.timedelta(days=100 * i - 25000)), lambda v: v.isoformat()),
    "time32": (pa.time32("ms"), some(lambda i: datetime.time(i % 24, i, 0, 1000 * (i % 2))), lambda v: fraction(v.isoformat())),
    "time64": (pa.time64("us"), some(lambda i: datetime.time(23 - i % 24, i, 59, 1 + i)), lambda v: v.isoformat()),
    "timestamp_ms": (pa.timestamp("ms"), some(lambda i: NOON + datetime.timedelta(hours=i)), time_of),
    "timestamp_us": (pa.timestamp("us", "UTC"), some(lambda i: NOON + datetime.timedelta(hours=i, microseconds=i)),
                     lambda v: fraction(time_of(v)) + "Z"),
    "timestamp_ns": (pa.timestamp("ns"), some(lambda i: NOON + datetime.timedelta(seconds=i)), time_of),
    "uuid": (pa.uuid(), some(lambda i: uuid.UUID(int=random.getrandbits(128)).bytes), lambda v: str(uuid.UUID(bytes=v))),
}


def shortest(value, bits):
    """The fewest digits that are this number, among those of 32 or 16 bits."""
    import numpy
    kind = numpy.float32 if bits == 32 else numpy.float16
    text = numpy.format_float_positional(kind(value), unique=True, trim="0")
    return repr(float(text))


arrays, texts = [], []
for name, (kind, values, text) in columns.items():
    if name == "uuid":
        arrays.append(pa.ExtensionArray.from_storage(kind, pa.array(values, pa.binary(16))))
    elif name == "half":
        import numpy
        arrays.append(pa.array([None if v is None else numpy.float16(v) for v in values], kind))
    else:
        arrays.append(pa.array(values, kind))
    bits = {"float": 32, "half": 16}.get(name)
    texts.append(["" if v is None else text(v) if text else shortest(v, bits) for v in values])

table = pa.table(arrays, names=list(columns))
table = table.set_column(table.column_names.index("id"), pa.field("id", pa.int64(), nullable=False), table["id"])
with open("mixed.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(columns)
    out.writerows(zip(*texts))

pq.write_table(table, "mixed_snappy.parquet")
pq.write_table(table, "mixed_plain.parquet", compression="none", use_dictionary=False, store_schema=False)
pq.write_table(table, "mixed_gzip_v2.parquet", compression="gzip", data_page_version="2.0")
pq.write_table(table, "mixed_zstd_v2.parquet", compression="zstd", data_page_version="2.0", use_dictionary=False)
pq.write_table(table, "mixed_pages.parquet", compression="lz4", row_group_size=23, data_page_size=16, write_batch_size=5,
               write_page_checksum=True, write_statistics=False, store_schema=False)
encodings = {"int8": "DELTA_BINARY_PACKED", "int32": "DELTA_BINARY_PACKED", "int64": "DELTA_BINARY_PACKED",
             "id": "DELTA_BINARY_PACKED", "uint64": "DELTA_BINARY_PACKED", "text": "DELTA_BYTE_ARRAY",
             "long_text": "DELTA_LENGTH_BYTE_ARRAY", "float": "BYTE_STREAM_SPLIT", "double": "BYTE_STREAM_SPLIT",
             "decimal": "BYTE_STREAM_SPLIT", "uuid": "DELTA_BYTE_ARRAY", "bool": "RLE"}
pq.write_table(table, "mixed_delta.parquet", compression="zstd", use_dictionary=False, column_encoding=encodings,
               data_page_version="2.0", data_page_size=64, write_batch_size=16)
pq.write_table(table, "mixed_delta_v1.parquet", compression="none", use_dictionary=False, column_encoding=encodings,
               store_schema=False)

x = pa.array([1, 2, 3])
pq.write_table(pa.table({
    "x": x,
    "list": pa.array([[1], [2, 3], None]),
    "map": pa.array([[("a", 1)], [], None], pa.map_(pa.string(), pa.int32())),
    "struct": pa.array([{"a": 1, "b": "x"}, {"a": 2, "b": "y"}, None]),
    "bytes": pa.array([b"\0", b"\1", None]),
    "fixed": pa.array([b"abcde", b"fghij", None], pa.binary(5)),
}), "unread.parquet")
pq.write_table(pa.table({"x": x, "when": pa.array([0, 1, None], pa.timestamp("ns"))}), "int96.parquet",
               use_deprecated_int96_timestamps=True)
pq.write_table(pa.table({"x": x}), "brotli.parquet", compression="brotli")
pq.write_table(pa.table({"x": x, "__index_level_0__": pa.array(["a", "b", "c"])}), "index.parquet")
pq.write_table(pa.table({"x": x}).slice(0, 0), "no_rows.parquet")
# Ten million cells in a few hundred bytes, each page of which is honest.
pq.write_table(pa.table({"x": pa.array([0] * 10_000_000, pa.int8())}), "bomb.parquet", row_group_size=10_000_000,
               data_page_size=1 << 26, write_statistics=False, store_schema=False)

# The first rows of the mixed data, with the types that they have.
with open("../data/bookings.csv", newline="", encoding="utf-8") as file:
    bookings = [row for row, _ in zip(csv.DictReader(file), range(300))]


def column(name, kind, of=str):
    return pa.array([None if row[name] in ("", "NA") else of(row[name]) for row in bookings], kind)


truth = {"true": True, "false": False}.get
kinds = {"booked_on": (pa.date32(), datetime.date.fromisoformat), "price": (pa.float64(), float),
         "distance_km": (pa.float64(), float), "refundable": (pa.bool_(), truth), "cancelled": (pa.bool_(), truth)}
kinds.update({name: (pa.int64(), int) for name in ("lead_days", "nights", "adults")})
pq.write_table(pa.table({name: column(name, *kinds.get(name, (pa.string(),))) for name in bookings[0]}),
               "bookings.parquet", compression="zstd", write_statistics=False)
