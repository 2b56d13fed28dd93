//! Rows to Arrow record batches, Parquet and CSV, described once in `schemas/`.
