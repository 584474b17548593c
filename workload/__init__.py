"""The rules of the weekly workload: pure functions of figures and a calendar (duties W1 to W4, M3)."""
