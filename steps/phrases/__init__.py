"""The phrase book: one sentence, one meaning, one line of code. What a sentence does stands in the screens."""
