"""ENS : ce qui ne se voit qu'en rapprochant les classeurs de plusieurs communes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.ensemble import Ensemble
from pilotage_xlsx.metier.etat import est_en_vigueur
from pilotage_xlsx.modele.sens import CANTONAL, DE_DROIT, PRESTATAIRE_TERMINE
from pilotage_xlsx.registre import FeuilleLue, Ligne, Registre
from pilotage_xlsx.registre.rapprochement import grouper
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.textes import cle, cle_large
from pilotage_xlsx.verification.phrases import accorder, citer, enumerer
from pilotage_xlsx.verification.regle import Fait, dans, regle, sur

if TYPE_CHECKING:
    from pilotage_xlsx.metier.regroupement import GroupeDeNoms

_UTILES: Mapping[str, tuple[str, ...]] = {
    "commune": ("commune", "canton", "numero_ofs", "annee"),
    "prestataires": ("nom", "ide", "telephone_urgence", "statut", "contrat"),
    "outils": ("nom", "prestataire", "statut", "mutualisation"),
}
"""Ce que ces règles regardent d'un classeur."""

_CHEZ_BEAUCOUP, _LA_PLUPART = 3, 0.5
"""Un outil que trois communes emploient, et la moitié de celles que l'on réunit, vaut d'en parler
ensemble : dans un canton, trois communes n'en sont pas beaucoup."""

_VAUT_LA_QUESTION = 0.75
"""En dessous, la feuille « Prestataires réunis » suffit."""

_CITEES = 6
"""Au-delà, une liste de communes ne se lit plus."""


class _Inscription(NamedTuple):
    registre: Registre
    ligne: Ligne


@regle(
    "ENS-001",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="Le n° OFS {valeur} est donné à plusieurs communes : {noms}.",
    pourquoi="Un n° OFS désigne une seule commune ; les comptes des deux se mélangeraient.",
    corriger="Corriger le n° OFS, ou écrire le nom de la commune de la même façon partout.",
    doute=(
        "Deux communes ont fusionné, ou la commune a changé de nom d'une année à l'autre.",
        "Si les noms se suivent d'année en année, c'est ENS-003 qui parle ; casse, "
        "accents et ponctuation ne comptent pas.",
    ),
)
def numero_ofs_de_deux_communes(ensemble: Ensemble) -> Iterator[Fait]:
    for registres in _de_meme_numero(ensemble):
        if not _se_suivent(registres):
            noms = {cle_large(registre.nom): registre.nom for registre in registres}
            yield _au_dernier(registres, "numero_ofs", noms=enumerer(map(citer, noms.values())))


@regle(
    "ENS-002",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="{commune} a plusieurs classeurs pour {annee} : {fichiers}{ecarts}.",
    pourquoi="Les deux peuvent se contredire ; un seul doit faire foi.",
    corriger="Garder le bon classeur, ou corriger l'année du rapport dans l'un d'eux.",
    doute=(
        "Le dossier contient la copie de l'an passé.",
        "C'est l'année du rapport qui compte : deux années différentes ne se heurtent pas.",
    ),
)
def commune_en_double(ensemble: Ensemble) -> Iterator[Fait]:
    for (commune, annee), registres in grouper(ensemble.lisibles(), _commune_et_annee):
        if commune and annee and len(registres) > 1:
            fichiers = enumerer(map(citer, nommer_les_fichiers(registres)))
            nom, ecarts = citer(registres[-1].nom), _dire_les_ecarts(ensemble, registres)
            yield _au_dernier(
                registres, "annee", commune=nom, annee=annee, fichiers=fichiers, ecarts=ecarts
            )


def _dire_les_ecarts(ensemble: Ensemble, registres: Sequence[Registre]) -> str:
    """« ; ils diffèrent en 3 endroits », ou « ; ils disent la même chose »."""
    fichiers = {registre.fichier for registre in registres}
    compares = [
        len(e) for un, autre, e in ensemble.copies if {un.fichier, autre.fichier} <= fichiers
    ]
    if not compares:
        return ""
    if not any(compares):
        return " ; ils disent la même chose"
    return f" ; ils diffèrent en {accorder(sum(compares), 'endroit')}"


