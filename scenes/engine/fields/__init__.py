"""Fields: very many small lit things, each at its recorded number, painted pixel by pixel by compiled kernels."""
