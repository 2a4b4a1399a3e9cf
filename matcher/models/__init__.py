"""Models: additive scores, occupations; later chains and assignment."""
