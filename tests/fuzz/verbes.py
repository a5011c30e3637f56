"""Les lignes de commande de la campagne, et ce que chacune a le droit d'écrire.

Dans une ligne, ``RECU`` est le fichier abîmé, ``SAIN`` un classeur sain, ``SORTIE`` un dossier
vide, ``SUFFIXE`` celui du fichier abîmé.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_MANIFESTE = re.compile(r"d/\.pilotage-xlsx\.jsonl")
"""Dans un dossier de sortie, ce que la dernière fois y a écrit."""

_COURRIEL = "--a a@valmarin.example --de b@valmarin.example"


@dataclass(frozen=True)
class Verbe:
    """Une ligne de commande ; ``permis`` décrit les chemins qu'elle peut écrire dans sa sortie.

    ``source`` : ce qu'on abîme pour elle (`tests.fuzz.sources`).
    """

    nom: str
    ligne: str
    permis: str = ""
    source: str = "classeur"

    @property
    def commande(self) -> str:
        """Le premier mot : la commande."""
        return self.ligne.split()[0]

    @property
    def ecrit_malgre_un_refus(self) -> bool:
        """Vrai si un refus s'écrit aussi, ou n'empêche pas d'écrire ce que les autres donnent."""
        return self.commande in ("verifier", "consolider", "mutualiser")

    def permet(self, chemin: str) -> bool:
        """Vrai si la ligne a le droit d'avoir écrit ce chemin de sa sortie."""
        return bool(re.fullmatch(self.permis, chemin, re.DOTALL) or _MANIFESTE.fullmatch(chemin))

    def remplir(self, recu: Path, sain: Path, sortie: Path) -> list[str]:
        """Les arguments, les vrais chemins à leur place."""
        places = {"RECU": str(recu), "SAIN": str(sain)}
        suite = (mot.replace("SUFFIXE", recu.suffix) for mot in self.ligne.split())
        return [places.get(mot, mot.replace("SORTIE", str(sortie))) for mot in suite]


VERBES = (
    Verbe("verifier", "verifier RECU"),
    Verbe("verifier-json", "verifier RECU --format json"),
    Verbe("verifier-csv", "verifier RECU --format csv --sortie SORTIE/c.csv", r"c\.csv"),
    Verbe("verifier-html", "verifier RECU --format html --sortie SORTIE/c.html", r"c\.html"),
    Verbe("annoter", "verifier RECU --annoter SORTIE/d", r"d/.*-annote\.xlsx"),
    Verbe("retirer", "verifier RECU --retirer --annoter SORTIE/d", r"d/.*\.xlsx", "annoté"),
    Verbe("corriger", "corriger RECU --sortie SORTIE/copieSUFFIXE", r"copie\.(xlsx|ods)"),
    Verbe("consolider", "consolider RECU SAIN --sortie SORTIE/e.xlsx", r"e\.xlsx"),
    Verbe(
        "consolider-csv",
        "consolider RECU SAIN --format csv --sortie SORTIE/d",
        r"d/[a-z_]+\.csv",
    ),
    Verbe(
        "consolider-json", "consolider RECU SAIN --format json --sortie SORTIE/e.json", r"e\.json"
    ),
    Verbe(
        "consolider-parquet",
        "consolider RECU SAIN --format parquet --sortie SORTIE/d",
        r"d/[a-z_]+\.parquet",
    ),
    Verbe("comparer", "comparer SAIN RECU", source="exemple"),
    Verbe("comparer-html", "comparer RECU SAIN --format html --sortie SORTIE/c.html", r"c\.html"),
    Verbe("mutualiser", "mutualiser RECU SAIN --sortie SORTIE/o.xlsx", r"o\.xlsx"),
    Verbe(
        "rapport",
        "rapport RECU --annee 2026 --format txt --format html --format xlsx --sortie SORTIE/d",
        r"d/.*\.(txt|html|xlsx|json)",
        "exemple",
    ),
    Verbe(
        "rapport-pdf",
        "rapport RECU --annee 2026 --format pdf --sortie SORTIE/d",
        r"d/.*\.(pdf|txt|json)",
        "exemple",
    ),
    Verbe("fiche", "fiche decision RECU D-2026-001 --sortie SORTIE/f.html", r"f\.html", "exemple"),
    Verbe("fiche-pdf", "fiche urgence RECU --sortie SORTIE/f.pdf", r"f\.pdf", "exemple"),
    Verbe("echeances", "echeances RECU --format ics --sortie SORTIE/e.ics", r"e\.ics", "exemple"),
    Verbe("generer", "generer SORTIE/n.xlsx --depuis RECU", r"n\.xlsx"),
    Verbe("generer-json", "generer SORTIE/n.xlsx --depuis RECU", r"n\.xlsx", "données"),
    Verbe("envoyer", f"envoyer RECU --brouillon SORTIE/b.eml {_COURRIEL}", r"b\.eml"),
)
PAR_NOM = {verbe.nom: verbe for verbe in VERBES}
