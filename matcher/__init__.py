"""Matching and recommendation for Jobcenters: explained next steps and job proposals."""

__version__ = "0.1.0"
