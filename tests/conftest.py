"""``--aucun-saut`` : là où tout doit être installé, un essai passé (« skip ») est une faute."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Ajoute l'option."""
    parser.addoption(
        "--aucun-saut", action="store_true", help="Échouer si un essai est passé, et dire pourquoi."
    )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Rend 1 plutôt que 0 si un essai a été passé ; ``-rs`` en dit les raisons."""
    compte_rendu = session.config.pluginmanager.get_plugin("terminalreporter")
    if not session.config.getoption("--aucun-saut") or compte_rendu is None:
        return
    if compte_rendu.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
