"""Side-by-side measurements: ``python -m benchmarks [NAME ...]``, JSON on stdout and in benchmarks/out."""

import os

# Before torch comes in: two busy OpenMP pools on two cores slow each other tenfold.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
