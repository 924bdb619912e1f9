"""Speed and memory: ratios and medians of one run, never absolute promises. `python -m benchmarks [NAME ...]`."""
