"""What is published beside the pages, for machines and for hosts: a module for each standard."""
