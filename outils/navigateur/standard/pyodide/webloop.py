"""Tient lieu de la boucle d'événements de Pyodide (voir `asyncio`)."""


def _initialize_event_loop() -> None:
    """Aucune boucle : l'ouvrier appelle, Python répond."""
