"""Tests of the catalogue's checks."""
