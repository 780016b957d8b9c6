"""What can go wrong in nbcoach itself, as opposed to in a notebook.

NbcoachError
├── UsageError          the command line or its arguments make no sense
├── SettingsError       a configuration file says something that cannot be
├── PackError           a rule pack does not load
├── EditRefused         an edit that a document cannot carry out
├── WriteRefused        a file that must not be replaced now
└── ToolFailed          another tool did not do its part
    └── ToolCrashed     it broke down, perhaps over one notebook of many
"""


class NbcoachError(Exception):
    """The root of all that nbcoach raises on purpose; its text is meant for people."""


class UsageError(NbcoachError):
    """The command line or its arguments make no sense."""


class SettingsError(NbcoachError):
    """A configuration file says something that cannot be."""


class PackError(NbcoachError):
    """A rule pack does not load."""


class EditRefused(NbcoachError):  # noqa: N818 - it reports a refusal, not a failure of ours
    """An edit that a document cannot carry out, with the reason."""


class WriteRefused(NbcoachError):  # noqa: N818 - it reports a refusal, not a failure of ours
    """A file that must not be replaced now, with the reason."""


class ToolFailed(NbcoachError):  # noqa: N818 - it reports a failure of another program
    """Another tool did not do its part, with the reason."""


class ToolCrashed(ToolFailed):
    """Another tool broke down, perhaps over one notebook of many."""
