"""Duty V2: the monthly spot check of dwellings, led by a cadre together with the officer."""
