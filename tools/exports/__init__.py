"""Lists as files: rows read in batches as the caller, written as CSV or XLSX. Reads only."""
