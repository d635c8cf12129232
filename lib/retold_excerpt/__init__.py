"""Choose what an edition for publication shows of the articles, and cut the rest."""
