"""The one metadata that all tables belong to: `tables` and `tables_arbre` fill it."""

from sqlalchemy import MetaData

metadata = MetaData()
