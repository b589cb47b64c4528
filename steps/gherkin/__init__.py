"""Reading French features, once, for all that reads them: text, keywords, lines, tree, tags.

It stands on the standard library and gherkin alone, so that the product may read its features with it. What one of its
readers accepts the others accept.
"""
