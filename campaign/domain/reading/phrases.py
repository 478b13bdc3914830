"""What a status sentence says, by language: the words that close, the words that keep open, the words that hold.

Each row is a pattern in ordinary words. It is matched on text without case, accents, marks and blanks, so blanks
in a pattern are only there for the reader. `{who}` stands for a list of names inside the phrase, `{things}` and
`{network}` for the words below.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from campaign.domain.folding import fold
from campaign.domain.patterns import Pattern, Table, pattern
from campaign.domain.urgent_action import Verdict

CLOSED, OPEN, REVIEW = Verdict.CLOSED, Verdict.OPEN, Verdict.REVIEW

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "things": r"(?:urgent )?(?:actions?|appeals?|letters?|messages|emails?|faxes|writing|campaigning|letter writing|appeal letters|appeal letter)",
        "network": r"(?:(?:from|of|by|on the part of) (?:members of )?(?:the )?(?:(?:uas?|urgent actions?|whole|entire) )?(?:network|you|members|participants|supporters|activists))",
        "adverb": r"(?:now|currently|therefore|thus|being|any longer|at present|at this time|at this stage|at the moment|for the present|for now)",
        "for": r"(?:for|on behalf of|in behalf of|in the cases? of|in support of|regarding|concerning|with regard to|in respect of|about|in favou?r of|in relation to)",
        "ask": r"(?:requested|required|needed|necessary|asked for|called for|sought|expected|being requested|being asked for|being sought)",
        "more": r"(?:futher|further|furhter|more|additional|other|new)",
        "go on": r"(?:continue|go on|carry on|keep on|keep|proceed)",
    },
    "es": {
        "things": r"(?:acciones|accion|llamamientos?|cartas?|mensajes|apelaciones|peticiones)",
        "network": r"(?:(?:por parte |de parte )?(?:de|a) la red(?: de acci(?:on|ones) urgentes?)?)",
        "adverb": r"(?:ya|por el momento|por ahora|de momento|actualmente|en este momento)",
        "for": r"(?:para|por|en favor de|en nombre de|a favor de|en relacion con|en el caso de|respecto a|respecto de|sobre)",
    },
    "de": {
        "things": r"(?:appelle|aktionen|schreiben|briefe|appellschreiben|appellbriefe)",
        "adverb": r"(?:derzeit|zurzeit|momentan|vorerst|nun|jetzt|inzwischen|damit)",
        "for": r"(?:fur|zugunsten von|im fall(?:e)? von|im namen von)",
        "ask": r"(?:mehr )?(?:erforderlich|notig|notwendig)",
    },
    "fr": {
        "things": r"(?:actions?|appels?|interventions?|demarches?|lettres?|messages?|initiatives?)",
        "network": r"(?:de la part (?:du|des membres du) reseau(?: d)?(?: actions? urgentes?)?|(?:du|au|par le) reseau(?: actions? urgentes?)?)",
        "adverb": r"(?:plus|actuellement|pour le moment|pour l instant|desormais|a present|a ce stade)",
        "for": r"(?:pour|en faveur d[eu]|en faveur d|au nom d[eu]|concernant|en ce qui concerne|s agissant d[eu]|dans le cas d[eu]|a propos d[eu]|au sujet d[eu])",
    },
}  # fmt: skip

# (verdict, does it end the whole series, pattern)
Row = tuple[Verdict, bool, str]
PHRASES: dict[str, tuple[Row, ...]] = {
    "en": (
        (CLOSED, False, r"no {more} {things} (?:{for} {who})? {network}? (?:is|are|will be)? {adverb}? {ask}"),
        (CLOSED, False, r"no {things} (?:{for} {who})? {network}? (?:is|are) (?:now |any ?longer )?(?:required|needed|requested) (?:any more|any longer|at present|at this time)"),
        (CLOSED, False, r"(?:requires?|needs?) no {more} {things}"),
        (CLOSED, False, r"{things} (?:{for} {who})? {network}? (?:is|are) no longer {ask}"),
        (CLOSED, False, r"no longer (?:requires?|needs?) (?:any |our |your |further )*{things}"),
        (CLOSED, False, r"(?:no longer (?:necessary|needed|required) to|need no longer) (?:write|send|act|take action|appeal|continue)(?: (?:any |{more} |your |sending |writing |to send |to write )*{things})?"),
        (CLOSED, False, r"(?:should|need|must) (?:now )?(?:no longer|not) be sent"),
        (CLOSED, False, r"(?:can|may|should) (?:now )?(?:stop|cease|end) (?:now )?(?:writing|sending|{things})"),
        (CLOSED, False, r"{things} (?:{for} {who})? (?:can|may|should|must) (?:now )?(?:stop|cease|end|be stopped|be ended|be halted)"),
        (CLOSED, False, r"{more} {things} (?:{for} {who})? {network}? (?:is|are) (?:not|no longer) {adverb}? {ask}"),
        (CLOSED, False, r"no (?:{more} |longer any |longer a )?need (?:for (?:any )?(?:{more} )?{things}|to (?:write|send|take|act|appeal|continue)(?: (?:any |{more} |your )*{things})?)"),
        (CLOSED, False, r"(?:halt|stop|cease|discontinue) (?:all |any |your |sending |writing |further |direct |more )+(?:{things})?"),
        (CLOSED, False, r"(?:send|write|take) no (?:more|further) {things}"),
        (CLOSED, False, r"(?:do not|dont|not to) (?:send|write|take|make) (?:any )?(?:more|further|additional) {things}"),
        (CLOSED, False, r"(?:not|no longer) (?:asking|calling|requesting|appealing)(?: for)? (?:any )?(?:{more} )?{things}"),
        (CLOSED, True, r"(?:this|the) (?:urgent action|ua|action|appeal|extra|extra action|series)(?: ?\d{1,3}[/.]\d{2,4})? (?:{for} {who})? (?:is|are|has|have|been|being|now|therefore|hereby|thus|will be|also)+ (?:closed|ended|over|concluded|discontinued|finished|completed|brought to an end|come to an end)"),
        (CLOSED, True, r"(?:ua|urgent action|extra) ?\d{1,3}[/.]\d{2,4} (?:is|has|been|being|now|therefore|hereby)+ (?:closed|ended|over|concluded|discontinued|finished|come to an end)"),
        (CLOSED, True, r"(?:this|the) (?:urgent action|ua) comes to an end"),
        (CLOSED, True, r"(?:cases?|work|action) (?:{for} {who})? (?:has been|have been|is being|are being|will be|is|are|is now|are now|will now be|has now been|have now been) (?:taken up|taken over|taken on|handed over|handed on|passed|passed on|transferred|adopted|entrusted|assigned|picked up) (?:now )?(?:by|to|on to) (?:[a-z0-9]{0,30}?)(?:groups?|sections?|coordinators?|co-?ordination|casework|long-?term|networks?(?! of))"),
        (CLOSED, True, r"groups? (?:in [a-z]{2,40}? )?(?:has|have|will|are) (?:now |also )?(?:taken up|taken over|taken on|adopted|take up|take over|take on|adopt|taking up|taking over|taking on) (?:the|this|his|her|their|these) (?:cases?|work)"),
        (CLOSED, False, r"no {more} {things},? please"),
        (CLOSED, False, r"no {more} {things},? (?:now,? )?(?:thank you|thanks(?!to(?!all|every))|are being asked)"),
        (CLOSED, True, r"(?:amnesty |local |long-?term |casework |several |various |other |some |our )*groups (?:in [a-z, ]{2,60}? )?(?:has|have|will) (?:now |also )?(?:taken up|taken over|taken on|adopted|take up|take over|take on|adopt|pursue|be taking up|be working on|be taking over) (?:the|this|his|her|their|these) (?:long-?term )?(?:cases?|work|search|casework)"),
        (CLOSED, True, r"(?:has been|have been|is being|are being|will be|is now|are now|will now be|has now been|have now been) (?:taken up|taken over|taken on|handed over|handed on|passed|passed on|passed over|transferred|entrusted|assigned) (?:now )?(?:by|to|on to) (?:(?:amnesty(?: international)?|long-?term|local|casework|case|other|several|various|some|its|our|the|two|three|four) )*(?:groups(?!of)|group(?!s|of)|casework|coordination groups?|coordinators)"),
        (CLOSED, False, r"{things} (?:is|are) (?:now |any longer |currently |therefore )*{ask} neither (?={for})"),
        (CLOSED, False, r"neither {who} (?:is|are) (?:now |any longer )*in need of (?:any )?(?:{more} )?{things}"),
        (CLOSED, False, r"neither {who} (?:needs?|requires?) (?:any )?(?:{more} |your )?{things}"),
        (CLOSED, False, r"(?:campaign|campaigning|letter writing|writing|work|{things}) (?:{for} {who})? (?:has|have) (?:now |thus |therefore )?(?:ended|come to an end|been (?:ended|concluded|closed|completed|brought to an end))"),
        (OPEN, False, r"(?:please |do |kindly |we ask you to )(?:start|begin|resume|take up) (?:writing|sending|your letters|writing letters|{things}) (?:again |once more |anew )?(?={for})"),
        (OPEN, False, r"(?:please |do |kindly |we ask you to )(?:still |now |do |instead |only )*(?:write|act|appeal|send {things}) (?:only |instead |now |again )*(?={for})"),
        (REVIEW, False, r"(?:please )?(?:wait|hold on) (?:for (?:further |more )?(?:news|word|information)|until [a-z]{2,40}?) before (?:you )?(?:writ|send|act)"),
        (OPEN, False, r"(?:do not|dont|never|please do not|nobody should) (?:stop|cease|give up) (?:writing|sending|your letters|{things})"),
        (CLOSED, False, r"no {more} {things} (?:{for} {who})? (?:should|need|must|are to) (?:now )?be (?:sent|written|posted)"),
        (CLOSED, False, r"(?:is|are) not (?:being )?(?:asked|requested|called on|required) to (?:take|send|write) (?:any )?{more} {things}"),
        (CLOSED, False, r"(?:do not|dont) (?:write|send {things}) (?:again|any ?more|any longer)"),
        (CLOSED, True, r"(?:we|amnesty international|amnesty) (?:are|is|have|has|will|now|therefore|hereby|today)* (?:closing|ending|closed|ended|concluding|concluded) (?:this|our) action$"),
        (CLOSED, True, r"this (?:concludes|closes|ends) (?:the |this |our )?(?:urgent action|ua|extra)(?: ?\d{1,3}[/.]\d{2,4})?"),
        (CLOSED, False, r"(?:nothing|no) (?:{more}) (?:need|should) be (?:sent|written|done|posted)"),
        (CLOSED, False, r"(?:please )?(?:write|send) (?:no more|no longer|nothing more)"),
        (CLOSED, False, r"(?:please )?(?:do not|dont) (?:write|send letters|send appeals) (?:{for} {who} )(?:again|any more|any longer|anymore)"),
        (CLOSED, False, r"(?:does not|doesnt|do not|dont) need (?:any )?(?:more |of )*(?:your |our )?{things} (?:any more|any longer|anymore|now)"),
        (CLOSED, False, r"(?:needs?|requires?) no (?:{more} )?(?:of )?(?:your |our )?{things}(?! (?:in|to))"),
        (CLOSED, False, r"(?:we|amnesty international|amnesty) (?:are|is|now|today|therefore|hereby|must|have decided to|with sorrow|with joy)* (?:closing|close|closed|end|ending|ended) (?:the|this|our) (?:action|appeal|appeals|letters|campaign) (?={for})"),
        (CLOSED, False, r"need (?:not|no longer) (?:now )?(?:write|send|act|appeal|take)(?: (?:any )?{things})?(?: (?:any longer|any more|anymore|now))"),
        (CLOSED, False, r"(?:dont|do not) need to (?:write|send|act|appeal)(?: (?:any )?(?:{more} )?{things})?(?: (?:any longer|any more|anymore|now))"),
        (CLOSED, False, r"(?:ask|asks|asking|call|calling|appeal|appealing) for no (?:more|further|additional) {things}"),
        (CLOSED, False, r"(?:there is |there s )?nothing (?:further |more |else |left )*(?:for (?:the |our |you|members|this )*(?:(?:ua|urgent action) )?(?:network|members|supporters|letter writers|you|writers)? ?to do|(?:is |remains )(?:asked|required|requested|needed|to be done))"),
        (CLOSED, False, r"needs? (?:now )?(?:do|send|write) (?:no more|no further|nothing (?:more|further))"),
        (CLOSED, False, r"need not (?:now )?(?:write|send|act|appeal|take)(?: (?:any )?(?:{more} )?{things})?(?: (?:any longer|any more|anymore|for the time being|at present))"),
        (CLOSED, False, r"need not (?:now )?(?:write|send|take) (?:any )?{more} {things}"),
        (CLOSED, True, r"with this (?:\w{0,20}? )?(?:the|this|our) (?:urgent action|ua|action|series|appeal) (?:ends|closes|is closed|is ended|is over|comes to an end|is concluded|is brought to an end)"),
        (CLOSED, True, r"(?:this|the|our) (?:urgent action|ua)(?: ?\d{1,3}[/.]\d{2,4})? (?:now |hereby |therefore )?(?:ends|closes|stops|concludes) (?:here|now|with this|today)"),
        (CLOSED, True, r"(?:we|amnesty international|amnesty) (?:are|is|have|has|will|now|therefore|hereby|today)* (?:closing|ending|closed|ended|close|end|concluding|concluded|discontinuing|discontinued|bringing to an end) (?:this|the|our) (?:urgent action|ua)"),
        (OPEN, False, r"(?:those|the ones) {for} {who} (?:(?:can|may|should|must|will|are to) (?:still |now |please |also |however )?(?:continue|go on|carry on|be continued|be sent|be kept up)|(?:are|is) (?:still|as|very much|urgently)|remains?|continues? to be|continue|go on)"),
        (OPEN, False, r"(?:those|the ones|the letters|the appeals) (?:of|{for}) {who} (?:still )?do(?:es)?$"),
        (CLOSED, False, r"stop (?:all )?actions? (?={for})"),
        (OPEN, False, r"continue (?:all |your |the )?{things} (?={for})"),
        (CLOSED, False, r"(?:those|the ones) {for} {who} (?:(?:are|is) no longer {ask}|(?:are|is) not {ask}|(?:can|may|should|must) (?:now )?(?:stop|cease|end|be stopped))"),
        (OPEN, False, r"{things} (?:{for} {who})? (?:remains?|(?:is|are)) (?:still |just )?as (?:urgent|important|necessary|needed|vital)"),
        (OPEN, False, r"{things} (?:{for} {who})? (?:can|may|should|must|will|could|are to) (?:still |now |please |also |therefore |certainly )?(?:continue|go on|carry on|be continued|be kept up|be sent|be written|proceed)"),
        (OPEN, False, r"{things} (?:continues?|goes on|go on) {for}"),
        (OPEN, False, r"(?:please|kindly|members should|supporters should|we ask you to|we urge you to|do) (?:do |still )?{go on} (?:to )?(?:up )?(?:writing|write|sending|send|appealing|appeal|acting|act|taking|take|campaigning|campaign|with|your|{things})"),
        (OPEN, False, r"(?:can|may|should|are asked to|is asked to|are urged to|are encouraged to|are invited to|is encouraged to|is urged to) (?:still |please )?{go on} (?:to )?(?:writing|write|sending|send|appealing|appeal|acting|act|taking|take|campaigning|campaign)"),
        (OPEN, False, r"(?:please |do |kindly )(?:{go on} |keep on |write on )(?={for})"),
        (OPEN, False, r"(?:still|urgently) needs? (?:all )?(?:your|our) {things}"),
        (OPEN, False, r"{things} (?:{for} {who})? (?:should|must|can|may) (?:{go on}) (?:exactly |just )?as before"),
        (OPEN, False, r"(?:can|may|should) still (?:write|send|take action|act|appeal)"),
        (OPEN, False, r"{things} (?:{for} {who})? (?:(?:is|are) still|remains?|continues? to be) (?:urgently |very much )?(?:needed|requested|required|welcome|necessary)"),
        (OPEN, False, r"please (?:still )?(?:write|send appeals|send letters|act|appeal) only {for}"),
        (REVIEW, False, r"(?:do not|dont|not to) (?:send|write|take) (?:any )?{things}?"),
        (REVIEW, False, r"{things} (?:{for} {who})? (?:is|are|has been|have been) (?:now |temporarily |currently |being )?(?:suspended|on hold|put on hold|paused|frozen)"),
        (REVIEW, False, r"(?:nobody|no one|none of (?:us|you)) (?:should|must|may|is to|ought to) (?:now |therefore |for now )?(?:write|send|act|appeal)"),
        (REVIEW, False, r"please (?:suspend|pause|hold back|hold|withhold) (?:all |your |any |sending |further )*{things}"),
    ),
    "es": (
        (CLOSED, False, r"no se (?:requieren?|precisan?|solicitan?|necesitan?|piden?) {adverb}? (?:ninguna?|ningun|mas|nuev[oa]s?|otr[oa]s?|otr[oa])* {things}"),
        (CLOSED, False, r"no (?:es|son|sera|seran) (?:ya )?(?:necesari[oa]s?|precis[oa]s?) (?:(?:ninguna?|ningun|mas|otr[oa]s?|nuev[oa]s?) )+{things}"),
        (CLOSED, False, r"pueden? (?:ya )?dejar de (?:enviar|escribir|mandar|actuar)(?: {things})?"),
        (CLOSED, False, r"ya no se (?:requieren?|precisan?|solicitan?|necesitan?|piden?)"),
        (CLOSED, False, r"ya no se (?:requieren?|precisan?|solicitan?|necesitan?|piden?)(?: (?:ninguna?|ningun|mas|nuev[oa]s?|otr[oa]s?))* {things}"),
        (CLOSED, False, r"no (?:es|son|sera|seran) (?:ya )?(?:necesari[oa]s?|precis[oa]s?) (?:enviar|mas|ninguna?|ningun|realizar|emprender|seguir|actuar|otr[oa]s?|nuev[oa]s?|que (?:se )?(?:envien|sigan))"),
        (CLOSED, False, r"ya no (?:es|son|sera|seran) (?:necesari[oa]s?|precis[oa]s?)(?: (?:seguir|continuar|enviar|escribir|actuar|mandar|que (?:se )?(?:envien|escriban|sigan|manden)))?(?: (?:enviando|escribiendo|actuando|mandando))?(?: mas)?(?: {things})?"),
        (CLOSED, False, r"no (?:envien?|escriban?|manden?) (?:ya )?mas {things}"),
        (CLOSED, False, r"dejen? de (?:enviar|escribir|mandar)(?: {things})?"),
        (CLOSED, True, r"(?:damos|se da|dan) por (?:concluida|terminada|cerrada|finalizada) (?:esta|la) (?:accion urgente|au)"),
        (CLOSED, True, r"(?:se cierra|cerramos|concluimos|finalizamos|ponemos fin a|se pone fin a) (?:esta|la) (?:accion urgente|au)"),
        (CLOSED, True, r"con est[ae] (?:comunicacion|entrega|documento|actualizacion|informacion|au|accion) (?:concluye|termina|se cierra|finaliza|ponemos fin a|damos por (?:concluida|terminada|cerrada)) (?:esta|la) (?:accion urgente|accion|au|serie)"),
        (CLOSED, False, r"(?:ya )?no hacen? falta (?:enviar|seguir|mas|escribir|actuar|que)"),
        (CLOSED, False, r"(?:no envien|dejen de enviar|cesen|suspendan el envio de|detengan) (?:mas |el envio de |los )?{things}"),
        (CLOSED, True, r"(?:esta|la) (?:accion urgente|au)(?: ?\d{1,3}[/.]\d{2,4})? (?:ha concluido|ha finalizado|ha terminado|queda cerrada|queda concluida|se cierra|se da por|esta cerrada|ha sido cerrada|ha llegado a su fin|finaliza|concluye|termina)"),
        (OPEN, False, r"{things} (?:{for} {who})? (?:pueden|deben|podran|puede|debe) (?:continuar|seguir|proseguir|mantenerse)"),
        (OPEN, False, r"(?:sigan|continuen|continue|siga|sigue|continua) (?:enviando|escribiendo|actuando|mandando|con)"),
        (OPEN, False, r"(?:pueden|puede|puedes|se puede|se pueden) (?:aun |todavia )?(?:seguir|continuar) (?:enviando|enviandose|escribiendo|actuando|mandando)"),
        (OPEN, False, r"(?:aun|todavia) (?:se )?pueden? (?:enviar|escribir|enviarse)"),
        (OPEN, False, r"{things} (?:{for} {who})? (?:siguen|continuan) siendo (?:muy )?(?:necesari[oa]s|precis[oa]s|urgentes|importantes)"),
        (CLOSED, False, r"(?:los|las) (?:de|{for}) {who} ya no (?:son|hacen) (?:necesari[oa]s|precis[oa]s|falta)"),
        (CLOSED, False, r"{things} (?:{for} {who})? ya no (?:son|hacen) (?:necesari[oa]s|precis[oa]s|falta)"),
        (OPEN, False, r"(?:los|las) (?:de|{for}) {who} (?:(?:siguen|continuan) siendo (?:muy )?(?:necesari[oa]s|precis[oa]s|urgentes|importantes)|(?:pueden|deben|podran) (?:continuar|seguir|proseguir|mantenerse|enviarse))"),
        (CLOSED, True, r"(?:el caso|los casos|su caso|la accion) (?:de {who})? (?:pasa|pasan|pasara|pasaran|ha sido asumid[oa]|han sido asumidos|sera asumid[oa]|se transfiere|se transfieren|ha pasado|queda en manos) (?:a ser llevad[oa] |a manos |a cargo |ahora )*(?:a|por|de) (?:los |otros |unos |varios |diversos )*(?:grupos|secciones|equipos)"),
        (CLOSED, False, r"(?:pedimos|solicitamos|rogamos|se pide|se ruega|pide|ruega) (?:a la red |a los miembros |a todos |a ustedes |que |de acci(?:on|ones) urgentes? )*no (?:se )?(?:envien|escriban|manden|sigan enviando|sigan escribiendo|continuen enviando|continuen escribiendo|envie|escriba|mande) (?:mas|nuevos|otros|nuevas|otras) {things}"),
        (CLOSED, False, r"no (?:se )?(?:envien|escriban|manden|envie|escriba|mande) (?:ya )?mas {things}"),
        (OPEN, False, r"(?:sigan|continuen|siga|sigue|continua) (?:por favor )?(?:enviando|escribiendo|actuando|mandando)"),
        (REVIEW, False, r"no envien {things}"),
        (REVIEW, False, r"(?:suspendan?|interrumpan?|detengan?|aplacen?) (?:por (?:el momento|ahora)|de momento|temporalmente|provisionalmente) (?:el envio de )?(?:las |los |sus |todas |todos )*{things}"),
        (REVIEW, False, r"(?:suspendan?|interrumpan?|detengan?|aplacen?) (?:el envio de )?(?:las |los |sus |todas |todos )*{things} (?:{for} {who})? (?:por (?:el momento|ahora)|de momento|temporalmente|provisionalmente)"),
        (REVIEW, False, r"{things} (?:{for} {who})? (?:quedan|estan) (?:suspendid[oa]s|en suspenso)"),
    ),
    "fr": (
        (CLOSED, False, r"aucune? (?:autre |nouvelle |nouvel )?{things} (?:complementaires?|supplementaires?|nouvelle)? (?:{for} {who})? {network}? n ?est {adverb}? (?:requise?|demandee?|necessaire|attendue?|sollicitee?)"),
        (CLOSED, False, r"(?:pas|plus) d autres? {things} n? ?(?:est|sont) (?:requis|demand|necessaire)"),
        (CLOSED, False, r"il n ?est {adverb} (?:necessaire|utile|besoin|demande) (?:de |d )?(?:intervenir|envoyer|ecrire|agir|poursuivre|continuer|prolonger|faire)"),
        (CLOSED, False, r"(?:il n ?y a plus|plus) (?:lieu|besoin) (?:de |d )(?:envoyer|ecrire|agir|intervenir|poursuivre|continuer|faire)(?: (?:des |d autres |de nouveaux |vos )?{things})?"),
        (CLOSED, False, r"(?:inutile|pas necessaire|plus necessaire|plus la peine|plus utile) (?:de |d )(?:continuer|envoyer|ecrire|agir|intervenir)(?: (?:a |d )?(?:ecrire|envoyer|agir))?(?: (?:des |d autres |de nouveaux |vos )?{things})?"),
        (CLOSED, True, r"(?:nous mettons|amnesty international met|on met|met|mettre|avons mis|a mis) (?:donc |ainsi |desormais )?fin a (?:cette|l|la) ?(?:action urgente|au|presente action)"),
        (CLOSED, True, r"(?:cette|l|la presente) ?(?:action urgente|au) (?:prend fin|a pris fin|s acheve|se termine|touche a sa fin|est desormais close)"),
        (CLOSED, False, r"(?:le reseau|les membres du reseau|vous) n ?(?:a|ont|avez) plus (?:a|besoin d) ?(?:intervenir|agir|ecrire|envoyer(?: d appels)?)"),
        (CLOSED, False, r"(?:n envoyez plus|veuillez (?:ne plus|cesser|mettre fin|arreter)|merci de ne plus (?:envoyer|ecrire|intervenir|agir)|cessez d)"),
        (CLOSED, False, r"{things} (?:{for} {who})? ne sont plus (?:necessaires|requis|requises|demandes|demandees|utiles)"),
        (CLOSED, True, r"(?:cette|l|la presente) ?(?:action urgente|au|action)(?: ?\d{1,3}[/.]\d{2,4})? (?:est|a ete) (?:desormais |donc |maintenant |a present )?(?:close|terminee|cloturee|cloture|achevee|finie)"),
        (CLOSED, False, r"(?:seulement |uniquement )pour (?:votre )?information"),
        (CLOSED, False, r"pour information (?:seulement|uniquement)"),
        (CLOSED, True, r"terminee le \d{1,2}(?:er)?[./]?(?:[a-z]{3,9}|\d{1,2})[./]?(?:\d{2,4})?[^.;!?\n]*"),
        (OPEN, False, r"{things} (?:{for} {who})? (?:peuvent|doivent|pourront) (?:se poursuivre|continuer|etre poursuivi|(?:encore|toujours) etre envoye|etre (?:encore|toujours) envoye|continuer)"),
        (OPEN, False, r"(?:poursuivez|continuez) (?:vos|a |d |de |les|votre|envoy|l envoi)"),
        (OPEN, False, r"vous pouvez (?:continuer|toujours|encore|poursuivre)"),
        (OPEN, False, r"(?:veuillez|merci de) (?:continuer|poursuivre)"),
        (OPEN, False, r"{things} (?:{for} {who})? (?:restent|demeurent|sont toujours|sont encore) (?:tres |plus que jamais )?(?:necessaires|utiles|indispensables|importants|importantes|requis|requises|urgents|urgentes)"),
        (OPEN, False, r"(?:ceux|celles) {for} {who} (?:(?:restent|demeurent|sont toujours|sont encore) (?:tres |plus que jamais )?(?:necessaires|utiles|indispensables|importants|importantes|requis|requises|urgents|urgentes)|(?:peuvent|doivent|pourront) (?:se poursuivre|continuer|etre poursuivi))"),
        (CLOSED, False, r"(?:ceux|celles) {for} {who} ne sont plus (?:necessaires|requis|requises|demandes|demandees|utiles)"),
        (CLOSED, True, r"(?:le cas|les cas|l ?affaire|le dossier|son cas|son dossier|leur cas) (?:d[eu]? {who})? (?:est|sont|sera|seront|a ete|ont ete) (?:desormais |maintenant |a present )?(?:repris|reprise?s?|suivie?s?|confiee?s?|transmise?s?|pris en charge|prise en charge) (?:par|a|aux) (?:des |les |d autres |plusieurs |nos )?(?:groupes?|sections?|equipes?)"),
        (CLOSED, False, r"(?:demandons|demande|prions|prie|invitons|invite) (?:au|le|les|aux|a l ensemble du|l ensemble du)? ?(?:reseau|membres|membres du reseau|sympathisants|militants)?(?: d)?(?: actions? urgentes?)? de ne plus (?:envoyer|ecrire|intervenir|agir|adresser|faire parvenir)(?: (?:d|de|des|d autres|de nouveaux))?(?: {things})?"),
        (CLOSED, True, r"(?:est|sont|sera|seront|a ete|ont ete) (?:desormais |maintenant |a present )?(?:confiee?s?|transmise?s?|remise?s?|reprise?s?) (?:a|aux|par) (?:des |les |d autres |plusieurs |nos )?groupes"),
        (REVIEW, False, r"n envoyez (?:pas|aucun) "),
        (REVIEW, False, r"(?:suspendez|interrompez|differez) (?:pour (?:le moment|l instant)|provisoirement|temporairement)? (?:l envoi de |tous |toutes |vos |les )*{things}"),
        (REVIEW, False, r"{things} (?:{for} {who})? (?:sont|est) (?:suspendu|en suspens)"),
    ),
    "de": (
        (CLOSED, True, r"diese (?:urgent action|ua|eilaktion|aktion|briefaktion) (?:ist|wurde|wird) (?:nun |damit |hiermit |inzwischen |jetzt )?(?:beendet|abgeschlossen|geschlossen)"),
        (CLOSED, False, r"nur zur information"),
        (CLOSED, False, r"keine weiteren {things} (?:{for} {who})? (?:sind |ist )?{adverb}? (?:{ask}|mehr)"),
        (CLOSED, False, r"(?:sind|ist) {adverb}? keine weiteren {things} {adverb}? (?:{ask}|mehr)"),
        (CLOSED, False, r"(?:wir bitten (?:sie )?|bitte )(?:darum )?{adverb}? (?:keine (?:weiteren )?{things} mehr|nicht mehr) (?:zu )?(?:schreiben|senden|schicken|verschicken)"),
        (CLOSED, False, r"(?:senden|schreiben|schicken) sie (?:bitte )?keine (?:weiteren )?(?:appelle|briefe|schreiben)(?: mehr)?"),
        (CLOSED, False, r"weitere {things} (?:{for} {who})? (?:sind|ist) {adverb}? nicht {ask}"),
        (OPEN, False, r"(?:bitte )?(?:schreiben|setzen|senden|schicken) sie (?:sich )?(?:bitte )?(?:auch )?weiter(?:hin)? (?:{things})?"),
        (OPEN, False, r"{things} (?:{for} {who})? (?:sind|bleiben) (?:nach wie vor |weiterhin |auch weiterhin |noch immer )(?:erforderlich|notig|notwendig|wichtig|dringend)"),
        (REVIEW, False, r"(?:bitte )?(?:schreiben|senden|schicken) sie (?:bitte )?(?:vorerst|derzeit|zurzeit|noch) keine {things}"),
    ),
}  # fmt: skip

# Words behind a formula that say only when or by whom; the list of names comes after them.
BETWEEN: dict[str, str] = {
    "en": r"(?:only|solely|just|but only|but just|either|neither|at this time|at this stage|at this point|at present|at the present time|at the moment|for the present|for the time being|for the moment|for now|for today|currently|now|any more|any longer|anymore|please|to write|to send|to act|writing|sending|appeals|letters|letter|appeal|action|actions|in this case|on this case|in these cases|on this ua|on ua[\d/.]+|{network}|,)",
    "es": r"(?:adicional(?:es)?|solo|solamente|unicamente|pero solo|pero solamente|pero unicamente|ni|por favor|por el momento|por ahora|de momento|en este momento|actualmente|adicional(?:es)?|complementarias?|mas|nuevas?|enviando|llamamientos|cartas|{network}|,)",
    "de": r"(?:nur|bitte|derzeit|zurzeit|momentan|vorerst|jetzt|weiterhin|mehr|,)",
    "fr": r"(?:seulement|uniquement|mais seulement|mais uniquement|ni|s il vous plait|pour le moment|pour l instant|actuellement|a ce stade|a present|d agir|d ecrire|d envoyer|a agir|a ecrire|a envoyer|envoyer|agir|ecrire|intervenir|davantage|plus longtemps|a intervenir|d intervenir|des appels|vos appels|appels|vos actions|actions|{network}|,)",
}  # fmt: skip
HOLDING = r"until (?:we|you|further|the next|amnesty)|pending (?:further|more|news)|jusqu a (?:nouvel|ce que nous)|hasta (?:nuevo|que (?:les|no|volvamos))"
THANKS = r"(?:(?:with )?(?:many |our |warm |heartfelt )?thank(?:s|you)|(?:un grand |grand |mille )?merci|(?:muchas |muchisimas )?gracias|nuestro agradecimiento|nous remercions|agradecemos|vielen dank)"
CORRECTION = r"(?:please (?:disregard|ignore) (?:the|our|this|that|all)|(?:sent|issued|published|circulated) in error|this (?:corrects|replaces|supersedes) (?:the|our)|correction to (?:the|our)|ne tenez pas compte|anule y sustituye|esta correccion)"
OUTSIDERS = r"\b(?:police|court|courts|judge|judges|prosecutors?|ministry|minister|officials?|authorit(?:y|ies)|lawyers?|prison|governor|government|embassy|policia|tribunal|juez|fiscal(?:ia)?|autoridades|tribunal|juge|procureur|autorites|gendarmes)\b"
REPORTING = r"\b(?:said|says|told|tell|tells|announced|stated|wrote|declared|ruled|claimed|insisted|replied|informed|answered|according|that|whether|if|unless|dijo|dice|afirmo|anuncio|comunico|informo|segun|que|si|dit|declare|affirme|annonce|que|indique|selon|s il)\b|\bqu'"
SPEAKING = r"\b(?:said|says|told|tells?|announced|stated|wrote|declared|ruled|claimed|insisted|replied|informed|answered|according|dijo|dice|afirmo|anuncio|comunico|informo|segun|dit|declare|affirme|annonce|indique|selon)\b"
OURSELVES = r"\b(?:we|amnesty|nous|informamos|comunicamos|veuillez noter|please note)\b"
SECTION_ONLY = r"(?<!by)(?<!bylocal)(?<!to)(?<!byamnesty)(?<!byother)(?<!tolocal)(?<!toother)(?<!longterm)(?<!long-term)(?<!casework)(?:members|supporters|groups|activists|participants) (?:in|of the|from the|who live)(?!(?:the )?(?:ua |urgent action |whole )?network)(?![a-z, ]{2,60}?(?:have|has|will)(?:now|also|be)?(?:tak(?:en|e|ing)(?:up|over|on)|adopt))|section members"

# Pieces of a list that name nobody but point at people; matched on squeezed text.
NUMBER_WORDS: dict[str, int] = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
}  # fmt: skip
SHE_WORDS = (
    r"(?:women|woman|sisters?|girls?|mujer(?:es)?|hermanas|femmes?|soeurs?|toutes|ambas|las|mothers?|daughters?)"
)
HE_WORDS = r"(?:(?<!wo)men|(?<!wo)man|brothers?|boys?|hombres?|hommes?|freres?)"


@dataclass(frozen=True)
class Phrase:
    """A pattern with what it says."""

    verdict: Verdict
    is_final: bool
    pattern: Pattern
    language: str


WHO = r"(?P<who>[^.;!?\n]{2,400}?)"


def _squeezed_row(row: str, language: str) -> str:
    """A row of a table as the regular expression that it stands for."""
    for _ in range(2):
        for name, words in WORDS.get(language, {}).items():
            row = row.replace("{" + name + "}", words)
    return squeezed_pattern(row.replace("{who}", WHO))


def squeezed_pattern(row: str) -> str:
    """A pattern written in ordinary words, for text without blanks, accents and marks."""
    return re.sub(r" \??| ", "", re.sub(r" \*", "", fold_pattern(row)))


def fold_pattern(row: str) -> str:
    """A pattern with its letters folded; what is behind a backslash or names a group stays."""
    return "".join(
        piece if piece.startswith(("\\", "(?P<")) else fold(piece) for piece in re.split(r"(\\.|\(\?P<\w+>)", row)
    )


@lru_cache(maxsize=1)
def phrases() -> Table[Phrase]:
    """All phrases of all languages: a document may use another language's words in a quotation or a double issue."""
    made = [
        Phrase(verdict, is_final, pattern(_squeezed_row(row, language)), language)
        for language, rows in PHRASES.items()
        for verdict, is_final, row in rows
    ]
    return Table((phrase.pattern, phrase) for phrase in made)


@lru_cache(maxsize=1)
def list_openers() -> re.Pattern[str]:
    """What may stand between a formula and its list of names: times and networks, then "for" or its like."""
    between = "|".join(_squeezed_row(words, language) for language, words in BETWEEN.items())
    openers = "|".join(_squeezed_row(WORDS[language]["for"], language) for language in WORDS)
    return re.compile(rf"(?P<between>(?:{between})*)(?P<for>(?:{openers}):?)?")


@lru_cache(maxsize=1)
def loose() -> dict[str, Pattern]:
    """The patterns beside the phrases, by name, for squeezed text."""
    rows = {"holding": HOLDING, "thanks": THANKS, "correction": CORRECTION, "section": SECTION_ONLY}
    return {name: pattern(squeezed_pattern(row)) for name, row in rows.items()}
