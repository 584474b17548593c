"""What a command says when it cannot be done."""


class Refused(Exception):
    """A command cannot be done as things are; the message is for people and says the mend."""
