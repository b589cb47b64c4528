"""What is said of a run, made from its stream of events alone: French page, Cucumber messages and page, JUnit.

`releve` writes down what pytest plays, `flux` holds the stream; everything else reads it and knows nothing of pytest.
"""
