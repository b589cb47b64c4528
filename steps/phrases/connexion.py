"""Signing in and out, the date of the demonstration, the guides."""

from pytest_bdd import step, then, when

from steps.dates import aujourd_hui, ecrire_date
from steps.donnees import Donnees
from steps.ecrans.connexion import MOT_DE_PASSE_DE_DEMONSTRATION, EcranConnexion
from steps.ecrans.mode_emploi import EcranModeEmploi
from steps.phrase import phrase
from steps.session import Session

# ---------------------------------------------------------------------------------------- signing in and out


@when(phrase("je me connecte avec le mot de passe « {mot_de_passe} »"))
def se_connecter(ecran_connexion: EcranConnexion, donnees: Donnees, mot_de_passe: str) -> None:
    ecran_connexion.se_connecter(donnees.personne.courriel, mot_de_passe)


@when(phrase("je me connecte avec mon adresse en majuscules et le mot de passe « {mot_de_passe} »"))
def se_connecter_en_majuscules(ecran_connexion: EcranConnexion, donnees: Donnees, mot_de_passe: str) -> None:
    ecran_connexion.se_connecter(donnees.personne.courriel.upper(), mot_de_passe)


@when(phrase("je me connecte avec l'adresse « {courriel} »"))
def se_connecter_en_inconnu(ecran_connexion: EcranConnexion, courriel: str) -> None:
    ecran_connexion.se_connecter(courriel, "un mot de passe quelconque")


@when(phrase("je me connecte avec le compte de démonstration « {courriel} »"))
def se_connecter_en_demonstration(ecran_connexion: EcranConnexion, courriel: str) -> None:
    ecran_connexion.se_connecter(courriel, MOT_DE_PASSE_DE_DEMONSTRATION)


@step(phrase("je saisis mon adresse et le mot de passe « {mot_de_passe} »"))
def remplir(ecran_connexion: EcranConnexion, donnees: Donnees, mot_de_passe: str) -> None:
    ecran_connexion.remplir(donnees.personne.courriel, mot_de_passe)


@step(phrase("je me suis trompé {fois:d} fois de mot de passe"))
def se_tromper(ecran_connexion: EcranConnexion, donnees: Donnees, fois: int) -> None:
    ecran_connexion.se_tromper(donnees.personne.courriel, fois)


@step(phrase("je garde une copie de ma session"))
def copier(session: Session) -> None:
    session.copier()


@when(phrase("je reprends la copie de ma session"))
def reprendre(session: Session) -> None:
    session.reprendre_la_copie()


@when(phrase("je me connecte sur un autre appareil"))
def changer_d_appareil(session: Session) -> None:
    session.changer_d_appareil()


@then(phrase("je n'ai pas accès au catalogue"))
def voir_l_acces_refuse(ecran_connexion: EcranConnexion) -> None:
    ecran_connexion.voir_acces_refuse_au_catalogue()


@then(phrase("mon nom est affiché"))
def voir_mon_nom(ecran_connexion: EcranConnexion, donnees: Donnees) -> None:
    ecran_connexion.lire(donnees.personne.nom)


# ---------------------------------------------------------------------------------------- the date of the demonstration


@then(phrase("« Démonstration » annonce « {texte} »"))
def voir_le_bandeau(ecran_connexion: EcranConnexion, texte: str) -> None:
    ecran_connexion.voir_bandeau(texte)


@then(phrase("« Démonstration » annonce la date d'aujourd'hui"))
def voir_aujourd_hui(ecran_connexion: EcranConnexion) -> None:
    ecran_connexion.voir_bandeau(f"Date de référence : {ecrire_date(aujourd_hui())}")


# ---------------------------------------------------------------------------------------- the guides


@then(phrase("les étapes {premiere:d} à {derniere:d} sont présentées dans l'ordre"))
def voir_les_etapes(ecran_mode_emploi: EcranModeEmploi, premiere: int, derniere: int) -> None:
    ecran_mode_emploi.voir_etapes(premiere, derniere)


@then(phrase("l'étape {numero:d} est signalée comme reconstituée"))
def voir_reconstituee(ecran_mode_emploi: EcranModeEmploi, numero: int) -> None:
    ecran_mode_emploi.voir_reconstituee(numero)


@then(phrase("l'étape {numero:d} n'est pas signalée comme reconstituée"))
def ne_pas_voir_reconstituee(ecran_mode_emploi: EcranModeEmploi, numero: int) -> None:
    ecran_mode_emploi.ne_pas_voir_reconstituee(numero)
