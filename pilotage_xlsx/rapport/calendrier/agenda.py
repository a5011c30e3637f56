"""L'agenda d'une commune : chaque affaire qui a un jour, en mots, avec qui la prépare et la décide.

Rien ne se juge ici : les affaires sont celles de `metier.affaires`, toutes, même lointaines, même
répondues ; celles qui n'ont pas de jour se comptent.

>>> from tests.metier.tables import lier
>>> agenda = composer(lier('''
... outils | nom | echeance   | delai_resiliation | renouvellement
...        | GED | 31.12.2027 | 3                 | Tacite
... '''))
>>> [(str(e.jour), e.titre) for e in agenda.evenements]
[('2027-09-30', 'GED : dernier jour pour résilier')]
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from pilotage_xlsx.metier.affaires import (
    Affaire,
    Nature,
    Urgence,
    est_du_deliberant,
    recenser,
)
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.rapport.calendrier import phrases
from pilotage_xlsx.rapport.mots import (
    abreger,
    deliberant,
    epurer,
    executif,
    lire,
    lire_un_fait,
    majuscule,
    nommer,
    origine,
)
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.textes import Texte, cle_large

_COMMUNE, _PERSONNE = 70, 60
_ESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://pilotage-xlsx.example/echeances")
"""D'où se tirent les identifiants : changer ce nom ferait de chaque événement un nouveau."""


class Evenement(msgspec.Struct, frozen=True):
    """Ce qui échoit un jour ; ``identifiant`` reste le même d'une fois et d'une année à l'autre.

    ``prepare`` : qui s'en occupe ; ``decide`` : l'organe qui tranche ; ``sinon`` : ce qui arrive
    sans décision ; ``reponse`` : le numéro de la décision qui en traite déjà.
    """

    identifiant: str
    jour: date
    nature: Nature
    objet: str
    quoi: str
    sinon: str
    urgence: Urgence
    prepare: Texte
    decide: Texte
    terme: date | None
    reponse: str | None
    origine: str

    @property
    def titre(self) -> str:
        """« GED : dernier jour pour résilier »."""
        return f"{self.objet} : {self.quoi}"


class Agenda(msgspec.Struct, frozen=True):
    """Les événements d'une commune, par jour ; ``sans_jour`` : les affaires à décider qui n'en ont
    pas ; ``avertir`` : combien de jours d'avance il faut pour décider."""

    fichier: str
    commune: Texte
    canton: Texte
    annee: int | None
    avertir: int
    evenements: tuple[Evenement, ...]
    sans_jour: int


def composer(liens: Liens) -> Agenda:
    """L'agenda d'un classeur, au jour de ses liens."""
    registre = liens.registre
    affaires = recenser(liens)
    evenements = sorted(_dater(liens, affaires), key=lambda e: (e.jour, e.titre, e.identifiant))
    return Agenda(
        fichier=registre.nom_du_fichier,
        commune=abreger(epurer(registre.nom), _COMMUNE),
        canton=lire_un_fait(registre.commune, "canton"),
        annee=registre.annee,
        avertir=liens.delai_de_decision,
        evenements=tuple(evenements),
        sans_jour=sum(a.dernier_jour is None and a.appelle for a in affaires),
    )


def _dater(liens: Liens, affaires: Iterable[Affaire]) -> Iterator[Evenement]:
    vues: Counter[str] = Counter()
    for affaire in affaires:
        if affaire.dernier_jour is None:
            continue
        cle = _cle(liens, affaire)
        vues[cle] += 1
        yield _raconter(liens, affaire, affaire.dernier_jour, f"{cle}/{vues[cle]}")


def _cle(liens: Liens, affaire: Affaire) -> str:
    """Ce qui reste d'une année à l'autre : la commune, la nature, le nom ou le numéro."""
    ligne = affaire.ligne
    nom = ligne.texte("nom") or ligne.texte("numero") or ""
    parts = (liens.registre.nom, affaire.nature.value, ligne.lieu.registre, nom)
    return "/".join(map(cle_large, parts))


def _raconter(liens: Liens, affaire: Affaire, jour: date, cle: str) -> Evenement:
    return Evenement(
        identifiant=str(uuid.uuid5(_ESPACE, cle)),
        jour=jour,
        nature=affaire.nature,
        objet=_nommer(affaire),
        quoi=phrases.dire_quoi(affaire),
        sinon=phrases.dire_sinon(affaire),
        urgence=affaire.urgence,
        prepare=_preparer(liens, affaire),
        decide=_decider(liens, affaire),
        terme=affaire.terme,
        reponse=lire(affaire.reponse, "numero") if affaire.reponse else None,
        origine=origine(affaire.ligne),
    )


def _nommer(affaire: Affaire) -> str:
    """L'outil ; d'une décision, son numéro et ce dont elle parle."""
    match affaire.nature:
        case Nature.ADOPTION:
            return "Note de pilotage"
        case Nature.PROPOSITION | Nature.REVISION:
            numero, outil = nommer(affaire.ligne), lire_un_fait(affaire.ligne, "outil")
            sujet = abreger(outil.replace(";", ","), _PERSONNE)
            return f"{numero} ({sujet})" if sujet else numero
        case _:
            return nommer(affaire.ligne)


def _preparer(liens: Liens, affaire: Affaire) -> str:
    """Le responsable interne de l'outil, sinon le référent."""
    colonnes: list[tuple[Ligne, str]] = [(o, "responsable") for o in affaire.outils[:1]]
    colonnes.append((liens.registre.commune, "referent_nom"))
    for ligne, colonne in colonnes:
        if dit := lire_un_fait(ligne, colonne):
            return abreger(dit, _PERSONNE)
    return "le référent"


def _decider(liens: Liens, affaire: Affaire) -> str:
    """Le mot de la commune pour son exécutif, ou l'organe délibérant si cela lui revient."""
    if est_du_deliberant(liens, affaire.ligne):
        return majuscule(deliberant(liens.registre.commune))
    return majuscule(executif(liens.registre.commune))
