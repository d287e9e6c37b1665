"""A fast net from a few style pictures: ``autostyle train fast``."""
