"""Deliberate faults of the product, to find out whether the specification sees them: see `steps.sabotage`.

Each is what a developer could break one day. They are put in the running process through the test door, one by one,
and taken away without a trace. Nothing of this package is imported before somebody asks the test door for it.
"""
