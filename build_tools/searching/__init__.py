"""Search without a server: what is found (`entries`) and how it is indexed (`pagefind`)."""
