"""Texts that hold a secret, and texts that only look so, for the rules about source and output."""

from collections.abc import Iterator
from random import Random

from tests.rare_rules.tokens import TOKENS, password, private_key, token


def secrets() -> Iterator[tuple[str, str]]:
    """Single secrets by name."""
    for kind in TOKENS:
        yield kind, token(kind)
    for label in ("", "RSA ", "EC ", "OPENSSH ", "DSA "):
        yield f"private-key-{label.strip().lower() or 'plain'}", private_key(label)
    for scheme in ("postgresql", "mongodb+srv", "https", "redis", "amqp"):
        yield f"url-{scheme}", f"{scheme}://ana:{password()}@db.rivers.org/levels"
    yield "url-with-token", f"https://{token('github')}@github.com/rivers/levels.git"
    yield "url-user-and-token", f"https://ana:{token('github')}@github.com/rivers/levels.git"
    yield "url-weak-password", "https://ana:Sommer" + "2019!@db.rivers.org"


def lookalikes() -> Iterator[tuple[str, str]]:
    """What is no secret, by name: cut, masked, repeated, invented or part of something longer."""
    for kind, (prefix, _) in TOKENS.items():
        whole = token(kind)
        rest = len(whole) - len(prefix)
        yield f"{kind}-cut", whole[: len(prefix) + 8]
        yield f"{kind}-elided", f"{whole[: len(prefix) + 4]}...{whole[-4:]}"
        yield f"{kind}-masked", prefix + "*" * rest
        yield f"{kind}-crossed-out", prefix + "x" * rest
        yield f"{kind}-one-letter", prefix + "A" * rest
        yield f"{kind}-asked-for", f"<{prefix}your-key-here>"
        yield f"{kind}-within-a-word", f"data/{'q7' * 12}{whole}{'Z3' * 12}"
    for kind in ("github", "github-app", "github-oauth"):
        whole = token(kind)
        last = "a" if whole[-1] != "a" else "b"
        yield f"{kind}-wrong-checksum", whole[:-1] + last
    fence = "-----BEGIN {}" + "KEY-----\n"
    body = "\n".join("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA" for _ in range(3))
    yield "public-key", fence.format("PUBLIC ") + body
    yield "certificate", "-----BEGIN CERTIFICATE-----\n" + body
    yield "key-without-body", fence.format("PRIVATE ") + "...\n-----END"
    yield "key-to-fill-in", fence.format("RSA PRIVATE ") + "<your key>"
    yield "key-mentioned", "starts with " + fence.format("PRIVATE ")
    for name, login in {
        "word": "user:password",
        "short": "ana:rivers",
        "masked": "ana:********",
        "marked": "ana:<password>",
        "template": "{user}:{password}",
        "variable": "$USER:$PASSWORD",
        "formatted": "%s:%s",
        "same-as-user": "postgres:postgres",
        "constant": "USER:ACCESS_KEY",
        "upper-case": "USERNAME:YOURKEYHERE",
        "repeated": "ana:aaaaaaaaaa",
        "user-only": "ana",
        "example": "ana:example-pass",
        "crossed-out": "ana:xxxxxxxxxx",
    }.items():
        yield f"url-{name}", f"postgresql://{login}@db.rivers.org/levels"
    yield "url-port", "https://db.rivers.org:8080/levels@2019"
    yield "url-address", "https://rivers.org/?mail=ana.rivers@rivers.org"
    yield "ssh-address", "git@github.com:rivers/levels.git"
    random = Random("nbcoach hash")
    yield "digest", "".join(random.choice("0123456789abcdef") for _ in range(64))
    yield "uuid", "9b2f6c1e-4d7a-4f0b-8e55-0c3b7f5f2a91"
    yield "image", "data:image/png;base64," + "iVBORw0KGgoAAAANSUhEUg" * 4
