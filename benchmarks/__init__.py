"""Side-by-side measurements: ``python -m benchmarks [NAME ...]``, JSON on stdout and in benchmarks/out."""
