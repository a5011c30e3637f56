"""Le contrôle en texte : de chaque classeur le résumé, puis les constats groupés par feuille."""

from __future__ import annotations

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import click

from pilotage_xlsx.commandes.options import proposer
from pilotage_xlsx.gestes.controle import Controle, Cumul
from pilotage_xlsx.metier.avancement import a_commencer
from pilotage_xlsx.metier.bilan import dire_a_confirmer
from pilotage_xlsx.metier.constats import Constat, Gravite, Groupe, grouper, ou
from pilotage_xlsx.registre import Emplacement
from pilotage_xlsx.socle.confidentiel import extraire
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.textes import normaliser
from pilotage_xlsx.socle.typographie import nombre, paragraphe, typographier
from pilotage_xlsx.verification import Accepte
from pilotage_xlsx.verification.phrases import accorder, compter

_COULEURS = {Gravite.ERREUR: "red", Gravite.AVERTISSEMENT: "yellow", Gravite.A_REMPLIR: "yellow"}
_LIEU, _GRAVITE = 10, 15
_MARGE = 2 + _LIEU + _GRAVITE
_ATTENDUES = 4
A_CLARIFIER = "À clarifier : des réponses honnêtes, pas des fautes"
_COMPTES = (
    ("outils", "outil", "outils"),
    ("prestataires", "prestataire", "prestataires"),
    ("decisions", "décision", "décisions"),
    ("incidents", "incident", "incidents"),
)


class EnTexte(NamedTuple):
    """Chaque classeur dès qu'il a passé, et à la fin le résumé de tous ; ``largeur`` en signes.

    Seul, un classeur redit le sien. Une pièce : ce qui se dit d'un classeur, et ce qu'il redirait.
    """

    largeur: int

    def mettre_en_piece(self, controle: Controle) -> tuple[str, str]:
        """Le résumé du classeur, ses constats groupés par feuille ; et son résumé encore."""
        if not controle.est_lisible:
            return _refus(controle, self.largeur), ""
        resume = click.style(resumer_en_mots(controle), bold=True)
        suite = list(_detailler(controle, self.largeur))
        return "\n".join([resume, *suite]), resume if suite else ""

    def assembler(self, pieces: Iterable[tuple[str, str]], cumul: Cumul) -> Iterator[str]:
        """Le texte entier, en couleur, un bloc par classeur."""
        rappel, combien = "", 0
        for combien, (bloc, rappel) in enumerate(pieces, 1):  # noqa: B007 — les derniers servent
            yield f"{bloc}\n" if combien == 1 else f"\n{bloc}\n"
        if constats := cumul.d_ensemble:
            yield "\n".join(["\nEntre classeurs", *afficher_constats(constats, self.largeur), ""])
        if fin := rappel if combien == 1 else _tous(cumul):
            yield f"\n{fin}\n"


def _tous(cumul: Cumul) -> str:
    """« 2'100 classeurs : 3 erreurs, 5 avertissements, 2 points d'attention, 1 pas lu »."""
    phrase = f"{nombre(cumul.combien)} classeurs : {compter(cumul.resume)}"
    if cumul.illisibles:
        phrase += f", {nombre(cumul.illisibles)} pas {'lus' if cumul.illisibles > 1 else 'lu'}"
    return click.style(typographier(phrase), bold=True)


def _detailler(controle: Controle, largeur: int) -> Iterator[str]:
    for feuille, constats in groupby(par_feuille(controle), key=lambda c: c.lieu.feuille):
        yield from ("", click.style(feuille or "Classeur", bold=True))
        yield from afficher_constats(tuple(constats), largeur)
    if posees := controle.questions:
        yield ""
        yield click.style(A_CLARIFIER, bold=True)
        for posee in posees:
            lignes = textwrap.wrap(posee.phrase, largeur - 4, subsequent_indent="  ")
            yield from (f"  {ligne}" for ligne in lignes)
    if controle.acceptes:
        yield ""
        yield from _acceptes(controle.acceptes, largeur)


def _acceptes(acceptes: Sequence[Accepte], largeur: int) -> Iterator[str]:
    """Ce que la commune assume, et jusqu'à quand : montré, mais pas compté."""
    yield click.style("Acceptés par la commune, pas comptés", bold=True)
    for accepte in acceptes:
        constat = accepte.constat
        phrase = f"{constat.regle}, {dire_ou(constat)} : {constat.message}"
        raison = f"→ Jusqu'au {accepte.jusqu_au:%d.%m.%Y} : {accepte.motif}"
        for texte in (phrase, raison):
            lignes = textwrap.wrap(typographier(texte), largeur - 4, subsequent_indent="  ")
            yield from (f"  {ligne}" for ligne in lignes)


def dire_ou(constat: Constat) -> str:
    """« Outils D7 »."""
    return f"{constat.lieu.feuille} {ou(constat.lieu)}".strip()


