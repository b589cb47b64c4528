"""What can be asked of the product: one function per operation of the guide.

The first argument is what is read (`persistence.lecture`) or, where something is written, a connection: its block is
the transaction, opened and ended by the caller. Services commit nothing, show nothing, and know neither Flask nor the
web; refusals stand in `domain`, beside what they refuse.
"""
