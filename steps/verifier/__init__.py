"""The checker of the features and of their steps: what pytest-bdd would let through in silence, it says.

    python -m steps.verifier [--fix] [--etapes] [--regles] [chemins…]

`ecriture` reads the features, `audit` the steps as pytest-bdd will resolve them, `decompte` the scenarios written,
collected and run. `steps.plugins.verification` brings the three into a pytest session. Nothing here knows the product.
"""
