"""Une feuille dont les rangées s'écrivent au fil de l'eau, sans passer par la mémoire.

xlsxwriter garde toutes les cellules d'une feuille qui a un tableau (son mode économe les refuse).
Ici l'en-tête passe par lui, et les rangées vont droit dans la partie XML, au moment où elle
s'écrit : la mémoire ne dépend plus du nombre de lignes, et l'écriture va quatre fois plus vite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from pilotage_xlsx.consolidation.natives import Native
from pilotage_xlsx.socle.longueur import TOUJOURS_COURT
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.tableur import FeuilleEcrite, borner

_ORIGINE = datetime(1899, 12, 30)
_JOUR_ORIGINE = _ORIGINE.date()
_A_PROTEGER = motif(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
_COMMANDES = motif(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_REDIT = 60
_ECHAPPEMENTS = motif(r"_(x[0-9a-fA-F]{4}_)")


class Cible(NamedTuple):
    """Où mène un lien : l'adresse d'un fichier, et l'endroit dans ce fichier."""

    adresse: str
    endroit: str


class ColonneEcrite(NamedTuple):
    """Les formats d'une colonne : pour un texte ou un nombre, une date, une date avec son heure."""

    usuel: Format
    jour: Format
    instant: Format


class FeuilleAuFil(FeuilleEcrite):
    """Une feuille ordinaire, plus des rangées versées au moment de l'écriture."""

    dim_rowmax: Any  # xlsxwriter n'est pas typé

    def verser(
        self,
        haut: int,
        colonnes: Sequence[ColonneEcrite],
        rangees: Callable[[], Iterator[Sequence[Native]]],
        hauteur: int,
    ) -> None:
        """Prévoit ``hauteur`` rangées sous la ligne d'en-tête ``haut`` (dès 0)."""
        self._haut, self._colonnes, self._rangees = haut, colonnes, rangees
        self._liees: tuple[int, Callable[[], Iterator[Cible]]] | None = None
        if hauteur:
            self._check_dimensions(haut + hauteur, len(colonnes) - 1)

    def lier(self, colonne: int, cibles: Callable[[], Iterator[Cible]]) -> None:
        """Donne un lien sur cette colonne aux rangées versées, dans l'ordre des cibles."""
        self._liees = colonne, cibles

    def _write_rows(self) -> None:
        bas, self.dim_rowmax = self.dim_rowmax, self._haut
        super()._write_rows()
        self.dim_rowmax = bas
        coder = _codeur(self._colonnes)
        ecrire = self.fh.write
        for numero, rangee in enumerate(self._rangees(), self._haut + 2):
            ecrire(coder(str(numero), rangee))

    def _write_hyperlinks(self) -> None:
        if self._liees is None:
            return
        rang, cibles = self._liees
        nom, relations = xl_col_to_name(rang), dict[str, str]()
        vises = enumerate(cibles(), self._haut + 2)
        for position, (numero, cible) in enumerate(vises):
            if not position:
                self.fh.write("<hyperlinks>")
            if cible.adresse not in relations:
                self.rel_count += 1
                relations[cible.adresse] = f"rId{self.rel_count}"
                self.external_hyper_links.append(["/hyperlink", cible.adresse, "External"])
            endroit = _proteger(cible.endroit).replace('"', "&quot;")
            relation = relations[cible.adresse]
            self.fh.write(
                f'<hyperlink ref="{nom}{numero}" r:id="{relation}" location="{endroit}"/>'
            )
        if relations:
            self.fh.write("</hyperlinks>")


def _codeur(colonnes: Sequence[ColonneEcrite]) -> Callable[[str, Sequence[Native]], str]:
    """La fonction qui met une rangée en XML ; les styles de chaque colonne y sont préparés."""
    prets = [
        (f'<c r="{xl_col_to_name(rang)}', *(f'" s="{f._get_xf_index()}"' for f in formats))
        for rang, formats in enumerate(colonnes)
    ]

    def coder(numero: str, rangee: Sequence[Native]) -> str:
        morceaux = [f'<row r="{numero}">']
        ajouter = morceaux.append
        for contenu, (debut, usuel, jour, instant) in zip(rangee, prets, strict=True):
            if contenu is None or contenu == "":
                continue
            if isinstance(contenu, str):
                texte = _texte_redit(contenu) if len(contenu) <= _REDIT else _texte(contenu)
                ajouter(f"{debut}{numero}{usuel}{texte}")
            elif isinstance(contenu, bool):
                ajouter(f"{debut}{numero}{usuel}{_texte_redit('Oui' if contenu else 'Non')}")
            elif isinstance(contenu, datetime):
                ajouter(f"{debut}{numero}{instant}><v>{_serie(contenu)}</v></c>")
            elif isinstance(contenu, date):
                ajouter(f"{debut}{numero}{jour}><v>{_jours(contenu)}</v></c>")
            else:
                ajouter(f"{debut}{numero}{usuel}><v>{_nombre(contenu)}</v></c>")
        ajouter("</row>")
        return "".join(morceaux)

    return coder


def _texte(contenu: str) -> str:
    if len(contenu) > TOUJOURS_COURT:
        contenu = borner(contenu)
    if _A_PROTEGER.search(contenu):
        contenu = _proteger(contenu)
    garder = ' xml:space="preserve"' if contenu[0].isspace() or contenu[-1].isspace() else ""
    return f' t="inlineStr"><is><t{garder}>{contenu}</t></is></c>'


@lru_cache(maxsize=4_096)
def _texte_redit(contenu: str) -> str:
    """Un court texte, que des centaines de lignes redisent."""
    return _texte(contenu)


def _proteger(contenu: str) -> str:
    contenu = _ECHAPPEMENTS.sub(r"_x005F_\1", contenu)
    contenu = contenu.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _COMMANDES.sub(lambda signe: f"_x{ord(signe[0]):04X}_", contenu)


def _serie(instant: datetime) -> str:
    ecart = instant.replace(tzinfo=None) - _ORIGINE
    return f"{ecart.days + ecart.seconds / 86_400:.16g}"


@lru_cache(maxsize=4_096)
def _jours(jour: date) -> int:
    return (jour - _JOUR_ORIGINE).days


def _nombre(contenu: float) -> str:
    return repr(contenu) if isinstance(contenu, int) else f"{contenu:.16g}"
