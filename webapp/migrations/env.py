"""What Alembic runs: with the connection the product gives, else with the database of DATABASE_URL."""

import os
import re

from alembic import context
from sqlalchemy import Connection

from webapp.persistence import database
from webapp.persistence.tables import metadata

_INDEX_DE_MOTS = re.compile("(certification|formation)_(par_)?mots")


def du_modele(nom: str | None, nature: str, _parents: object) -> bool:
    """Leave out of comparisons what a migration makes by hand: the indexes of words."""
    return not (nature in {"table", "index"} and _INDEX_DE_MOTS.match(nom or ""))


def executer(cnx: Connection) -> None:
    """Run the migrations on a connection whose transaction is already open."""
    context.configure(
        connection=cnx,
        target_metadata=metadata,
        compare_type=True,
        include_name=du_modele,
        render_as_batch=cnx.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


donnee = context.config.attributes.get("connection")
if donnee is not None:
    executer(donnee)
else:
    with database.transaction_de_migration(
        os.environ.get("DATABASE_URL", "sqlite:///donnees/catalogue.sqlite3")
    ) as ouverte:
        executer(ouverte)
