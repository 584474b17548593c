"""The workload in chat: weeks, daily checks, ledgers and what a place's supervisors see of them (W1-W7, S1, S2)."""
