"""Tient lieu d'asyncio, que Pyodide charge au départ : ici, Python n'attend jamais."""
