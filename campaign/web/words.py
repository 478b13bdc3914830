"""The words pages use for states, channels and demands. A shape and a sentence, never a code."""

from campaign.domain.letter import Channel, LetterState, Number
from campaign.domain.urgent_action import DemandKind

STATE_WORDS = {
    LetterState.UNCONFIRMED: "Waits for your yes. We have sent you a mail with one button to press.",
    LetterState.QUEUED: "Confirmed. It waits in our queue and goes out shortly.",
    LetterState.HELD: "Held back until a person has looked at it.",
    LetterState.SENDING: "Being handed to the mail server now.",
    LetterState.SENT: "Sent: our mail server accepted it for the addressee.",
    LetterState.REFUSED: "Refused by the mail server, so it did not arrive.",
    LetterState.STOPPED: "Stopped: it was not sent.",
    LetterState.UNCERTAIN: "Uncertain: nobody can know whether it arrived.",
    LetterState.WITHDRAWN: "Withdrawn: it was not sent.",
    LetterState.OPENED: "Ready for you to send.",
    LetterState.REPORTED: "You told us that you have sent it. Thank you.",
}

CHANNEL_WORDS = {
    Channel.EMAIL: "By us, by e-mail",
    Channel.OWN_MAIL: "From your own mail program",
    Channel.POST: "By post",
}

DEMAND_WORDS = {
    DemandKind.RELEASE: "{their} immediate and unconditional release",
    DemandKind.HEALTH: "the medical care {they} {need}",
    DemandKind.FAMILY: "regular contact with {their} family",
    DemandKind.LAWYER: "access to lawyers of {their} own choice",
    DemandKind.NO_TORTURE: "{their} protection from torture and other ill-treatment",
    DemandKind.FAIR_TRIAL: "a fair trial for {them}",
    DemandKind.CHARGES: "that the charges against {them} are dropped",
    DemandKind.INVESTIGATION: "an independent investigation",
    DemandKind.PROTECTION: "{their} protection from attack and threats",
    DemandKind.DISAPPEARANCE: "that {their} fate and whereabouts are made known",
    DemandKind.DEATH_PENALTY: "that no death sentence is imposed or carried out",
}

RULE_WORDS = {
    Number.SENT_BY_US: "accepted by our mail server for the addressee",
    Number.OPENED_ELSEWHERE: "mail program or page to print opened, not known to be sent",
    Number.REPORTED_SENT: "people told us that they posted or mailed one",
    Number.REPORTED_BY_EVENTS: "counted at an event, each vouched for by a named person",
}

LANGUAGE_WORDS = {"en": "English", "fr": "French", "es": "Spanish"}
