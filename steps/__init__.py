"""The acceptance suite: how a person does what the features say.

It knows the product only from outside (HTTP, the command line, the browser) and must never import `webapp`:
the same suite runs against any deployment.
"""
