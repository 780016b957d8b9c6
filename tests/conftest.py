"""What all tests share."""

pytest_plugins = ["nbcoach.testing", "pytester"]
