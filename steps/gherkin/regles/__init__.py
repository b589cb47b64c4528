"""What a feature must be: one judge, for the check of the project and for who tries a scenario in the product.

Pure reading: it asks neither pytest nor the steps. What needs their definitions is in `steps.verifier`.
"""
