"""Features: graded fits in [0, 1] or unknown, one module per profiling feature, words beside the arithmetic."""
