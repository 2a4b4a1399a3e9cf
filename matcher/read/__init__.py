"""The way in: files and posted data become values, or all their problems at once."""
