"""The rules of the trade, each written once.

Only the standard library is used here. Nothing in this package reads the clock, the network, a file or the
database: the present moment and the facts of the registry are arguments.
"""
