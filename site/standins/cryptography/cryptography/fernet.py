"""What MLflow imports for webhooks."""


class Fernet:
    """Made when MLflow describes its tables, and never used."""

    @staticmethod
    def generate_key() -> bytes:
        return b""

    def __init__(self, key: bytes) -> None:
        pass
