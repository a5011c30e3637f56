"""Les essais. Sous la trace, une panne que la dernière porte dirait d'une phrase se voit."""

import os

os.environ["PILOTAGE_TRACE"] = "1"
