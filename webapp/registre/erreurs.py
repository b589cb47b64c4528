"""The refusal of a whole export: nothing of it is kept."""


class ExportRefuse(Exception):  # noqa: N818 - it reads as a sentence
    """The file is not an export that can be read, or not a whole one; the message is a French sentence."""
