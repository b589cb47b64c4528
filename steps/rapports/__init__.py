"""What is said of a run, made from its stream of events alone: French page, Cucumber messages and page, JUnit.

`flux` holds the stream, which `steps.plugins.observation` writes as pytest plays; nothing here knows pytest.
"""
