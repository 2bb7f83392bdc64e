"""What Schemathesis does not know by itself."""

import schemathesis


@schemathesis.serializer("application/x-ndjson", "application/vnd.apache.parquet")
def as_it_is(ctx, value):
    """A body of lines, or of bytes, is sent as it is."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
