"""La passation : ce que le référent laisse à qui le remplace, et ce que personne ne sait encore."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pilotage_xlsx.metier.etat import SIGNE_VIDE
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.taches import a_faire
from pilotage_xlsx.modele.sens import INCIDENT_OUVERT, SIGNALEMENT_OUVERT
from pilotage_xlsx.modele.vocabulaire import Aveu
from pilotage_xlsx.rapport.document import (
    BlocDeFiche,
    Champs,
    ColonneDeTable,
    Fiche,
    GenreDeColonne,
    Paragraphes,
    Tableau,
)
from pilotage_xlsx.rapport.fiches.communs import (
    INTERNE,
    POINTILLES,
    borner,
    pied,
    surtitre,
)
from pilotage_xlsx.rapport.mots import abreger, compter, lire_un_fait, nommer
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import jour

_LIGNES, _PAGES = 12, 3
_NOM, _LIEU, _TEXTE = 34, 60, 90

Rangee = tuple[str, ...]


def composer(liens: Liens) -> Fiche:
    """La fiche de la commune, à relire ensemble le jour où le référent change.

    Elle ne demande aucune ligne : ce qui est vide se dit.
    """
    return Fiche(
        avis=INTERNE,
        surtitre=surtitre(liens, sans_nom=POINTILLES),
        titre="Passation du pilotage numérique",
        blocs=tuple(_blocs(liens)),
        pied=pied(liens, "passation, à relire ensemble"),
        pages=_PAGES,
    )


def _blocs(liens: Liens) -> Iterator[BlocDeFiche]:
    yield Champs("Qui", tuple(_personnes(liens)))
    yield from _tabler(
        "Ce qui échoit, et ce qui attend",
        (("Quoi", 34), ("Jour", 14), ("Objet", 52)),
        [(t.travail.value, jour(t.jour), _dire_l_objet(t.ligne)) for t in a_faire(liens)],
        "Rien n'échoit, rien n'attend, d'après ce qui est inscrit.",
    )
    yield from _tabler(
        "Décisions encore ouvertes",
        (("N°", 16), ("Décision", 58), ("Statut", 14), ("À revoir le", 12)),
        [*_decisions(liens)],
        "Aucune décision ouverte n'est inscrite.",
    )
    yield from _tabler(
        "Incidents et signalements ouverts",
        (("N°", 16), ("Quoi", 62), ("Statut", 22)),
        [*_ouverts(liens)],
        "Aucun incident ni signalement ouvert n'est inscrit.",
    )
    yield from _tabler(
        "Où sont les accès et les dossiers",
        (("Outil", 26), ("Accès administrateur", 22), ("Prestataire", 24), ("Dossier", 28)),
        [*_acces(liens)],
        "Aucun outil en service n'est inscrit.",
    )
    yield from _tabler(
        "Ce qu'on ne sait pas encore",
        (("Ligne", 28), ("À clarifier", 36), ("Pas encore inscrit", 36)),
        [*_inconnus(liens)],
        "Rien n'est à clarifier, rien ne manque.",
    )
    yield Champs("Remis et repris", tuple((qui, POINTILLES) for qui in _SIGNATURES))


_SIGNATURES = ("Remis par, le", "Repris par, le", "Mots de passe et clés, remis à part")


def _personnes(liens: Liens) -> Iterator[tuple[str, str]]:
    commune = liens.registre.commune
    for qui, colonnes in (
        ("Référent", ("referent_nom", "referent_telephone", "referent_courriel")),
        ("Suppléant", ("suppleant_nom", "suppleant_telephone")),
        ("Région", ("coordination_organisme", "coordination_contact")),
        ("Contact cyber du canton", ("contact_cyber",)),
    ):
        dits = (abreger(lire_un_fait(commune, colonne), _TEXTE) for colonne in colonnes)
        yield qui, ", ".join(filter(None, dits)) or POINTILLES


def _decisions(liens: Liens) -> Iterator[Rangee]:
    for decision in liens.decisions:
        if liens.est_ouverte(decision):
            le = decision.date("a_revoir_le")
            yield (
                abreger(nommer(decision), _NOM),
                borner(decision, "decision", _TEXTE),
                borner(decision, "statut", _NOM),
                jour(le) if le else "",
            )


def _ouverts(liens: Liens) -> Iterator[Rangee]:
    for registre, marque in (("incidents", INCIDENT_OUVERT), ("signalements", SIGNALEMENT_OUVERT)):
        for ligne in liens.etat.tenues(registre):
            if liens.est(ligne, marque):
                quoi = borner(ligne, "description", _TEXTE)
                yield abreger(nommer(ligne), _NOM), quoi, borner(ligne, "statut", _NOM)


def _acces(liens: Liens) -> Iterator[Rangee]:
    """Les indispensables d'abord ; le dossier est celui du prestataire."""
    premiers = liens.indispensables
    autres = [outil for outil in liens.outils_en_service if outil not in set(premiers)]
    for outil in (*premiers, *autres):
        prestataire = liens.prestataire(outil)
        yield (
            abreger(nommer(outil), _NOM),
            borner(outil, "acces_administrateur", _NOM),
            borner(outil, "prestataire", _NOM),
            borner(prestataire, "dossier", _LIEU) if prestataire else "",
        )


def _inconnus(liens: Liens) -> Iterator[Rangee]:
    """Les lignes en vigueur qui avouent ne pas savoir, ou n'ont pas de réponse, et à quoi."""
    for feuille in liens.modele.feuilles:
        for ligne in _lignes(liens, feuille.id):
            signes = liens.etat.signes(feuille, ligne)[1:]
            manquent = [
                colonne.libelle
                for colonne, signe in zip(feuille.saisies, signes, strict=False)
                if signe in SIGNE_VIDE
            ]
            avoues = [c.libelle for c in feuille.saisies if isinstance(ligne[c.id], Aveu)]
            if avoues or manquent:
                est_la_fiche = feuille is liens.modele.fiche
                nom = feuille.libelle if est_la_fiche else abreger(nommer(ligne), _NOM)
                yield nom, *(abreger(", ".join(dits), _TEXTE) for dits in (avoues, manquent))


def _dire_l_objet(ligne: Ligne) -> str:
    """« D-2026-003, Rejoindre… » ; le nom seul d'un outil."""
    dits = (borner(ligne, colonne, _TEXTE, sinon="") for colonne in ("decision", "description"))
    return ", ".join((abreger(nommer(ligne), _NOM), *filter(None, dits)))


def _lignes(liens: Liens, registre: str) -> Sequence[Ligne]:
    if registre == liens.modele.fiche.id:
        return (liens.registre.commune,)
    return liens.etat.en_vigueur(registre)


def _tabler(
    titre: str, colonnes: Sequence[tuple[str, int]], lignes: Sequence[Rangee], sinon: str
) -> Iterator[BlocDeFiche]:
    """Les premières lignes ; combien d'autres sont dans le classeur ; à défaut, ``sinon``."""
    if not lignes:
        yield Paragraphes(titre, (sinon,))
        return
    genres = (GenreDeColonne.FORT, *(GenreDeColonne.TEXTE for _ in colonnes[1:]))
    decrites = tuple(
        ColonneDeTable(nom, genre, largeur)
        for (nom, largeur), genre in zip(colonnes, genres, strict=True)
    )
    yield Tableau(titre, decrites, tuple(lignes[:_LIGNES]))
    if (reste := len(lignes) - _LIGNES) > 0:
        yield Paragraphes("", (f"Et {compter(reste, 'autre', 'autres')}, dans le classeur.",))
