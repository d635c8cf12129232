"""Build the standard tables and figures of any corpus, as one page beside its exports."""
