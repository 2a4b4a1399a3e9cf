"""Values as files that people open: XLSX and printable pages, German, formula-safe."""
