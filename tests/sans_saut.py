"""``pytest -p tests.sans_saut`` : là où tout doit être installé, un essai passé est une faute."""

from __future__ import annotations

import pytest


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Rend 1 plutôt que 0 si un essai a été passé (« skip ») ; ``-rs`` en dit les raisons."""
    compte_rendu = session.config.pluginmanager.get_plugin("terminalreporter")
    a_passe = compte_rendu is not None and bool(compte_rendu.stats.get("skipped"))
    if a_passe and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
