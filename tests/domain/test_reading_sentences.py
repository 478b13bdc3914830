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
]


@pytest.mark.parametrize(("expected", "sentence"), SENTENCES)
def test_a_status_sentence_is_understood_or_left_to_a_person(expected, sentence):
    assert given.actions(given.a_document(3, says=sentence)) == expected
