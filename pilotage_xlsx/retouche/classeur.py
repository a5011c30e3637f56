"""Le classeur à retoucher : ses feuilles, sa partie principale, sa famille, courante ou stricte."""

from __future__ import annotations

from functools import cached_property

from pilotage_xlsx.retouche.archive import Archive, Element
from pilotage_xlsx.retouche.liens import DOCUMENT, STRICT, LienDePartie, lien_de_type, liens_de
from pilotage_xlsx.retouche.schema import enfant, enfants, local
from pilotage_xlsx.socle.paquet import Paquet, abime


class FeuilleARetoucher:
    """Une feuille de calcul : son nom, la partie qui la tient."""

    def __init__(self, archive: Archive, nom: str, partie: str) -> None:
        self.archive, self.nom, self.partie = archive, nom, partie

    @property
    def racine(self) -> Element:
        """Sa racine XML, à retoucher sur place."""
        return self.archive.racine(self.partie, "worksheet")

    @property
    def est_trop_grande(self) -> bool:
        """Vrai si elle dépasse ce qui se retouche : une annotation n'a donc pas pu y être posée."""
        return self.archive.est_trop_grande(self.partie)

    def ranger(self) -> None:
        """Rend la mémoire qu'elle prend, ses retouches gardées ; elle se relit au besoin."""
        self.archive.ranger(self.partie)

    def liee(self, type_: str) -> str | None:
        """La partie liée de ce type (« comments »), si elle existe."""
        lien = lien_de_type(self.archive, self.partie, type_)
        return lien.cible if lien else None

    def tables(self) -> tuple[Element, ...]:
        """Ses tables, à regarder seulement."""
        liens = liens_de(self.archive, self.partie)
        parties = dict.fromkeys(lien.cible for lien in liens if lien.type == "table")
        return tuple(self.archive.lire(partie) for partie in parties if partie in self.archive)


class ClasseurARetoucher:
    """Un classeur OOXML et ses feuilles de calcul, dans l'ordre des onglets."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        principal = lien_de_type(archive, "", "officeDocument")
        self.partie = principal.cible if principal else "xl/workbook.xml"
        self.famille = STRICT if principal and principal.famille == STRICT else DOCUMENT

    @property
    def racine(self) -> Element:
        """La racine de sa partie principale, à retoucher sur place."""
        return self.archive.racine(self.partie, "workbook")

    @property
    def onglets(self) -> list[Element]:
        """Les éléments ``sheet``, dans l'ordre ; une feuille de graphique en est un."""
        liste = enfant(self.racine, "sheets")
        onglets = [] if liste is None else list(enfants(liste, "sheet"))
        if not onglets:
            raise abime("aucune feuille")
        return onglets

    @cached_property
    def feuilles(self) -> dict[str, FeuilleARetoucher]:
        """Les feuilles de calcul par nom."""
        liens = {lien.id: lien for lien in liens_de(self.archive, self.partie)}
        trouvees = {}
        liste = enfant(self.archive.lire(self.partie), "sheets")
        for onglet in () if liste is None else enfants(liste, "sheet"):
            lien = liens.get(identifiant_de_lien(onglet))
            if lien is not None and _est_de_calcul(self.archive, lien):
                nom = onglet.get("name", "")
                trouvees[nom] = FeuilleARetoucher(self.archive, nom, lien.cible)
        return trouvees

    @property
    def distinctes(self) -> tuple[FeuilleARetoucher, ...]:
        """Les feuilles de calcul, chacune une fois même si plusieurs onglets la montrent."""
        return tuple({feuille.partie: feuille for feuille in self.feuilles.values()}.values())


def ouvrir_pour_retoucher(paquet: Paquet) -> ClasseurARetoucher:
    """Le classeur d'un paquet ouvert avec ses bornes ; `Refus` s'il est abîmé."""
    classeur = ClasseurARetoucher(Archive(paquet))
    if local(classeur.archive.lire(classeur.partie)) != "workbook":
        raise abime(f"« {classeur.partie} » n'est pas un classeur")
    return classeur


def identifiant_de_lien(element: Element) -> str:
    """L'attribut ``r:id``, quel que soit son espace de noms."""
    for nom, valeur in element.attrib.items():
        if nom.startswith("{") and nom.endswith("}id"):
            return str(valeur)
    return ""


def attribut_de_lien(famille: str) -> str:
    """Le nom complet de ``r:id`` dans la famille du classeur."""
    return f"{{{famille}}}id"


def _est_de_calcul(archive: Archive, lien: LienDePartie) -> bool:
    return lien.type == "worksheet" and lien.cible in archive
