"""Can the specification fail? `python -m steps.sabotage` finds out.

The product is given one fault after another: which scenario sees each? What every « Alors » of the guide expects is
altered, one thing at a time: does the step object? What nothing objects to survives: it is a hole of the specification.
"""
