"""Documenter : le modèle, les règles et les commandes → des pages Markdown dérivées.

Rien ne s'écrit à la main dans ces pages : la CI refuse celles qui ne sont plus à jour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from outils.documentation.markdown import DERIVEE, proteger, rangee
from outils.documentation.parquet import page_du_parquet
from outils.documentation.regles import pages_des_regles
from outils.effort import (
    COMMUNE_TYPE,
    GARDEES,
    SECONDES_PAR_CHOIX,
    SECONDES_PAR_RELECTURE,
    SECONDES_PAR_TEXTE,
    Effort,
    estimer,
    estimer_avec_le_kit,
    total,
    type_de_ligne,
)
from pilotage_xlsx.modele import Colonne, Feuille, Kit, Modele
from pilotage_xlsx.modele.condition import decrire
from pilotage_xlsx.modele.vocabulaire import Marque, Mot

_A_SAVOIR = (
    "Ce qui se remplit vite :",
    "",
    "- l'année du rapport et les seuils sont déjà inscrits ;",
    "- le prochain numéro est écrit au-dessus de chaque registre numéroté ;",
    "- une réponse qui se répète se recopie vers le bas (Ctrl+D, aussi sur plusieurs cellules) ;",
    "- « À clarifier » est une réponse : personne n'a besoin de tout savoir le premier jour.",
    "",
    "Rien n'est prérempli qui passerait pour une réponse de la commune.",
)

_PARTAGE = (
    "« Partage » dit qui peut recevoir une colonne hors de la commune : la région, le canton, le "
    "public. Vide, elle reste à la commune : ses faiblesses, les personnes, les téléphones, les "
    "adresses, les incidents n'en sortent pas. Le nom d'un outil peut contenir celui d'une "
    "personne : ce qui sort se relit.",
)


def pages(modele: Modele) -> Mapping[str, str]:
    """Chaque page dérivée : son chemin sous ``docs/``, son contenu."""
    return {
        "feuilles.md": "\n".join(_feuilles(modele)),
        "listes.md": "\n".join(_listes(modele)),
        "faits.md": "\n".join(_faits(modele)),
        "lexique.md": "\n".join(_lexique(modele)),
        "parquet.md": page_du_parquet(modele),
        "premier-remplissage.md": "\n".join(_premier_remplissage(modele)),
        **({"kit.md": "\n".join(_kit(modele, modele.kit))} if modele.kit else {}),
        **pages_des_regles(),
    }


def _feuilles(modele: Modele) -> Iterator[str]:
    yield from (DERIVEE, "", "# Les feuilles et leurs colonnes", "")
    yield f"Modèle « {modele.identite.id} », version {modele.identite.version}. "
    yield "E : essentielle, compte dans la complétude ; U : utile, ne bloque jamais."
    yield from ("", *_PARTAGE)
    for feuille in modele.a_lire:
        yield from (
            "",
            f"## {feuille.libelle}",
            "",
            f"{feuille.resume} (note, § {feuille.paragraphe})",
        )
        if feuille.consigne:
            yield from ("", feuille.consigne)
        yield from (
            "",
            "| Colonne | Niveau | Genre | Ce qu'on y met | § | Partage |",
            "|---|---|---|---|---|---|",
        )
        yield from (_colonne(modele, feuille, colonne) for colonne in feuille.colonnes)
    yield ""


def _colonne(modele: Modele, feuille: Feuille, colonne: Colonne) -> str:
    niveau = colonne.niveau.value
    if colonne.obligatoire_si:
        niveau += f" si {decrire(colonne.obligatoire_si, feuille.libelle_de)}"
    genre = f"{colonne.genre.value} `{colonne.id}`"
    choix = (
        f" Choix : {', '.join(modele.choix(colonne))}."
        if 0 < len(modele.choix(colonne)) < 8
        else ""
    )
    partage = ", ".join(niveau.value for niveau in colonne.partage)
    cases = (colonne.aide + choix, colonne.paragraphe, partage)
    return rangee(colonne.libelle, niveau, genre, *cases)


def _listes(modele: Modele) -> Iterator[str]:
    yield from (DERIVEE, "", "# Les listes et leur sens")
    for feuille in modele.feuilles:
        for colonne in feuille.colonnes:
            if colonne.liste:
                yield from ("", f"## {feuille.libelle} : {colonne.libelle}", "")
                for valeur in modele.listes[colonne.liste].valeurs:
                    yield f"- **{valeur.libelle}**{_expliquer(valeur)}"
                if modele.listes[colonne.liste].a_clarifier:
                    yield "- **À clarifier** : une réponse honnête, à part dans le rapport."
    yield ""


def _expliquer(valeur: Mot) -> str:
    """Le sens d'une valeur, puis ce qui s'écrit aussi pour elle."""
    autres = ", ".join(s for s in valeur.synonymes if s != valeur.sens)
    phrases = (valeur.sens, f"Se lit aussi « {autres} »." if autres else None)
    dites = " ".join(filter(None, phrases))
    return f" : {dites}" if dites else ""


def _faits(modele: Modele) -> Iterator[str]:
    yield from (DERIVEE, "", "# Les faits à respecter", "")
    yield "| Fait | Source | Date | Relevé le | Certitude |"
    yield "|---|---|---|---|---|"
    for fait in modele.note.faits:
        source = f"[{fait.source}]({fait.adresse})"
        jours = (f"{jour:%d.%m.%Y}" for jour in (fait.date, fait.releve_le))
        yield rangee(fait.texte, source, *jours, fait.certitude)
    yield from ("", "## Les autorités cantonales de protection des données", "")
    yield from ("| Canton | Autorité | Ce qu'elle demande | Relevé le |", "|---|---|---|---|")
    for autorite in modele.note.autorites:
        nom = f"[{autorite.nom}]({autorite.adresse})"
        devoir = autorite.devoir or "Selon le droit cantonal."
        yield rangee(autorite.canton, nom, devoir, f"{autorite.releve_le:%d.%m.%Y}")
    yield ""


def _lexique(modele: Modele) -> Iterator[str]:
    yield from (DERIVEE, "", "# Le lexique", "")
    yield "| Mot | Ce qu'il veut dire ici | En anglais |"
    yield "|---|---|---|"
    for terme in modele.note.lexique:
        cellules = (terme.terme, terme.sens, terme.anglais)
        yield f"| {' | '.join(proteger(cellule) for cellule in cellules)} |"
    yield ""


def _premier_remplissage(modele: Modele) -> Iterator[str]:
    efforts = estimer(modele)
    ensemble = total(efforts)
    yield from (DERIVEE, "", "# Combien de temps pour remplir le classeur la première fois ?", "")
    yield (
        f"Environ **{round(ensemble.minutes)} minutes** de saisie, réponses en main : "
        f"{ensemble.textes} cellules à écrire ({SECONDES_PAR_TEXTE} secondes chacune) et "
        f"{ensemble.choix} choix dans un menu ({SECONDES_PAR_CHOIX} secondes)."
    )
    yield from _detailler(modele, efforts)
    yield from (
        "",
        f"La commune type inscrit {_commune_type(modele)}. Seules comptent les cellules",
    )
    yield from (
        "exigées d'elle ; les colonnes utiles se remplissent plus tard.",
        "",
        *_A_SAVOIR,
        "",
    )
    if modele.kit:
        yield from _avec_le_kit(modele, modele.kit)


def _detailler(modele: Modele, efforts: Mapping[str, Effort]) -> Iterator[str]:
    lignes = {modele.par_id[nom].libelle: effort for nom, effort in efforts.items()}
    yield from (
        "",
        "| Feuille | Lignes | À écrire | À choisir | À relire | Minutes |",
        "|---|--:|--:|--:|--:|--:|",
    )
    for libelle, effort in {**lignes, "**Total**": total(efforts)}.items():
        comptes = (effort.lignes, effort.textes, effort.choix, effort.relues)
        yield f"| {libelle} | {' | '.join(map(str, comptes))} | {effort.minutes:.0f} |"


def _avec_le_kit(modele: Modele, kit: Kit) -> Iterator[str]:
    efforts = estimer_avec_le_kit(modele)
    gardees = sum(combien for combien, _ in GARDEES)
    yield from ("## Avec le kit", "")
    yield (
        f"Environ **{round(total(efforts).minutes)} minutes** si le classeur propose "
        f"[le kit](kit.md) : la commune type en confirme {gardees} lignes sur "
        f"{len(kit.lignes)}, efface les autres, inscrit le reste à la main. Une cellule proposée "
        f"se relit ({SECONDES_PAR_RELECTURE} secondes) ; une réponse sur dix se change."
    )
    yield from (*_detailler(modele, efforts), "")


def _kit(modele: Modele, kit: Kit) -> Iterator[str]:
    """Les lignes que `generer --kit` propose, telles qu'une cellule les montre."""
    feuille = modele.par_id[kit.registre]
    colonnes = [feuille.par_id[nom] for nom in kit.lignes[0].cellules]
    yield from (DERIVEE, "", "# Le kit", "")
    yield (
        f"`generer --kit` propose ces {len(kit.lignes)} lignes dans la feuille "
        f"« {feuille.libelle} ». Elles sont **à confirmer** : rien n'en est compté, ni dans le "
        "contrôle, ni dans le rapport, ni entre communes, tant que la commune ne les a pas faites "
        "siennes. Ce qui ne la concerne pas s'efface."
    )
    yield from ("", f"| {' | '.join(colonne.libelle for colonne in colonnes)} |")
    yield f"|{'---|' * len(colonnes)}"
    for ligne in kit.lignes:
        yield rangee(*(_montrer(modele, feuille, c, ligne.cellules[c.id]) for c in colonnes))
    yield ""


def _montrer(modele: Modele, feuille: Feuille, colonne: Colonne, dit: str) -> str:
    """Une cellule proposée ; une clé se montre par son libellé."""
    return next(iter(modele.libelles(Marque(feuille.id, colonne.id, dit))), dit)


def _commune_type(modele: Modele) -> str:
    sortes = (
        f"{nombre} {modele.par_id[feuille].libelle.lower()}"
        f"{_preciser(type_de_ligne(modele, feuille, cles))}"
        for feuille, lignes in COMMUNE_TYPE.items()
        if feuille != modele.fiche.id
        for nombre, cles in lignes
    )
    return ", ".join(sortes)


def _preciser(valeurs: Mapping[str, str]) -> str:
    precisions = ", ".join(f"« {valeur} »" for valeur in valeurs.values())
    return f" ({precisions})" if precisions else ""
