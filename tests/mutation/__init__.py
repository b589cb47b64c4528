"""Mutation by a tool that does not know us: `make mutation`. See webapp/decisions/mutation.md."""
