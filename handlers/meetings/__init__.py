"""Meetings: M1 the weekly one of coordinators and officer, M2 the monthly one of a committee."""
