"""From a page to its article, its teasers and the decision what it is."""
