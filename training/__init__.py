"""Making data and learning weights; imports `matcher`, never the reverse."""