def nommer_les_fichiers(registres: Sequence[Registre]) -> list[str]:
    """Le nom de chaque fichier ; avec son dossier, si deux ont le même nom."""
    noms = [registre.nom_du_fichier for registre in registres]
    if len(set(noms)) == len(noms):
        return noms
    return [nommer_le_fichier(Path(*registre.fichier.parts[-2:])) for registre in registres]


def _commune_et_annee(registre: Registre) -> tuple[str, int | None]:
    return cle_large(registre.commune.texte("commune") or ""), registre.annee


@regle(
    "ENS-003",
    Gravite.ATTENTION,
    "3.2",
    message="Le n° OFS {valeur} change de nom d'une année à l'autre : {noms}.",
    pourquoi="Une commune renommée ou mal orthographiée se compte comme deux.",
    corriger="Si c'est la même commune, écrire son nom actuel partout ; sinon, corriger le n° OFS.",
    doute=(
        "La commune a vraiment changé de nom.",
        "Ce n'est qu'un point d'attention, qui donne le nom de chaque année ; rien n'est "
        "réuni ni changé.",
    ),
)
def commune_renommee(ensemble: Ensemble) -> Iterator[Fait]:
    for registres in _de_meme_numero(ensemble):
        if _se_suivent(registres):
            ranges = sorted(registres, key=lambda registre: registre.annee or 0)
            noms = dict.fromkeys(f"{citer(r.nom)} en {r.annee}" for r in ranges)
            yield _au_dernier(ranges, "numero_ofs", noms=enumerer(noms))


@regle(
    "ENS-004",
    Gravite.ATTENTION,
    "3.2",
    message="Un même prestataire est écrit de {combien} façons : {noms} ({raison}, confiance "
    "{confiance} %). Il est compté comme {retenu}.",
    pourquoi="Écrit de plusieurs façons, un prestataire semble moins présent qu'il ne l'est.",
    corriger="S'accorder sur un nom. Si ce sont deux entreprises, les séparer dans le fichier de "
    "correspondances.",
    doute=(
        "Deux entreprises différentes aux noms proches.",
        "Seuls un même IDE ou une ressemblance très sûre réunissent, la confiance est "
        "montrée, et le fichier de correspondances les sépare pour de bon.",
    ),
)
def prestataire_ecrit_de_plusieurs_facons(ensemble: Ensemble) -> Iterator[Fait]:
    for groupe, inscriptions in _par_groupe(ensemble):
        par_nom = {cle(i.ligne.texte("nom") or ""): i for i in inscriptions}
        if len(par_nom) < 2 or not _vient_de_plusieurs(inscriptions):
            continue
        moins_sure = min(groupe.membres, key=lambda membre: membre.confiance)
        noms = [citer(i.ligne.texte("nom") or "") for i in par_nom.values()]
        yield _a_la_derniere(
            list(par_nom.values()), "nom", combien=len(par_nom), noms=_abreger(noms),
            raison=moins_sure.raison, confiance=round(moins_sure.confiance * 100),
            retenu=citer(groupe.nom),
        )  # fmt: skip


