"""Area plans: a place with hazards, disorder or a poor register, worked at until it is accepted (duty P1)."""
