"""Start a new story, draft an article's annotations for a person to correct, and measure what drafts find."""
