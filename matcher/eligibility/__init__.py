"""Admission, feasibility and requirements: rules with three values over columns."""
