"""La fiche d'urgence : une page à afficher, à lire quand plus rien ne marche (note, § 1 et § 6)."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.executif import nommer as appeler
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import SANS_TELEPHONE
from pilotage_xlsx.rapport.document import (
    BlocDeFiche,
    Champs,
    ColonneDeTable,
    Etapes,
    Fiche,
    GenreDeColonne,
    Paragraphes,
    Tableau,
)
from pilotage_xlsx.rapport.fiches.communs import (
    BREF,
    MANQUE,
    borner,
    pied,
    remplis,
    surtitre,
)
from pilotage_xlsx.rapport.mots import abreger, compter, est_avouee, lire_un_fait, nommer
from pilotage_xlsx.registre import Ligne

_OUTILS, _AUTRES = 18, 10
_REPLI = ((6, 140), (10, 90), (_OUTILS, 55))
"""Jusqu'à tant d'outils, tant de signes pour le repli : la page se lit d'un mètre."""

_AVIS = "À afficher près du téléphone, hors de la vue du public"


def composer(liens: Liens) -> Fiche:
    """La fiche de la commune : que faire d'abord, qui appeler, comment servir la population.

    Elle ne demande aucune ligne : une feuille Outils vide le dit.
    """
    return Fiche(
        avis=_AVIS,
        surtitre=surtitre(liens),
        titre="En cas de panne ou d'attaque",
        blocs=tuple(_blocs(liens)),
        pied=pied(liens, "fiche d'urgence, à refaire quand un numéro change"),
    )


def _blocs(liens: Liens) -> Iterator[BlocDeFiche]:
    yield Etapes("D'abord", tuple(_etapes(liens)))
    yield Champs("Qui avertir", tuple(_contacts(liens)))
    outils = liens.indispensables
    if not outils:
        phrase = "Aucun outil indispensable inscrit : remplir la colonne Criticité de Outils."
        yield Paragraphes("Outils indispensables", (phrase,))
        return
    yield _tableau(liens, outils[:_OUTILS])
    if reste := outils[_OUTILS:]:
        yield Paragraphes("", (_citer(reste),))


def _etapes(liens: Liens) -> Iterator[str]:
    commune = liens.registre.commune
    a_executif = appeler(lire_un_fait(commune, "executif_nom")).a_executif
    heures = liens.modele.identite.seuils.annonce_heures
    yield (
        "Si l'on soupçonne une attaque : débrancher du réseau le poste touché (câble, wifi), sans "
        "l'éteindre ; ne rien effacer, ne rien payer."
    )
    yield "Avertir le référent, ou son suppléant, sans attendre."
    yield "Appeler le prestataire de l'outil touché (tableau ci-dessous)."
    yield "Passer au mode de repli : la population reste servie."
    yield (
        f"Une cyberattaque s'annonce à l'OFCS (Office fédéral de la cybersécurité) dans les "
        f"{heures} heures de sa découverte ; en cas de doute, annoncer."
    )
    yield (
        f"Dire {abreger(a_executif, BREF)} si un service ou des données sont touchés ; noter "
        "l'heure de chaque pas, puis remplir la feuille Incidents."
    )


def _contacts(liens: Liens) -> Iterator[tuple[str, str]]:
    """Référent, suppléant et exécutif toujours ; les autorités si la commune les a inscrites."""
    yield "Référent", _joindre(liens, "referent_nom", "referent_telephone")
    yield "Suppléant", _joindre(liens, "suppleant_nom", "suppleant_telephone")
    executif = lire_un_fait(liens.registre.commune, "executif_nom", sinon="Exécutif")
    yield abreger(executif, BREF), _joindre(liens, "executif_courriel")
    yield from remplis(
        (
            ("Contact cyber du canton", _joindre(liens, "contact_cyber", sinon="")),
            (
                "Protection des données",
                _joindre(liens, "autorite_donnees_nom", "autorite_donnees_contact", sinon=""),
            ),
        )
    )


def _joindre(liens: Liens, *colonnes: str, sinon: str = MANQUE) -> str:
    commune = liens.registre.commune
    textes = dict.fromkeys(_contact(commune, colonne) for colonne in colonnes)
    return " · ".join(filter(None, textes)) or sinon


def _contact(commune: Ligne, colonne: str) -> str:
    """Un nom, un numéro, une adresse ; un aveu ne se compose pas : il se lit en minuscules."""
    texte = borner(commune, colonne, BREF, sinon="")
    return texte.lower() if est_avouee(commune, colonne) else texte


def _tableau(liens: Liens, outils: tuple[Ligne, ...]) -> Tableau:
    repli = next(signes for jusqu_a, signes in _REPLI if len(outils) <= jusqu_a)
    colonnes = (
        ColonneDeTable("Outil indispensable", GenreDeColonne.FORT, 26),
        ColonneDeTable("En attendant, servir la population ainsi", largeur=44),
        ColonneDeTable("Appeler", largeur=38),
    )
    lignes = tuple(
        (
            abreger(nommer(outil), 40),
            borner(outil, "repli", repli, sinon="repli non inscrit"),
            _appeler(liens, outil),
        )
        for outil in outils
    )
    return Tableau("Ce qui ne peut pas attendre", colonnes, lignes)


def _appeler(liens: Liens, outil: Ligne) -> str:
    """Le prestataire et son numéro d'urgence, sinon son courriel ; à l'interne, le responsable."""
    prestataire = liens.prestataire(outil)
    if prestataire is None:
        responsable = abreger(lire_un_fait(outil, "responsable", sinon="le référent"), 40)
        return f"{borner(outil, 'prestataire', 30)} : {responsable}"
    return f"{abreger(nommer(prestataire), 30)} : {_numero(liens, prestataire)}"


def _numero(liens: Liens, prestataire: Ligne) -> str:
    telephone = abreger(lire_un_fait(prestataire, "telephone_urgence"), 30)
    if telephone and not liens.est(prestataire, SANS_TELEPHONE):
        return telephone.replace(" ", "\u00a0")
    est_avoue = est_avouee(prestataire, "telephone_urgence")
    sinon = "numéro à clarifier" if est_avoue else "numéro non inscrit"
    return abreger(lire_un_fait(prestataire, "courriel", sinon=sinon), 40)


def _citer(outils: tuple[Ligne, ...]) -> str:
    noms = ", ".join(abreger(nommer(outil), 30) for outil in outils[:_AUTRES])
    reste = len(outils) - _AUTRES
    suite = f" et {compter(reste, 'autre', 'autres')}" if reste > 0 else ""
    return f"Indispensables aussi : {noms}{suite}. Leurs lignes sont dans la feuille Outils."
