"""Secrets in text, recognised by the shapes that their issuers gave them."""

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from nbcoach.notebook import Span


class Secret(NamedTuple):
    """What kind of secret stands where; its text is never kept."""

    kind: str
    span: Span


_KINDS: Final = {
    "aws": "AWS access key",
    "github": "GitHub token",
    "githubpat": "GitHub token",
    "gitlab": "GitLab token",
    "slack": "Slack token",
    "anthropic": "Anthropic key",
    "openai": "OpenAI key",
    "huggingface": "Hugging Face token",
    "google": "Google API key",
    "stripe": "Stripe key",
    "sendgrid": "SendGrid key",
    "pypi": "PyPI token",
    "npm": "npm token",
    "privatekey": "private key",
    "url": "password in a URL",
}
_TOKENS: Final = r"""
    (?:(?<![A-Za-z0-9_/+-])|(?<=://))(?:
      (?P<aws>(?:AKIA|ASIA)[0-9A-Z]{16})
    | (?P<github>gh[pousr]_[A-Za-z0-9]{36})
    | (?P<githubpat>github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})
    | (?P<gitlab>glpat-[A-Za-z0-9_-]{20})
    | (?P<slack>xox[abprs]-[0-9]{10,13}-[0-9A-Za-z-]{10,})
    | (?P<anthropic>sk-ant-(?:api|admin)[0-9]{2}-[A-Za-z0-9_-]{80,})
    | (?P<openai>sk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,})
    | (?P<huggingface>hf_[A-Za-z]{34})
    | (?P<google>AIza[0-9A-Za-z_-]{35})
    | (?P<stripe>[rs]k_live_[0-9A-Za-z]{24,})
    | (?P<sendgrid>SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43})
    | (?P<pypi>pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,})
    | (?P<npm>npm_[A-Za-z0-9]{36})
    )(?![A-Za-z0-9_-])
    | (?P<privatekey>-----BEGIN\ (?:(?:RSA|EC|OPENSSH|DSA)\ )?PRIVATE\ KEY-----
        (?:\\n|\s)+[A-Za-z0-9+/=]{32})
"""
_LOGINS: Final = r"""
    (?P<url>\b[a-z][a-z0-9+]{2,12}://(?P<user>[A-Za-z0-9_.-]{1,40}):
        (?P<password>(?!(?P=user)@)[^\s:/@"'<>{}$*\[\]()\\]{6,60})@[A-Za-z0-9.-]+)
"""
# Every token begins with one of these: looking for them first spares long outputs the shapes.
_BEGINNINGS: Final = (
    "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "sk-",
    "hf_", "AIza", "sk_live_", "rk_live_", "SG.", "pypi-AgEI", "npm_", "-----BEGIN ",
)  # fmt: skip
_LOGIN_HINT: Final = r"://[A-Za-z0-9_.-]{1,40}:[^\s:/@]{6,60}@"
_PLACEHOLDERS: Final = (
    r"example|x{4}|\.{3}|your|changeme|placeholder|dummy|password|passwd|secret|token|1234|abcd"
    r"|test"
)
_LEAST_ENTROPY: Final = 3.0  # bits per character; real keys of these lengths have 3.5 and more


def find_secrets(text: str) -> Iterator[Secret]:
    """The secrets in a text, in order; placeholders and examples are none."""
    for found in _matches(text):
        kind = next(name for name, value in found.groupdict().items() if value is not None)
        secret = found["password"] if kind == "url" else found[kind]
        if kind != "privatekey" and _is_invented(kind, secret):
            continue
        yield Secret(_KINDS[kind], Span(*found.span(kind)))


def _matches(text: str) -> Iterator[re.Match[str]]:
    if "://" in text and re.search(_LOGIN_HINT, text):
        yield from re.compile(f"{_TOKENS}|{_LOGINS}", re.VERBOSE).finditer(text)
        return
    end = 0
    for start in sorted(_beginnings(text)):
        found = re.compile(_TOKENS, re.VERBOSE).match(text, start) if start >= end else None
        if found is not None:
            yield found
            end = found.end()


def _beginnings(text: str) -> Iterator[int]:
    for beginning in _BEGINNINGS:
        start = text.find(beginning)
        while start >= 0:
            yield start
            start = text.find(beginning, start + 1)


def _is_invented(kind: str, secret: str) -> bool:
    if kind == "github" and not _has_checksum(secret):
        return True
    if kind == "url" and len(secret) < 8 and secret.isalpha():
        return True
    if kind == "url" and secret.isupper() and secret.replace("_", "").isalpha():
        return True  # the name of a constant, such as ACCESS_KEY
    return re.search(_PLACEHOLDERS, secret, re.IGNORECASE) is not None or _entropy(
        secret
    ) < _least_entropy(secret)


def _least_entropy(secret: str) -> float:
    return min(_LEAST_ENTROPY, math.log2(len(secret)) * 0.75)


def _entropy(text: str) -> float:
    """Shannon's entropy of the characters, in bits per character."""
    counts = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts)


def _has_checksum(token: str) -> bool:
    """Whether the last six characters are the rest's CRC-32 in base 62, as GitHub makes them."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    number, written = zlib.crc32(token[4:-6].encode()), ""
    while number:
        number, rest = divmod(number, 62)
        written = digits[rest] + written
    return token[-6:] == written.rjust(6, "0")
