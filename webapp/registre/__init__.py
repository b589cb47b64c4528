"""The registry of certifications: the demonstration's true facts, later the reader of the official exports."""
