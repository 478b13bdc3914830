"""Stopping and not losing, shown from outside: real processes, a real mail server, closings and kills at any moment.

`house` starts and kills what runs, `sink` is the mail server, `supporter` a browser's stand-in; `closings`, `kills`,
`keeping` and `troubles` hold the scenarios, which `python -m tests.bench.stopping` runs by their names.
"""
