from wic.clean import clean as clean
from wic.dates import find as dates
from wic.document import Document as Document
from wic.read import read as read
from wic.segment import segment as segment

__version__: str
__all__ = ["Document", "clean", "dates", "read", "segment"]
