"""The words pages use for states, channels and demands. A shape and a sentence, never a code."""

from campaign.domain.bounce import Bounce
from campaign.domain.letter import Channel, LetterState, Number
from campaign.domain.refusals import N_
from campaign.domain.urgent_action import Verdict

STATE_WORDS = {
    LetterState.UNCONFIRMED: N_(
        "Waits for your yes. We have sent you a mail; its link leads to a page with one button."
    ),
    LetterState.QUEUED: N_("Confirmed. It waits in our queue and goes out shortly."),
    LetterState.HELD: N_("Held back until one of our organizers has looked at it."),
    LetterState.SENDING: N_("Being handed to the mail server now."),
    LetterState.SENT: N_("Sent: our mail server accepted it for the addressee."),
    LetterState.REFUSED: N_("Refused by the mail server, so it did not arrive."),
    LetterState.STOPPED: N_("Stopped: it was not sent."),
    LetterState.UNCERTAIN: N_("Uncertain: nobody can know whether it arrived."),
    LetterState.WITHDRAWN: N_("Withdrawn: it was not sent."),
    LetterState.OPENED: N_("Ready for you to send."),
    LetterState.REPORTED: N_("You told us that you have sent it. Thank you."),
}

BOUNCE_WORDS = {
    Bounce.HARD: N_("It came back to us: the mail server at the other end did not accept it."),
    Bounce.SOFT: N_("It came back to us: for a while mail servers tried to pass it on, then they gave up."),
}

# The same for those who work here, who are not the ones that wrote the letter.
STAFF_STATE_WORDS = {
    LetterState.UNCONFIRMED: "Waits for its writer’s yes",
    LetterState.QUEUED: "Waits in our queue",
    LetterState.HELD: "Held for an organizer",
    LetterState.SENDING: "Being handed over",
    LetterState.SENT: "Sent: our mail server took it",
    LetterState.REFUSED: "Refused",
    LetterState.STOPPED: "Stopped",
    LetterState.UNCERTAIN: "Uncertain",
    LetterState.WITHDRAWN: "Withdrawn",
    LetterState.OPENED: "Opened, not known to be sent",
    LetterState.REPORTED: "Reported sent by its writer",
}
STAFF_BOUNCE_WORDS = {
    Bounce.HARD: "the server at the other end did not accept it",
    Bounce.SOFT: "servers tried for a while to pass it on, then gave up",
}
STAFF_CHANNEL_WORDS = {
    Channel.EMAIL: "By us, by e-mail",
    Channel.OWN_MAIL: "From the writer’s own mail program",
    Channel.POST: "By post",
}

CHANNEL_WORDS = {
    Channel.EMAIL: N_("By us, by e-mail"),
    Channel.OWN_MAIL: N_("From your own mail program"),
    Channel.POST: N_("By post"),
}
CHANNEL_HINTS = {
    Channel.EMAIL: N_("We send it in your name after your yes: we mail you a link to a page with one button."),
    Channel.OWN_MAIL: N_("Mail program, Gmail, Outlook, Yahoo, or copy the text. The official sees your address."),
    Channel.POST: N_("One page to print, the address in the window of an envelope."),
}

WILL_HOLD = N_("You can send it all the same: one of our organizers looks at it first, and it waits until then.")

# What a paper says of somebody, and where a case stands, in the public record.
VERDICT_WORDS = {
    Verdict.OPEN: N_("letters can go on"),
    Verdict.CLOSED: N_("no more letters"),
    Verdict.REVIEW: N_("paused while we check"),
}

NUMBER_WORDS = {
    Number.SENT_BY_US: N_("Sent by us"),
    Number.OPENED_ELSEWHERE: N_("Opened elsewhere"),
    Number.REPORTED_SENT: N_("Reported sent"),
    Number.REPORTED_BY_EVENTS: N_("Reported by events"),
}
RULE_WORDS = {
    Number.SENT_BY_US: N_("accepted by our mail server for the addressee"),
    Number.OPENED_ELSEWHERE: N_("opened in a mail program or for printing, not known to be sent"),
    Number.REPORTED_SENT: N_("letters of which people told us that they posted or mailed them"),
    Number.REPORTED_BY_EVENTS: N_("counted at events; a named person vouches for each count"),
}

LANGUAGE_WORDS = {"en": N_("English"), "fr": N_("French"), "es": N_("Spanish")}
TEMPLATE_WORDS = {
    "release": N_("For release"),
    "health": N_("For medical care"),
    "fair_trial": N_("For a fair trial"),
    "death_penalty": N_("Against the death penalty"),
    "disappearance": N_("For an answer about the disappearance"),
    "protection": N_("For protection from attack or torture"),
}
