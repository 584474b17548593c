"""What leaves Linli as a file: made from plain data, the same bytes for the same data."""
