"""Agent-driven auto-tuning assistant for style transfer."""

__version__ = "0.1.0"
