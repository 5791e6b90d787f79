"""From what an editor receives to a draft edition: a module for each form of source."""
