"""The renderer: height fields, fog and shapes turned into pixels. It knows no recordings and no stage."""
