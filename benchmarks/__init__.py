"""What is measured, and how: each module gives rows, ``python -m benchmarks`` prints them."""
