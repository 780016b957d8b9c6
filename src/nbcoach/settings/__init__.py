"""What the user asked for: configuration files and the command line, made into one value."""

from nbcoach.settings.files import ConfigurationFile, ConfigurationFiles
from nbcoach.settings.loading import COMMAND_LINE, NestedSettings, load
from nbcoach.settings.model import Settings

__all__ = [
    "COMMAND_LINE",
    "ConfigurationFile",
    "ConfigurationFiles",
    "NestedSettings",
    "Settings",
    "load",
]
