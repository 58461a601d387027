"""Every test of ratings has its own settings."""

import pytest


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("TAKETWO_CONFIG", str(tmp_path_factory.mktemp("config")))
