"""Explain: verdicts and contributions as German text; no arithmetic of its own."""
