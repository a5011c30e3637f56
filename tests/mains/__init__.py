"""Ce que des mains font à un classeur : insérer, trier, coller, déplacer, renommer, effacer."""
