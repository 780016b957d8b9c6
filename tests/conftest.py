"""What all tests share."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["nbcoach.testing", "pytester"]

# No test measures time: a busy machine is no reason to fail.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
