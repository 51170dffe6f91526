"""Records → lines of bytes, one module per format; knows no terminal."""