@regle(
    "ENS-005",
    Gravite.ATTENTION,
    "3.2",
    message="{un} et {autre} sont peut-être le même prestataire ({raison}, confiance "
    "{confiance} %). Ils sont laissés à part.",
    pourquoi="Réunir à tort deux entreprises fausserait les comptes ; une personne doit décider.",
    corriger="Si c'est le même, l'écrire de la même façon ou le réunir dans le fichier de "
    "correspondances.",
    doute=(
        "Deux succursales, ou deux entreprises de la même région.",
        "Rien n'est réuni : le constat pose la question, et le fichier de correspondances "
        "y répond une fois pour toutes.",
    ),
)
def prestataires_peut_etre_les_memes(ensemble: Ensemble) -> Iterator[Fait]:
    par_nom = {groupe.nom: inscriptions for groupe, inscriptions in _par_groupe(ensemble)}
    for un, autre, confiance, raison in ensemble.prestataires.propositions:
        if confiance < _VAUT_LA_QUESTION:
            continue
        inscriptions = [*par_nom.get(un, [])[:1], *par_nom.get(autre, [])[:1]]
        if len(inscriptions) == 2 and _vient_de_plusieurs(inscriptions):
            yield _a_la_derniere(
                inscriptions, "nom", un=citer(un), autre=citer(autre), raison=raison,
                confiance=round(confiance * 100),
            )  # fmt: skip


@regle(
    "ENS-006",
    Gravite.ATTENTION,
    "6",
    message="{retenu} a plusieurs téléphones d'urgence selon les communes : {telephones}.",
    pourquoi="En cas de panne, une commune appellerait un numéro qui ne répond peut-être plus.",
    corriger="Demander au prestataire quel numéro appeler, et le corriger où il faut.",
    doute=(
        "Le prestataire donne un numéro par région.",
        "Ce n'est qu'un point d'attention ; la même suite de chiffres écrite autrement "
        "est le même numéro.",
    ),
)
def telephones_d_urgence_differents(ensemble: Ensemble) -> Iterator[Fait]:
    for groupe, inscriptions in _par_groupe(ensemble):
        par_numero = {
            numero: i
            for i in inscriptions
            if (numero := _numero(i.ligne)) and _est_actif(ensemble, i.ligne)
        }
        if len(par_numero) > 1 and _vient_de_plusieurs(par_numero.values()):
            dits = [
                f"{i.ligne.texte('telephone_urgence')} ({i.registre.nom})"
                for i in par_numero.values()
            ]
            yield _a_la_derniere(
                list(par_numero.values()), "telephone_urgence", retenu=citer(groupe.nom),
                telephones=_abreger(dits),
            )  # fmt: skip


def _est_actif(ensemble: Ensemble, prestataire: Ligne) -> bool:
    return prestataire["statut"] not in ensemble.modele.libelles(PRESTATAIRE_TERMINE)


def _numero(prestataire: Ligne) -> str:
    """Les chiffres du numéro, l'indicatif suisse ramené à zéro ; rien pour « Aucun »."""
    chiffres = re.sub(r"[^\d+]", "", prestataire.texte("telephone_urgence") or "")
    national = re.sub(r"^(?:\+|00)41(?:0)?", "0", chiffres)
    return national if len(national) >= 9 else ""


@regle(
    "ENS-007",
    Gravite.ATTENTION,
    "3.2",
    message="{combien} communes emploient {outil} de {retenu} : {communes}.",
    pourquoi="Ensemble, des communes négocient mieux et se dépannent ; la note demande l'échange.",
    corriger="Se parler avant la prochaine échéance du contrat.",
    doute=(
        "Des communes n'ont en commun que le nom d'un outil très répandu.",
        "Il faut aussi le même prestataire, et au moins trois communes, soit la moitié de celles "
        "que l'on réunit ; ce que le canton fournit, ou une convention, n'est pas à négocier.",
    ),
)
def outil_chez_beaucoup_de_communes(ensemble: Ensemble) -> Iterator[Fait]:
    toutes = {cle_large(registre.nom) for registre in ensemble.lisibles()}
    beaucoup = max(_CHEZ_BEAUCOUP, _LA_PLUPART * len(toutes))
    for inscriptions in _outils_communs(ensemble).values():
        communes = {cle_large(i.registre.nom): i.registre.nom for i in inscriptions}
        if len(communes) >= beaucoup:
            derniere = inscriptions[-1].ligne
            yield _a_la_derniere(
                inscriptions[-_CITEES:], "nom", combien=len(communes),
                outil=citer(derniere.texte("nom") or ""),
                retenu=citer(ensemble.prestataires.nom(derniere.texte("prestataire") or "")),
                communes=_abreger(sorted(communes.values())),
            )  # fmt: skip


