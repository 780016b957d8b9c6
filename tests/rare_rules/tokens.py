"""Invented secrets in the shapes of real ones, made in each run so that none is written down."""

import string
import zlib
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

_ALPHANUMERIC: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
_URL_SAFE: Final = _ALPHANUMERIC + "-_"


def _text(random: Random, length: int, letters: str = _ALPHANUMERIC) -> str:
    inner = "".join(random.choice(letters) for _ in range(length - 2))
    # A hyphen at either end would not be seen as a part of the token.
    return random.choice(_ALPHANUMERIC) + inner + random.choice(_ALPHANUMERIC)


def _with_checksum(prefix: str, random: Random) -> str:
    """GitHub ends its tokens with the CRC-32 of the rest in six digits to the base 62."""
    body, number, digits = _text(random, 30), 0, ""
    number = zlib.crc32(body.encode())
    for _ in range(6):
        number, rest = divmod(number, 62)
        digits = _ALPHANUMERIC[rest] + digits
    return prefix + body + digits


def _aws(prefix: str, random: Random) -> str:
    return prefix + _text(random, 16, string.ascii_uppercase + string.digits).upper()


_OPENAI_MIDDLE: Final = "T3Blb" + "kFJ"

TOKENS: Final[Mapping[str, tuple[str, Callable[[Random], str]]]] = {
    "aws": ("AKIA", lambda r: _aws("AKIA", r)),
    "aws-session": ("ASIA", lambda r: _aws("ASIA", r)),
    "github": ("ghp_", lambda r: _with_checksum("ghp_", r)),
    "github-app": ("ghs_", lambda r: _with_checksum("ghs_", r)),
    "github-oauth": ("gho_", lambda r: _with_checksum("gho_", r)),
    "github-fine": ("github_pat_", lambda r: f"github_pat_{_text(r, 22)}_{_text(r, 59)}"),
    "gitlab": ("glpat-", lambda r: "glpat-" + _text(r, 20)),
    "slack": ("xoxb-", lambda r: f"xoxb-{_text(r, 12, string.digits)[1:-1]}90-{_text(r, 24)}"),
    "anthropic": ("sk-ant-api03-", lambda r: "sk-ant-api03-" + _text(r, 95, _URL_SAFE)),
    "openai": ("sk-", lambda r: f"sk-{_text(r, 20)}{_OPENAI_MIDDLE}{_text(r, 20)}"),
    "openai-project": (
        "sk-proj-",
        lambda r: f"sk-proj-{_text(r, 58, _URL_SAFE)}{_OPENAI_MIDDLE}{_text(r, 58, _URL_SAFE)}",
    ),
    "huggingface": (
        "hf_",
        lambda r: "hf_" + "".join(r.choice(string.ascii_letters) for _ in range(34)),
    ),
    "google": ("AIza", lambda r: "AIza" + _text(r, 35, _URL_SAFE)),
    "stripe": ("sk_live_", lambda r: "sk_live_" + _text(r, 24)),
    "sendgrid": ("SG.", lambda r: f"SG.{_text(r, 22)}.{_text(r, 43)}"),
    "pypi": ("pypi-AgEI", lambda r: "pypi-AgEI" + "cHlwaS5vcmc" + _text(r, 70, _URL_SAFE)),
    "npm": ("npm_", lambda r: "npm_" + _text(r, 36)),
}
"""By kind what a token begins with, and how one is made."""


def token(kind: str) -> str:
    """A token of this kind, the same in every run."""
    return TOKENS[kind][1](Random(f"nbcoach {kind}"))


def password() -> str:
    """A password such as programs make."""
    return _text(Random("nbcoach password"), 14)


def private_key(label: str) -> str:
    """The text of a file with a private key; `label` is like `RSA `."""
    random = Random(f"nbcoach {label}")
    lines = [_text(random, 64) for _ in range(8)]
    fence = f"-----{{}} {label}PRIVATE " + "KEY-----"
    return "\n".join([fence.format("BEGIN"), *lines, fence.format("END")])