def _refus(controle: Controle, largeur: int) -> str:
    nom = click.style(nommer_le_fichier(controle.registre.fichier), bold=True)
    lignes = [f"{nom} : pas lu"]
    for constat in controle.constats:
        phrase = typographier(f"{constat.message} → {constat.corriger} ({constat.regle})")
        lignes += textwrap.wrap(phrase, largeur - 2, initial_indent="  ", subsequent_indent="  ")
    refus = controle.registre.refus
    lignes += (f"  {phrase}" for phrase in proposer(refus.moyens if refus else ()))
    return "\n".join(lignes)


def resumer_en_mots(controle: Controle) -> str:
    """La commune, son fichier et ses registres ; sa complétude et ses constats.

    Puis, à part, les lignes encore à confirmer de chaque registre qui en a.
    """
    registre, etat = controle.registre, controle.etat
    comptes = ", ".join(
        accorder(len(etat.en_vigueur(nom)), un, plusieurs) for nom, un, plusieurs in _COMPTES
    )
    annee = f" {registre.annee}" if registre.annee else ""
    completes = etat.completude_totale
    pleines = accorder(completes.completes, "ligne complète", "lignes complètes")
    complet = f"{pleines} sur {completes.lignes}"
    entete = f"{extraire(normaliser(registre.nom))}{annee} ({registre.nom_du_fichier}) · {comptes}"
    a_part = (dire_a_confirmer(etat, feuille) for feuille in controle.modele.registres)
    compte = f"{complet} · {compter(controle.resume)}"
    debut = (
        f"{feuille.libelle} : rien n'est encore inscrit ; commencer en {case}"
        for feuille, case in a_commencer(etat)
    )
    lignes = (entete, compte, *debut, *filter(None, (*a_part, _dire_les_attentes(controle))))
    return typographier("\n".join(lignes))


def _dire_les_attentes(controle: Controle) -> str:
    """« 6 contrôles attendent D8 (Décisions), 1 attend I9 (Outils) » ; rien si aucun n'attend."""
    combien = Counter(lieu for attente in controle.en_attente for lieu in attente.attend)
    dits = [
        f"{accorder(nombre, 'contrôle attend', 'contrôles attendent')} {_situer(lieu)}"
        for lieu, nombre in combien.most_common(_ATTENDUES)
    ]
    reste = len(combien) - len(dits)
    suite = f", et {accorder(reste, 'autre cellule', 'autres cellules')}" if reste > 0 else ""
    y_repond = "remplie, elle y répond" if len(combien) == 1 else "remplies, elles y répondent"
    return f"{', '.join(dits)}{suite} : {y_repond} peut-être" if dits else ""


def _situer(lieu: Emplacement) -> str:
    """« D8 (Décisions) » ; la feuille seule, si elle ou sa colonne a disparu."""
    return f"{case} ({lieu.feuille})" if (case := ou(lieu)) else f"« {lieu.feuille} »"


def par_feuille(controle: Controle) -> list[Constat]:
    """Dans l'ordre du classeur, le plus grave d'abord dans chaque feuille."""
    ordre = {feuille.id: rang for rang, feuille in enumerate(controle.modele.a_lire)}
    return sorted(
        controle.constats,
        key=lambda c: (ordre.get(c.registre or "", -1), c.lieu.feuille, c.cle_de_tri),
    )


def afficher_constats(constats: Sequence[Constat], largeur: int) -> Iterator[str]:
    """Les lignes de ces constats, une cause qui se répète groupée ; ``largeur`` en signes."""
    for groupe in grouper(constats):
        yield from _groupe(groupe, largeur)


def _groupe(groupe: Groupe, largeur: int) -> Iterator[str]:
    constat = groupe.premier
    mot = f"{constat.gravite.mot:<{_GRAVITE}}"
    gravite = click.style(mot, fg=_COULEURS.get(constat.gravite))
    marge = " " * _MARGE
    premiere, *suite = textwrap.wrap(typographier(groupe.message), largeur - _MARGE)
    yield f"  {groupe.ou:<{_LIEU}}{gravite}{premiere}"
    yield from (marge + ligne for ligne in suite)
    remede = textwrap.wrap(
        typographier(f"→ {groupe.corriger}"), largeur - _MARGE, subsequent_indent="  "
    )
    reference = f"{constat.regle} · {paragraphe(constat.paragraphe)}"
    *debut, fin = remede
    yield from (marge + ligne for ligne in debut)
    reste = largeur - _MARGE - len(fin)
    if reste > len(reference):
        yield marge + fin + click.style(f"{reference:>{reste}}", dim=True)
    else:
        yield marge + fin
        yield click.style(f"{reference:>{largeur}}", dim=True)


def largeur_du_terminal() -> int:
    """La largeur où écrire : de 80 à 100 signes."""
    return max(80, min(100, shutil.get_terminal_size((100, 24)).columns))
