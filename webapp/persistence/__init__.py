"""Where things are kept: SQLite or PostgreSQL, through SQLAlchemy Core.

Domain values come in and go out; rows never leave this package. Of ours, it knows the domain only.
"""
