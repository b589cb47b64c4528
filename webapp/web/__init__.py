"""The screens: one blueprint each. A view parses, calls a service, answers; no rule and no SQL here."""
