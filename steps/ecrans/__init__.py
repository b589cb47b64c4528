"""The screens: where each thing stands, by its role and its accessible name, and the verbs of the guide."""
