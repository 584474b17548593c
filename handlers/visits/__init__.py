"""Visits that residents ask for: V1, the certificate of residence; V3, talks within office hours."""