@regle(
    "ENS-008",
    Gravite.ATTENTION,
    "3.2",
    message="Deux copies diffèrent ({libelle}, {ligne}) : {ici} dans {fichier}, {ailleurs} dans "
    "{autre}.",
    pourquoi="Deux personnes ont peut-être travaillé chacune dans sa copie : garder l'une perdrait "
    "ce que l'autre a écrit.",
    corriger="Reporter la bonne réponse dans la copie qui fait foi, puis garder celle-là seule.",
    doute=(
        "L'une des copies est d'avant, et l'autre la continue.",
        "Ce n'est qu'un point d'attention, cellule par cellule ; deux copies qui disent la même "
        "chose n'en ont aucun, à la casse et aux blancs près.",
    ),
)
def copies_qui_different(ensemble: Ensemble) -> Iterator[Fait]:
    for un, autre, ecarts in ensemble.copies:
        noms = nommer_les_fichiers((un, autre))
        for ecart in ecarts:
            est_de_l_autre = ecart.lieu.fichier == str(autre.fichier)
            ici, ailleurs = (noms[1], noms[0]) if est_de_l_autre else noms
            fait = dans(
                ecart.lieu, ecart.registre, libelle=ecart.libelle, ligne=citer(ecart.nom),
                ici=_dire(ecart.ici), ailleurs=_dire(ecart.ailleurs), fichier=citer(ici),
                autre=citer(ailleurs), valeur=ecart.ici,
            )  # fmt: skip
            aussi = (ecart.aussi,) if ecart.aussi else ()
            yield msgspec.structs.replace(fait, colonne=ecart.colonne, aussi=aussi)


def _dire(valeur: str | None) -> str:
    """Ce que dit une cellule, entre guillemets ; rien, ou aucune ligne de ce nom."""
    if valeur is None:
        return "aucune ligne de ce nom"
    return citer(valeur) if valeur else "rien"


def _outils_communs(ensemble: Ensemble) -> Mapping[tuple[str, str], list[_Inscription]]:
    """Les outils de même nom chez un même prestataire inscrit, la dernière année de chacun."""
    annees: dict[str, int] = defaultdict(int)
    for registre in ensemble.lisibles():
        commune = cle_large(registre.nom)
        annees[commune] = max(annees[commune], registre.annee or 0)
    communs: dict[tuple[str, str], list[_Inscription]] = defaultdict(list)
    feuille = ensemble.modele.par_id["outils"]
    for registre in ensemble.lisibles():
        if (registre.annee or 0) != annees[cle_large(registre.nom)]:
            continue
        de_droit = _de_droit(ensemble, registre)
        for outil in registre.lignes("outils"):
            if outil["mutualisation"] in ensemble.modele.libelles(CANTONAL):
                continue
            if cle(outil.texte("prestataire") or "") in de_droit:
                continue
            groupe = ensemble.prestataires.groupe(outil.texte("prestataire") or "")
            if groupe and est_en_vigueur(feuille, outil, registre.annee):
                reuni = _reunir(groupe, registre)
                identite = cle_large(outil.texte("nom") or ""), reuni
                communs[identite].append(_Inscription(registre, outil))
    return communs


def _de_droit(ensemble: Ensemble, registre: Registre) -> frozenset[str]:
    """Les prestataires que lie une loi ou une convention : la commune ne les choisit pas."""
    lies = ensemble.modele.libelles(DE_DROIT)
    prestataires = registre.lignes("prestataires")
    return frozenset(cle(p.texte("nom") or "") for p in prestataires if p["contrat"] in lies)


def alleger(registre: Registre) -> Registre:
    """Le classeur réduit à ce que ces règles regardent : deux mille tiennent en mémoire."""
    feuilles = {
        nom: _alleger(feuille, set(_UTILES[nom]))
        for nom, feuille in registre.feuilles.items()
        if nom in _UTILES
    }
    return Registre(registre.fichier, feuilles, refus=registre.refus, porte=registre.porte)


