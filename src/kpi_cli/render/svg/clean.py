"""Text out of files made safe to show: no control character acts, nothing is markup."""

from __future__ import annotations

import re
from functools import lru_cache

# Texts that hold none of these are the rule: only the pattern of all three is compiled at once.
_UNSHOWN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb"
    + "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_BREAKS = "[\r\u2028\u2029]+\n?"
# Overrides, embeddings and isolates can reorder what stands around them; they are named instead.
_BIDI = "[\u202a-\u202e\u2066-\u2069]"
_ODD: re.Pattern[str] = re.compile(f"{_UNSHOWN}|{_BREAKS}|{_BIDI}")


def cleaned(text: str) -> str:
    """The text with what cannot be shown replaced and bidirectional controls spelt out."""
    if text.isprintable() or _ODD.search(text) is None:  # nothing printable is odd
        return text
    text = re.sub(_BREAKS, "\n", text)
    text = re.sub(_UNSHOWN, "\ufffd", text)
    return re.sub(_BIDI, lambda found: f"[U+{ord(found[0]):04X}]", text)


@lru_cache(maxsize=2**13)
def escaped(text: str) -> str:
    """Cleaned, and escaped for elements and quoted attributes; words of axes come again."""
    text = cleaned(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#x27;")
