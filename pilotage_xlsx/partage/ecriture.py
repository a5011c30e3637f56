"""Écrire un classeur de partage : la page qui dit ce qu'il laisse, puis ce qui sort, en valeurs.

Il naît vide : ni feuille, ni nom, ni propriété, ni note du classeur reçu n'y est jamais entré. Ses
clés cachées, ses tables et son modèle le font relire comme un classeur.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pilotage_xlsx.modele import (
    PROPRIETE,
    PROPRIETE_DE_PARTAGE,
    Colonne,
    Feuille,
    Forme,
    Genre,
    Modele,
    Partage,
)
from pilotage_xlsx.modele.porte import Porte, en_proprietes
from pilotage_xlsx.partage.phrases import A_QUI, dire_le_partage
from pilotage_xlsx.partage.reduction import Reduit, par_feuille
from pilotage_xlsx.registre import Illisible, Ligne, Valeur
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.dates import Jour
from pilotage_xlsx.socle.tableur import (
    BLEU,
    BLEU_MOYEN,
    Classeur,
    ecrire,
    ecrire_phrase,
    ecrire_tableau,
    mettre_en_page,
)
from pilotage_xlsx.socle.textes import Texte
from pilotage_xlsx.socle.typographie import nombre

_FEUILLE = "Partage"
_CLES, _ENTETE = 1, 2
_STYLES = {
    Genre.DATE: "date",
    Genre.DATE_HEURE: "date_heure",
    Genre.MONTANT: "montant",
    Genre.ENTIER: "entier",
}
_LARGEUR_MIN = 14


def ecrire_le_partage(
    reduit: Reduit,
    modele: Modele,
    livre: Modele,
    niveau: Partage,
    au: date,
    *,
    porte: Porte | None,
) -> bytes:
    """Les octets du classeur, les mêmes pour les mêmes arguments.

    ``livre`` : le modèle livré, dont les mots nomment ce qui reste ; ceux d'un modèle adapté sont à
    la commune, et le nombre de ses incidents aussi. ``porte`` : ce qu'il en faut pour le relire.
    """
    identite = livre.identite
    titre = f"Partage avec {A_QUI[niveau]}"
    classeur = Classeur(identite.date, {"title": titre})
    classeur.livre.set_custom_property(PROPRIETE, f"{identite.id} {identite.version}")
    classeur.livre.set_custom_property(PROPRIETE_DE_PARTAGE, niveau.value)
    for nom, bout in en_proprietes(porte):
        classeur.livre.set_custom_property(nom, bout, "text")
    _ecrire_la_page(classeur, reduit, livre, niveau, au)
    for feuille in modele.feuilles:
        lignes = reduit.registre.lignes(feuille.id)
        if lignes and feuille.forme is Forme.FICHE:
            _ecrire_la_fiche(classeur, feuille, lignes[0], titre)
        elif lignes:
            _ecrire_le_registre(classeur, feuille, lignes, niveau, titre)
    return classeur.octets()


def _ecrire_la_page(
    classeur: Classeur, reduit: Reduit, livre: Modele, niveau: Partage, au: date
) -> None:
    """La première feuille : ce qui est ici, et ce qui est resté, sans en compter rien."""
    feuille = classeur.feuille(_FEUILLE, onglet=BLEU)
    ecrire_phrase(feuille, 0, 0, f"Partage avec {A_QUI[niveau]}", classeur.style("titre"))
    rang = 1
    for phrase in dire_le_partage(reduit.bilan, reduit.registre, niveau, au):
        ecrire_phrase(feuille, rang, 0, phrase, classeur.style("phrase"))
        rang += 1
    entetes = (
        ("Feuille", 18, "texte"),
        ("Ici, et combien de cellules", 56, "texte"),
        ("Resté à la commune", 70, "texte"),
    )
    lignes = [*_dire_les_feuilles(reduit, livre, niveau)]
    ecrire_tableau(classeur, feuille, (rang + 1, 0), entetes, lignes, table="pilotage_partage")
    mettre_en_page(feuille, f"Partage avec {A_QUI[niveau]}", entete=rang + 1)


def _dire_les_feuilles(
    reduit: Reduit, livre: Modele, niveau: Partage
) -> Iterator[tuple[str, str, str]]:
    """Une ligne par feuille du modèle livré : même vide, une colonne fermée y est nommée."""
    par_nom = par_feuille(reduit.bilan)
    for feuille in livre.a_lire:
        comptes = {c.colonne.id: c for c in par_nom.get(feuille.id, ())}
        sorties = [
            f"{feuille.libelle_de(nom)} ({nombre(compte.parties + compte.retenues)})"
            for nom, compte in comptes.items()
            if nom in feuille.par_id and compte.parties + compte.retenues
        ]
        fermees = [c.libelle for c in feuille.saisies if niveau not in c.partage]
        yield feuille.libelle, ", ".join(sorties) or "Rien", ", ".join(fermees) or "Rien"
    yield "Autres", "Rien", "Les colonnes et les feuilles que la commune a ajoutées"


def _ecrire_la_fiche(classeur: Classeur, decrite: Feuille, ligne: Ligne, pied: str) -> None:
    feuille = classeur.feuille(decrite.libelle, onglet=BLEU_MOYEN)
    texte, entete = classeur.style("texte"), classeur.style("entete")
    ecrire_phrase(feuille, 0, 0, decrite.titre, classeur.style("titre"))
    ecrire(feuille, _CLES, 2, f"{decrite.id}.#valeur", texte)
    for rang, nom in enumerate(("Clé", "Question", "Réponse")):
        ecrire(feuille, _ENTETE, rang, nom, entete)
    for rang, (identifiant, valeur) in enumerate(ligne.valeurs.items(), _ENTETE + 1):
        colonne = decrite.par_id[identifiant]
        ecrire(feuille, rang, 0, f"{decrite.id}.{identifiant}", texte)
        ecrire(feuille, rang, 1, colonne.libelle, texte)
        ecrire(feuille, rang, 2, _contenu(valeur), classeur.style(_style(colonne), align="left"))
    feuille.set_column(0, 0, 20, None, {"hidden": True})
    feuille.set_column(1, 2, 40)
    feuille.set_row(_CLES, None, None, {"hidden": True})
    mettre_en_page(feuille, pied)


def _ecrire_le_registre(
    classeur: Classeur, decrite: Feuille, lignes: tuple[Ligne, ...], niveau: Partage, pied: str
) -> None:
    feuille = classeur.feuille(decrite.libelle, onglet=BLEU_MOYEN)
    colonnes = [c for c in decrite.saisies if niveau in c.partage]
    ecrire_phrase(feuille, 0, 0, decrite.titre, classeur.style("titre"))
    for rang, colonne in enumerate(colonnes):
        ecrire(feuille, _CLES, rang, f"{decrite.id}.{colonne.id}", classeur.style("texte"))
    feuille.set_row(_CLES, None, None, {"hidden": True})
    entetes = [(c.libelle, _largeur(c), _style(c)) for c in colonnes]
    rangees = [[_contenu(ligne.valeurs.get(c.id)) for c in colonnes] for ligne in lignes]
    table = decrite.table or f"pilotage_{decrite.id}"
    ecrire_tableau(classeur, feuille, (_ENTETE, 0), entetes, rangees, table=table)
    feuille.freeze_panes(_ENTETE + 1, 1)
    mettre_en_page(feuille, pied, entete=_ENTETE)


def _largeur(colonne: Colonne) -> int:
    """Assez large pour que l'en-tête tienne sur deux lignes."""
    return max(colonne.largeur, _LARGEUR_MIN, len(colonne.libelle) // 2 + 4)


def _style(colonne: Colonne) -> str:
    return _STYLES.get(colonne.genre, "texte")


def _contenu(valeur: Valeur | None) -> Texte | float | Jour | None:
    return afficher(valeur) if isinstance(valeur, Illisible | tuple) else valeur
