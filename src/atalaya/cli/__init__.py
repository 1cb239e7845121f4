"""The command line: each command parses, builds settings, calls one function and renders.

Enters: arguments, ``observatory.toml``, ``ATALAYA_*`` variables, the clock. Leaves: data on
standard output, progress and errors on standard error, an exit code: 0 done, 1 a check is negative,
2 wrong use, 3 try later, 4 somebody must look, 5 proof is at stake.
"""
