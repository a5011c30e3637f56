"""Le PDF : la page de vote, puis l'annexe, balisées, avec signets ; une archive PDF/A-2a."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from pilotage_xlsx.rapport.document import (
    EN_BREF,
    Bloc,
    BlocDeFiche,
    Document,
    Fiche,
    PremierePage,
    Section,
    Tableau,
    Temps,
)
from pilotage_xlsx.rapport.rendus.dessin import dessiner
from pilotage_xlsx.socle.papier import composer_pdf
from pilotage_xlsx.socle.typographie import jour, nombre, typographier

GABARITS = Path(__file__).resolve().parent.parent / "gabarits"

_REPERES = 10
"""Les repères d'une ligne du temps, au plus : un tiers de page."""

_LIGNES = 300
"""Les lignes d'un tableau imprimé, au plus : dix pages, et 60 Mo pour les composer."""


def rendre(document: Document | Fiche, creation: date) -> bytes:
    """Le rapport ou la fiche en PDF, daté de ``creation`` : mêmes entrées, mêmes octets."""
    if isinstance(document, Fiche):
        return _rendre_la_fiche(document, creation)
    gabarit, donnees = preparer(document)
    return composer_pdf(gabarit, donnees, creation=creation)


def preparer(document: Document) -> tuple[Path, Mapping[str, Any]]:
    """Le gabarit du rapport, et les données dont il se dessine."""
    page = document.premiere
    donnees: dict[str, Any] = {
        "premiere": aplatir(page),
        "annexe": [_aplatir_section(section) for section in document.annexe],
        "pied": document.pied,
    }
    gabarit = "rapport.typ"
    if isinstance(page, PremierePage):
        donnees |= {"renvois": page.renvois, "en_bref": EN_BREF}
    else:
        gabarit, [donnees["communes"]] = "region.typ", _aplatir_les_parts(page.communes)
        donnees["tableaux"] = [aplatir(dessiner(tableau)) for tableau in page.tableaux]
    return GABARITS / gabarit, donnees


def _rendre_la_fiche(fiche: Fiche, creation: date) -> bytes:
    donnees = {
        "avis": fiche.avis,
        "surtitre": fiche.surtitre,
        "titre": fiche.titre,
        "pied": fiche.pied,
        "pages": fiche.pages,
        "blocs": [_aplatir_bloc(bloc) for bloc in fiche.blocs],
    }
    return composer_pdf(GABARITS / "fiche.typ", donnees, creation=creation)


def _aplatir_bloc(bloc: BlocDeFiche) -> Any:
    if isinstance(bloc, Tableau):
        return aplatir(dessiner(bloc))
    return {"sorte": bloc.sorte, **aplatir(bloc)}


def _aplatir_section(section: Section) -> Mapping[str, Any]:
    return {
        "titre": section.titre,
        "phrases": list(section.phrases),
        "blocs": [part for bloc in section.blocs for part in _aplatir_les_parts(bloc)],
    }


def _aplatir_les_parts(bloc: Bloc) -> list[Any]:
    return [aplatir(dessiner(part)) for part in _couper(bloc)]


def _couper(bloc: Bloc) -> Iterator[Bloc]:
    """Le bloc, ou une longue ligne du temps en plusieurs : un dessin ne change pas de page.

    D'un tableau sans fin, que personne n'imprime, le début : son titre dit où est le reste.
    """
    if isinstance(bloc, Tableau) and len(bloc.lignes) > _LIGNES:
        part = f"les {_LIGNES} premières lignes sur {nombre(len(bloc.lignes))}"
        titre = f"{bloc.titre} ({part} ; toutes sont dans la page et le classeur du rapport)"
        yield replace(bloc, titre=typographier(titre), lignes=bloc.lignes[:_LIGNES])
        return
    if not isinstance(bloc, Temps) or len(bloc.reperes) <= _REPERES:
        yield bloc
        return
    for debut in range(0, len(bloc.reperes), _REPERES):
        titre = f"{bloc.titre} (suite)" if debut else bloc.titre
        yield replace(bloc, titre=titre, reperes=bloc.reperes[debut : debut + _REPERES])


def aplatir(valeur: Any) -> Any:
    """Une donnée figée en dictionnaires et listes ; ses dates en texte, comme elles se lisent.

    Tout le reste (texte, nombre, vide) reste tel quel.
    """
    match valeur:
        case Struct():
            return {nom: aplatir(contenu) for nom, contenu in asdict(valeur).items()}
        case tuple():
            return [aplatir(element) for element in valeur]
        case date():
            return jour(valeur)
        case _:
            return valeur
