"""Stands for cryptography, of which MLflow imports one name, for webhooks; no lesson has any."""