def _alleger(feuille: FeuilleLue, utiles: set[str]) -> FeuilleLue:
    lieu = feuille.lieu
    lieu = msgspec.structs.replace(
        lieu,
        colonnes={nom: rang for nom, rang in lieu.colonnes.items() if nom in utiles},
        cases={nom: case for nom, case in lieu.cases.items() if nom in utiles},
        connues=None,
    )
    lignes = (
        Ligne(lieu, ligne.numero, {n: v for n, v in ligne.valeurs.items() if n in utiles})
        for ligne in feuille.lignes
    )
    return FeuilleLue(lieu, tuple(lignes))


def _de_meme_numero(ensemble: Ensemble) -> Iterator[list[Registre]]:
    """Les classeurs de même n° OFS, là où il porte plusieurs noms."""
    for numero, registres in grouper(
        ensemble.lisibles(), lambda registre: registre.commune["numero_ofs"]
    ):
        if isinstance(numero, int) and len({cle_large(r.nom) for r in registres}) > 1:
            yield registres


def _se_suivent(registres: Sequence[Registre]) -> bool:
    """Vrai si chaque nom a ses années à lui, sans retour : une commune renommée."""
    par_annee: dict[int | None, set[str]] = defaultdict(set)
    for registre in registres:
        par_annee[registre.annee].add(cle_large(registre.nom))
    if None in par_annee or any(len(noms) > 1 for noms in par_annee.values()):
        return False
    suite = [next(iter(par_annee[annee])) for annee in sorted(filter(None, par_annee))]
    changements = sum(un != autre for un, autre in pairwise(suite))
    return changements == len(set(suite)) - 1


def _au_dernier(registres: list[Registre], colonne: str, **mots: Any) -> Fait:
    *autres, dernier = registres
    aussi = tuple(registre.commune.emplacement(colonne) for registre in autres)
    return sur(dernier.commune, colonne, aussi=aussi, **mots)


def _par_groupe(ensemble: Ensemble) -> Iterator[tuple[GroupeDeNoms, list[_Inscription]]]:
    """Les prestataires réunis, dans l'ordre, et leurs lignes ; un organe, canton par canton."""
    par_nom: dict[str, list[_Inscription]] = defaultdict(list)
    groupes: dict[str, GroupeDeNoms] = {}
    for registre in ensemble.lisibles():
        for ligne in registre.lignes("prestataires"):
            nom, ide = ligne.texte("nom") or "", ligne.texte("ide") or ""
            if groupe := ensemble.prestataires.groupe(nom, ide):
                reuni = _reunir(groupe, registre)
                groupes[reuni] = groupe
                par_nom[reuni].append(_Inscription(registre, ligne))
    for nom, inscriptions in par_nom.items():
        yield groupes[nom], inscriptions


def _reunir(groupe: GroupeDeNoms, registre: Registre) -> str:
    from pilotage_xlsx.metier.regroupement import selon_le_canton  # noqa: PLC0415 — un seul n'en a que faire

    return selon_le_canton(groupe.nom, registre.commune.texte("canton"))


def _vient_de_plusieurs(inscriptions: Iterable[_Inscription]) -> bool:
    return len({id(inscription.registre) for inscription in inscriptions}) > 1


def _abreger(noms: Iterable[str]) -> str:
    tous = list(noms)
    if len(tous) <= _CITEES + 1:
        return enumerer(tous)
    return f"{', '.join(tous[:_CITEES])} et {len(tous) - _CITEES} autres"


def _a_la_derniere(inscriptions: list[_Inscription], colonne: str, **mots: Any) -> Fait:
    *autres, derniere = (inscription.ligne for inscription in inscriptions)
    aussi = tuple(ligne.emplacement(colonne) for ligne in autres)
    return sur(derniere, colonne, aussi=aussi, **mots)
