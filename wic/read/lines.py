"""Text that is read line by line. A legacy encoding is not guessed: that takes the whole text, and this streams."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wic.errors import WicError
from wic.read import encodings

if TYPE_CHECKING:
    from wic.read import Source


def decoded(stream: io.BufferedReader, source: Source) -> Iterator[str]:
    """The lines, line ends kept; a WicError where the text is not in the encoding that the source names, or UTF-8."""
    encoding = source.encoding or "utf-8-sig"
    text = io.TextIOWrapper(stream, encoding, errors="replace" if source.lossy else "strict", newline="")
    try:
        yield from text
    except UnicodeError as error:  # some codecs know no better one, as UTF-16 for a mark that is missing
        reason = error.reason if isinstance(error, UnicodeDecodeError) else error
        raise WicError(f"not valid {encoding.removesuffix('-sig')}: {reason}", encodings.HINT) from None
    except LookupError:
        raise WicError(f"unknown encoding {encoding!r}", "use a name that Python knows, such as gb18030") from None
    finally:
        if not stream.closed:
            text.detach()  # or it would close what is not its own
