"""Visits that residents ask for: V1, the certificate of residence."""
