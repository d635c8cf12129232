"""Draft an article's annotations for a person to correct, start a new story, and measure what a draft finds."""
