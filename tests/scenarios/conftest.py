from tests.document.conftest import open_pack

__all__ = ["open_pack"]
