"""What an officer prepares, and how it is published: the pages' drafts and the commands' alike."""
