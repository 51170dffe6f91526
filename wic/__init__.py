"""wic turns scraped Thai, Chinese, Arabic and English news into corpora that can be trusted."""

__version__ = "0.1.0"
