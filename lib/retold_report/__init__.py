"""Show what a corpus holds: tables that open to their evidence, and figures in one style."""
