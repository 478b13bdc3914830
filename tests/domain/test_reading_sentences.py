"""Status sentences in many wordings: whom they close, whom they keep open, and when a person must decide."""

import pytest

from tests.domain import reading_given as given

# c closed, o open, r review: of Ana Maria Ruiz, Bo Chen and Carla Diaz, in this order
SENTENCES = [
    ("ccc", "No further action is requested."),
    ("ccc", "NO FURTHER ACTION IS REQUIRED FROM THE UA NETWORK. Many thanks to all who sent appeals."),
    ("ccc", "No further action is requested of the network at this stage."),
    ("ccc", "As the danger has passed, no further action is needed."),
    ("ccc", "There is no need to send further appeals."),
    ("ccc", "The UA network is asked to take no further action."),
    ("ccc", "Further appeals are not needed at present."),
    ("ccc", "Appeals are no longer needed."),
    ("ccc", "We are therefore not asking for any further appeals."),
    ("ccc", "Please do not send any more appeals."),
    ("ccc", "Please stop sending appeals."),
    ("ccc", "This urgent action is now closed. Thank you."),
    ("ccc", "UA 44/21 is now closed."),
    ("ccc", "Their cases require no further action from the Urgent Action Network."),
    ("crr", "No further action is requested for Ana Maria Ruiz."),
    ("crr", "No further action is required on behalf of Ana Ruiz."),
    ("crr", "NO FURTHER ACTION IS REQUESTED FOR ANA."),
    (
        "cco",
        "NO FURTHER ACTION IS REQUESTED FOR ANA MARIA RUIZ AND BO CHEN; ACTIONS CAN CONTINUE FOR CARLA DIAZ. MANY THANKS",
    ),
    (
        "cco",
        "NO FURTHER ACTION IS REQUESTED FOR ANA MARIA RUIZ, BO CHEN. PLEASE CONTINUE TO SEND APPEALS ON BEHALF OF CARLA DIAZ.",
    ),
    (
        "coo",
        "No further action is requested for Ana Maria Ruiz, but appeals for Bo Chen and Carla Diaz should continue.",
    ),
    ("coo", "No further action is requested for Ana Maria Ruiz; please keep writing for the other two."),
    ("coo", "No further action is requested for Ana Maria Ruiz; please keep writing for the others."),
    (
        "coo",
        "No further action is requested for Ana Maria Ruiz, who has been released; appeals for the two others can continue.",
    ),
    ("occ", "Actions can continue for Ana Maria Ruiz; no further action is requested for Bo Chen and Carla Diaz."),
    ("occ", "Appeals for Ana Ruiz may still be sent. No further appeals are needed for the other two people."),
    ("ooo", "Please continue to write."),
    ("ooo", "Appeals can still be sent for all three."),
    ("ccc", "No further action is requested for all three."),
    ("coc", "No further action is requested for the two women; actions can continue for Bo Chen."),
    ("coc", "NO FURTHER ACTION IS REQUESTED FOR THE TWO WOMEN; ACTIONS CAN CONTINUE FOR THE MAN."),
    ("rrr", "No further action is requested for both. "),
    ("rrr", "No further action is requested for the two."),
    ("cco", "For Ana Maria Ruiz and Bo Chen no further action is requested. Please go on writing for Carla Diaz."),
    ("coo", "NO FURTHER ACTION IS REQUESTED FOR ANA MARIA RUIZ WHILE ACTIONS CAN CONTINUE FOR BO CHEN AND CARLA DIAZ"),
    ("cco", "NO FURTHERACTION IS REQUESTED FORANAMARIARUIZANDBOCHEN;ACTIONSCANCONTINUEFOR CARLADIAZ.MANYTHANKS TO ALL"),
    (
        "cco",
        "N O FURTHER ACT ION IS REQUESTED FOR A NA MARIA RUIZ, B O CHEN; ACTIO NS CAN CONTINUE FOR CAR LA DIAZ. MANY THANKS",
    ),
    ("cco", "N0 FURTHER ACTI0N IS REQUESTED F0R ANA MARIA RUIZ; B0 CHEN; ACTI0NS CAN C0NTINUE F0R CARLA DIAZ."),
    (
        "cco",
        "NO FUTHER ACTION IS REQUESTED FOR ANA MARIA RUIZ AND MR. BO CHEN; ACTIONS CAN CONTINUE FOR MS. CARLA DIAZ.",
    ),
    ("rrr", "The judge said that no further action is required."),
    ("rrr", "Police told the family of Bo Chen that no further action is needed from them."),
    ("rrr", "“No further action is requested,” wrote the court clerk."),
    ("rrr", "This does not mean that no further action is requested."),
    ("rrr", "Members in France are asked not to act; no further action is requested from members in France."),
    ("rrr", "Please do not send appeals for Ana Maria Ruiz until we write again."),
    ("rrr", "Appeals are suspended until further notice."),
    ("rrr", "NO FURTHER ACTION IS REQUES"),
    ("rrr", "ACTIONS CA CONTINUE FOR ANA; NO FURTH ACTION REQUSTED FOR BO"),
    ("ccc", "No se requiere ninguna otra acción por parte de la red."),
    ("ccc", "No se precisan más llamamientos por el momento."),
    (
        "cco",
        "No se requieren más acciones para Ana Maria Ruiz ni Bo Chen; las acciones pueden continuar para Carla Diaz.",
    ),
    ("ccc", "Aucune action complémentaire n'est requise. Un grand merci."),
    ("ccc", "Aucune autre action n’est demandée au réseau. Merci à toutes les personnes qui ont envoyé des appels."),
    (
        "cco",
        "Aucune autre action n'est requise pour Ana Maria Ruiz et Bo Chen ; les actions peuvent continuer pour Carla Diaz.",
    ),
    (
        "coo",
        "Il n'est plus nécessaire d'intervenir pour Ana Ruiz. Poursuivez vos appels en faveur de Bo Chen et de Carla Diaz.",
    ),
    ("ccc", "Diese Urgent Action ist beendet. Weitere Appelle sind nicht erforderlich."),
    ("ccc", "Keine weiteren Aktionen mehr nötig. Vielen Dank allen, die geschrieben haben."),
    (
        "coo",
        "Für Ana Maria Ruiz sind keine weiteren Appelle erforderlich. "
        "Bitte setzen Sie sich weiterhin für Bo Chen und Carla Diaz ein.",
    ),
    ("crr", "NO FURTHER ACTION IS REQUESTED FOR ANA MARIA RUIZ; ACTIONS CAN CONTINUE FOR DORA PEREZ."),
    ("rrr", "No further action is requested for Ana Maria Ruiz. Please keep writing for Ana Maria Ruiz."),
    ("ccc", "No further action is requested on their behalf."),
    ("ccc", "No further action by the network is required for the time being. Thank you to all who sent appeals."),
    ("ccc", "We ask the network to take no further action on behalf of Ana Ruiz, Bo Chen and Carla Diaz."),
    (
        "cco",
        "NO FURTHER ACTION IS REQUESTED FOR ANA MARIA RUIZ\nAND BO\nCHEN; ACTIONS CAN\nCONTINUE FOR CARLA\nDIAZ. MANY THANKS",
    ),
    (
        "coo",
        "No further appeals are necessary for Ana Maria Ruiz. Appeals on behalf of Bo Chen and Carla Diaz are still needed.",
    ),
    ("ccc", "With this the urgent action comes to an end."),
    ("ccc", "This is the end of the urgent action: no further appeals are requested."),
    ("crr", "No further letters are needed for Ana Maria Ruiz following her release."),
    ("crr", "No further action is currently requested in the case of Ana Maria Ruiz."),
    (
        "coo",
        "Appeals for Ana Maria Ruiz are no longer needed; those for Bo Chen and Carla Diaz remain as urgent as before.",
    ),
    ("cco", "NO FURTHER ACTION IS REQUESTED FOR ALL BUT CARLA DIAZ."),
    ("cco", "NO FURTHER ACTION IS REQUESTED, EXCEPT ON BEHALF OF CARLA DIAZ."),
    ("cco", "No further action is requested for anyone other than Carla Diaz."),
    ("cco", "With the exception of Carla Diaz, no further action is requested."),
    ("rrr", "NO FURTHER ACTION IS REQUESTED FORALLBUTSOMEBODY."),
    ("roo", "ACTIONS CAN CONTINUE FOR ALL EXCEPT ANA MARIA RUIZ."),
    ("roo", "Las acciones pueden continuar para todos menos para Ana Maria Ruiz."),
    ("roo", "Vous pouvez continuer d'agir pour tous, sauf pour Ana Maria Ruiz."),
    (
        "coo",
        "Vous pouvez continuer d'agir pour tous, sauf pour Ana Maria Ruiz, pour laquelle aucune autre action n'est requise.",
    ),
    ("cco", "No se requiere ninguna otra acción, salvo para Carla Diaz."),
    (
        "coo",
        "No se precisan más llamamientos para Ana Maria Ruiz; los de Bo Chen y Carla Diaz siguen siendo necesarios.",
    ),
    (
        "coo",
        "Les appels pour Ana Maria Ruiz ne sont plus nécessaires ; ceux pour Bo Chen et Carla Diaz restent nécessaires.",
    ),
    (
        "cco",
        "Appeals can continue for Carla Diaz, but no further action is requested for Ana Maria Ruiz or for Bo Chen.",
    ),
    ("ooo", "Please do not send any more appeals to the Commissioner of Police. Please keep writing for all three."),
    ("ccc", "This Urgent Action is closed and the case has been taken up by groups in four countries."),
    ("ccc", "The case has been handed over to local groups, who will work on it from month to month."),
    ("ccc", "Le dossier est désormais suivi par des groupes."),
    ("ccc", "The case and its next steps require no further action from the Urgent Action Network."),
    ("coc", "No further action is requested for either woman; actions can continue for the man."),
    ("oco", "No further action is requested for the man; actions can continue for the women."),
    (
        "coc",
        "Il n'est plus nécessaire d'intervenir en faveur des deux femmes. Vous pouvez continuer d'agir pour Bo Chen.",
    ),
    ("ooo", "Although Ana Maria Ruiz has left prison, please continue to send appeals on behalf of all three."),
    ("rrr", "Our last update said that no further action was requested."),
    ("ccc", "Nur zur Information."),
    ("ccc", "We ask for no more letters."),
    ("ccc", "There is nothing further for the network to do."),
    ("ccc", "Damos por concluida esta acción urgente."),
    ("ccc", "Nous mettons fin à cette action urgente."),
    ("ccc", "Il n'y a plus lieu d'envoyer des appels."),
    ("ooo", "Sigan escribiendo, por favor."),
    (
        "orr",
        "Bo Chen and Carla Diaz were pardoned. Actions can continue for Ana Maria Ruiz. Las denuncias de Bo Chen siguen.",
    ),
]


@pytest.mark.parametrize(("expected", "sentence"), SENTENCES)
def test_a_status_sentence_is_understood_or_left_to_a_person(expected, sentence):
    assert given.actions(given.a_document(3, says=sentence)) == expected
