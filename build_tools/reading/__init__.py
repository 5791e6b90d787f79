"""The only package that parses XML, YAML and Markdown; everything it reads knows its line and column."""
