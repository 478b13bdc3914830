"""Appeal letters for people at risk: from a published document to a letter, and never one too late."""
