from dataclasses import fields

from nbcoach.settings import Settings
from nbcoach.settings.profiles import PROFILES
from nbcoach.settings.schema import READERS

NOT_OPTIONS = {"root", "file", "given", "overrides", "nested"}


def test_every_option_can_be_read_from_a_file() -> None:
    options = [field.name for field in fields(Settings) if field.name not in NOT_OPTIONS]
    assert [key.replace("-", "_") for key in READERS] == options


def test_profiles_say_only_what_a_file_could() -> None:
    for profile in PROFILES.values():
        assert profile.summary
        assert profile.settings.keys() <= READERS.keys()
