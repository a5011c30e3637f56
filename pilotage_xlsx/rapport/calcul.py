"""Du classeur lu aux chiffres figés du rapport."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pilotage_xlsx.metier.affaires import Sinon, reconductions
from pilotage_xlsx.metier.chiffres import D_UNE_ANNEE, du_chapitre, du_rapport
from pilotage_xlsx.metier.chiffres.contrats import ECHEANCES
from pilotage_xlsx.metier.chiffres.incidents import INCIDENTS
from pilotage_xlsx.metier.chiffres.registres import A_CLARIFIER, libelles_a_clarifier
from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.metier.etat import Completude, dernier_jour_pour_resilier
from pilotage_xlsx.metier.evolution import comparer, comparer_les_couts
from pilotage_xlsx.metier.expositions import exposer, tenus_de_droit
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.mesure import Chapitre, Mesures
from pilotage_xlsx.metier.suites import suivre
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport import incidents, points
from pilotage_xlsx.rapport.chiffres import AClarifier, Echeance, Rapport, Reperes
from pilotage_xlsx.registre import Ligne, Registre


def calculer(
    registre: Registre,
    modele: Modele,
    *,
    annee: int,
    au: date,
    constats: Resume,
    precedents: Sequence[Registre] = (),
    seance: date | None = None,
) -> Rapport:
    """Les chiffres du rapport d'une commune pour ``annee``, au jour ``au``.

    Ceux d'une année passée s'arrêtent à son 31 décembre ; ce qui échoit se juge au jour de la
    ``seance``, sinon à ``au``. ``constats`` : le compte de ce que le contrôle a trouvé ;
    ``precedents`` : les classeurs des années d'avant, le plus récent d'abord. Ne lève rien : une
    feuille absente donne des comptes nuls.
    """
    arrete, jour = min(au, date(annee, 12, 31)), seance or au
    liens = Liens(modele, registre, arrete)
    presents = liens if jour == arrete else Liens(modele, registre, jour)
    passes = [Liens(modele, ancien, _fin(ancien, arrete)) for ancien in precedents]
    anciens = passes[0] if passes else None
    mesures = _mesurer(liens, presents, annee)
    annuels = incidents.suivre(liens, mesures[INCIDENTS].lignes)
    annees = _par_annee(passes, annee, mesures)
    return Rapport(
        commune=registre.commune,
        nom=registre.nom,
        annee=annee,
        au=arrete,
        jour=jour,
        seance=seance,
        precedent=annees[-2][0] if anciens else None,
        constats=constats,
        mesures=mesures,
        anciennes=annees[-2][1] if anciens else None,
        points=points.a_decider(presents),
        expositions=exposer(liens),
        de_droit=tenus_de_droit(liens),
        suites=suivre(presents, annee - 1),
        incidents=annuels,
        a_savoir=incidents.a_savoir(annuels),
        incidents_sans_date=incidents.sans_date(liens),
        completude=_completude(liens),
        completude_totale=liens.etat.completude_totale,
        a_clarifier=tuple(_a_clarifier(liens, ligne) for ligne in mesures[A_CLARIFIER].lignes),
        echeances=echeances(mesures[ECHEANCES].lignes),
        reconduits=reconduits(presents),
        reperes=_reperer(liens),
        evolution=comparer(anciens, liens) if anciens else None,
        couts=comparer_les_couts(anciens, liens) if anciens else None,
        annees=annees,
    )


def _reperer(liens: Liens) -> Reperes:
    modele, seuils = liens.modele, liens.modele.identite.seuils
    return Reperes(
        statut_tacite=modele.si_vide("outils", "statut") or "",
        priorite_tacite=modele.si_vide("signalements", "priorite") or "",
        seuil_signalement=seuils.signalement_nouveau_jours,
        delais_admis=(seuils.annonce_heures, liens.etat.seuil("seuil_information")),
        relecture_jours=liens.etat.seuil("seuil_relecture"),
    )


def _par_annee(
    passes: Sequence[Liens], annee: int, mesures: Mesures
) -> tuple[tuple[int, Mesures], ...]:
    """Les cinq chiffres de chaque année, la plus ancienne d'abord, celle du rapport à la fin."""
    anciennes = (
        (
            liens.registre.annee or annee - rang,
            Mesures.de(liens, liens.registre.annee, D_UNE_ANNEE),
        )
        for rang, liens in enumerate(passes, 1)
    )
    return (*reversed(tuple(anciennes)), (annee, mesures))


def _fin(precedent: Registre, arrete: date) -> date:
    """Le 31 décembre de l'année du classeur comparé, ou le jour où celui-ci s'arrête."""
    return arrete if precedent.annee is None else min(arrete, date(precedent.annee, 12, 31))


def _mesurer(liens: Liens, presents: Liens, annee: int) -> Mesures:
    """Tous les chiffres ; ceux des contrats, au jour où ce qui échoit se juge."""
    contrats = set(du_chapitre(Chapitre.CONTRATS))
    arretes = Mesures.de(liens, annee, (c for c in du_rapport() if c not in contrats))
    echus = Mesures.de(presents, annee, contrats)
    return Mesures({**arretes.par_cle, **echus.par_cle})


def _completude(liens: Liens) -> tuple[tuple[str, Completude], ...]:
    """La complétude de chaque registre, sous son nom dans le modèle."""
    return tuple(
        (liens.modele.par_id[registre].libelle, completude)
        for registre, completude in liens.etat.completude.items()
    )


def _a_clarifier(liens: Liens, ligne: Ligne) -> AClarifier:
    feuille = liens.modele.par_id[ligne.lieu.registre]
    nom = ligne.texte(feuille.cle or "") or feuille.libelle
    return AClarifier(ligne, nom, libelles_a_clarifier(liens, ligne))


def echeances(outils: tuple[Ligne, ...]) -> tuple[Echeance, ...]:
    """Les fins de contrat de ces outils, de la plus proche à la plus lointaine."""
    fins = (
        Echeance(outil, jour, dernier_jour_pour_resilier(outil))
        for outil in outils
        if (jour := outil.date("echeance"))
    )
    return tuple(sorted(fins, key=lambda echeance: echeance.fin))


def reconduits(liens: Liens) -> tuple[tuple[Ligne, Sinon], ...]:
    """Les outils dont le contrat repart ou est reparti sans décision, et lequel des deux."""
    return tuple((a.ligne, a.sinon) for a in reconductions(liens) if a.sinon is not None)
