"""Takes on disk: the journal that is written, the shelf they lie on."""
