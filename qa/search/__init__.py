"""Which passages: both legs, fused."""
