"""The commands of `linli`, by what they are about. What is heavy is imported inside them: help comes at once."""
