"""The words that tell what became of somebody, by language. Matched on folded text."""

from dataclasses import dataclass
from functools import lru_cache

from campaign.domain.folding import word_set
from campaign.domain.patterns import Pattern, Table, pattern
from campaign.domain.urgent_action import Outcome

_WAS = r"(?:(?:was|were|has been|have been|is|are|is believed to have been|are believed to have been|may have been|is thought to have been|is said to have been|had reportedly been|has reportedly been)(?: (?!not|never|no)\w+ly| now| both| all| also| then| later| eventually| each| again| since| in fact| unconditionally| together)*)"
_FUE = r"(?:fue|fueron|ha sido|han sido|quedo|quedaron|resulto)"
_A_ETE = r"(?:a ete|ont ete|est|sont|fut|furent|a finalement ete)"

# Before the verb stands the person: "Ana Ruiz was released".
SUBJECT: dict[str, tuple[tuple[Outcome, str], ...]] = {
    "en": (
        (Outcome.DIED, rf"\b(?:has |have )?(?:reportedly )?died\b(?! down)|\b{_WAS} (?:found dead|killed|shot dead|murdered|beaten to death)|\b(?:is|are|was|were|remains?) (?:now )?(?:feared|presumed|believed|thought|reported|said|rumoured|declared|assumed)(?: to be| to have been)? (?:dead|killed|murdered)|\b(?:may|might|could) be dead|\b(?:may|might|could) have died|\bfeared dead|\bpresumed dead|\b(?:body|remains|corpse) (?:was|were|has been|have been) (?:found|discovered|identified|handed|recovered|returned)|\bpassed away\b|\b(?:took|drew|breathed) (?:his|her|their) last\b|\bsuccumbed to\b|\blost (?:his|her|their) li(?:fe|ves)\b|\bis dead\b|\btook (?:his|her|their) own life\b"),
        (Outcome.EXECUTED, rf"\b{_WAS} (?:executed|hanged|put to death|stoned to death|beheaded|shot by (?:a )?firing)|\b(?:execution|hanging)(?: \S+){{0,8}} (?:was|has been) carried out\b"),
        (Outcome.DEPORTED, rf"\b{_WAS} (?:forcibly )?(?:deported|extradited|expelled|sent back|forcibly returned|returned (?:by force )?to (?=[a-z])(?!his|her|their|work|prison|jail|custody)|removed to|flown back|flown out (?:of the country|to (?!(?:a |the )?(?:\w+ )?(?:hospital|clinic)))|(?:flown|taken|sent|put)(?: \w+){{0,6}} under (?:a|an|the|his|her) (?:deportation|expulsion|removal) order|handed over to the \w+ authorities|put on (?:a|the) (?:bus|plane|flight))"),
        (Outcome.DEPORTATION_HALTED, r"\b(?:will|would|is|are|was|were) (?:now |therefore )?(?:not|no longer)(?: going)?(?: to)? be (?:forcibly )?(?:deported|extradited|returned|sent (?:back|to)|removed|expelled|handed over to|flown)|\bno longer (?:faces?|at risk of) (?:deportation|extradition|being deported|removal)|\b(?:deportations?|extraditions?|removal|forcible return|expulsion)(?: orders?)?(?: \S+){0,12} (?:was|were|has been|have been) (?:\w+ly )?(?:halted|stopped|suspended|cancelled|put off|postponed|called off|stayed|blocked|revoked|quashed)"),
        (Outcome.ACQUITTED, rf"\b{_WAS} (?:acquitted|cleared|found not guilty|exonerated|declared innocent)"),
        (Outcome.CHARGES_DROPPED, r"\b(?:charges?|case|prosecution|proceedings|indictment|accusations?)(?: \S+){0,12} (?:was|were|has been|have been|had been)(?: \w+ly| all| both| now)* (?:dropped|withdrawn|dismissed|thrown out|discontinued|quashed|closed)\b|\bno longer faces? (?:any )?(?:charges?|prosecution|trial)"),
        (Outcome.RELEASED_ON_BAIL, rf"\b{_WAS} (?:granted bail|bailed|(?:released|freed|let out|set free|let go|out)(?: \w+){{0,5}}? on (?:\w+ ){{0,3}}bail)|\b(?:walked|went|came) (?:out|free|home) on bail|\bout on bail|\b(?:and|then|but) (?:was |were )?(?:later |then |also )?(?:released|freed|let out|let go)(?: \w+){{0,5}} on (?:\w+ ){{0,3}}bail|\b(?:bail was granted to|was (?:allowed|given) bail|made bail|posted bail)"),
        (Outcome.RELEASED, rf"\b(?:was|were) on (?:a|the) list of [^.;]{{0,50}}\b(?:pardoned|released|freed|amnestied)\b|\b{_WAS} (?:(?:released|freed|set free|let go|let out|pardoned|discharged|liberated|sent home|allowed home|allowed to go home|amnestied)\b|at liberty|(?:alive and |now |finally |at last )*free(?: again)?\b(?! (?:to|of|from))|(?:now |back |home |again )*with (?:his|her|their) (?:famil(?:y|ies)|parents|children|mothers?)\b|out of (?:prison|jail|detention|custody)|back (?:at )?home|free\b|home\b|reunited with|released from)|\bwalked (?:free|out of)|\b{_WAS} (?:among|one of) [^.;]{{0,50}}?\b(?:freed|released|pardoned|amnestied)\b|\b(?:benefited|profited) from (?:a|an|the) (?:[\w']+ ){{0,4}}(?:pardon|amnesty)|\b{_WAS} (?:included in|covered by|part of) (?:a|an|the) (?:\w+ ){{0,4}}(?:pardon|amnesty)|\bleft (?!.{{0,20}}\bto be)(?:[\w'-]+ ){{0,5}}(?:prison|jail|custody|detention|penitentiary|camp|colony|police station|cells?)\b|\b(?:returned|went|came|arrived) (?:back )?home\b|\bregained (?:his|her|their) (?:freedom|liberty)|\b(?:could|(?:was|were) (?:finally |at last )?able to) (?:\w+ )?(?:go|return|walk|come) (?:back )?(?:home|free)\b|\b{_WAS} (?:allowed|permitted) to (?:leave (?:the )?(?:\w+ ){{0,3}}(?:prison|jail|custody|detention|cells?|station|barracks|camp|lines)|go home|return home|(?:return|go back) to (?:his|her|their) (?:famil(?:y|ies)|homes?|villages?|children|parents))\b|\b(?:received|granted|given) a (?:\w+ )?pardon|\bcompleted (?:his|her|their) sentences? and"),
        (Outcome.WHEREABOUTS_ESTABLISHED, rf"\b{_WAS} (?:found|located|traced|discovered)\b(?! (?:dead|guilty|not|to|by the court))|\b{_WAS} traced to\b|\b(?:fate|whereabouts)(?: \S+){{0,6}} (?:is|are) no longer (?:in doubt|unknown|a secret|secret|a mystery)|\bwhereabouts(?: \w+){{0,6}} (?:was|were|have been|has been|are) (?:now )?(?:known|established|confirmed|revealed|disclosed)|\b{_WAS} confirmed to be (?:held|in|alive)|\bis (?:now )?known to be (?:held|in|alive)|\b(?:found|seen|confirmed|known to be) alive\b|\b(?:missing|disappeared)\b[^.;]{{0,120}}\b(?:is|are) alive\b"),
        (Outcome.SENTENCE_COMMUTED, rf"\bsentences?(?: \S+){{0,10}} (?:was|were|has been|have been)(?: \w+ly)* (?:commuted|(?:reduced|changed|turned|converted|altered) (?:to|into) (?:a |one of )?(?:life|prison|imprisonment|\w+ years)|replaced (?:by|with) (?:a |one of )?(?:life|prison|imprisonment|\w+ years))|\b{_WAS} (?:granted clemency|reprieved and|spared)"),
        (Outcome.STAY_OF_EXECUTION, rf"\b{_WAS} (?:granted|given|issued)(?: \S+){{0,4}} (?:stay|reprieve)|\b(?:received|won|got|obtained)(?: \S+){{0,4}} (?:stay|reprieve)|\b(?:executions?|hangings?|execution dates?|execution warrants?|death warrants?|black warrants?),?(?: \S+){{0,20}} (?:was|were|has been|have been)(?: \w+ly)* (?:stayed|halted|postponed|suspended|put off|called off|stopped|blocked|lifted|cancelled|withdrawn)"),
        (Outcome.SENTENCE_UPHELD, r"\b(?:sentences?|convictions?|prison terms?|verdicts?)(?: \S+){0,10} (?:was|were|has been|have been)(?: \w+ly)* (?:upheld|confirmed)|\blost (?:his|her|their) (?:final |last )?appeals?\b|\bappeals?(?: \S+){0,3} failed\b|\bappeals?(?: \S+){0,6} (?:was|were|has been|have been) (?:rejected|dismissed|turned down)"),
        (Outcome.SENTENCED, rf"\b{_WAS} (?:sentenced|convicted|found guilty|jailed for|given (?:an? )?[\w-]+(?:-| )(?:year|month)|handed (?:an? |down )?)|\bmust (?:now )?(?:serve|spend) [\w-]+ (?:years|months)\b|\b(?:received|got|{_WAS} given) (?:an? )?(?:\w+ ){{0,2}}sentences? of\b|\b(?:received|got) (?:an? )?[\w\-]+(?:-| )(?:years?|months?)\b"),
        (Outcome.OTHER, rf"\b{_WAS} (?:moved|transferred|taken|sent) (?:\w+ ){{0,2}}from [^.;]{{2,60}}? (?:to|into) house arrest\b"),
    ),
    "es": (
        (Outcome.OTHER, r"\b(?:paso|pasaron|fue trasladad[oa]|fueron trasladad[oa]s) (?:de [^.;]{2,40} )?a (?:un )?(?:arresto|prision|detencion) domiciliari[oa]\b"),
        (Outcome.DIED, r"\b(?:perdio|perdieron) la vida\b|\b(?:habria|habrian) (?:muerto|fallecido|sido asesinad)|\b(?:podria|podrian) (?:haber muerto|estar muert)|\bse teme que (?:haya|hayan) muerto|\b(?:murio|murieron|fallecio|fallecieron|ha muerto|ha fallecido|han muerto|fue hallad[oa] muert|fue asesinad|fueron asesinad)"),
        (Outcome.EXECUTED, rf"\b{_FUE} (?:ejecutad|ahorcad)"),
        (Outcome.DEPORTED, rf"\b{_FUE} (?:deportad|expulsad|extraditad|devuelt[oa]s? a)"),
        (Outcome.DEPORTATION_HALTED, r"\b(?:no sera|no seran|ya no sera) (?:deportad|expulsad|extraditad)|\b(?:expulsion|deportacion|extradicion)(?: \S+){0,6} (?:fue|ha sido|quedo) (?:suspendid|cancelad|anulad|aplazad)"),
        (Outcome.ACQUITTED, rf"\b{_FUE} (?:absuelt|declarad[oa]s? inocente|exonerad)"),
        (Outcome.CHARGES_DROPPED, r"\b(?:retiraron|retiro|han retirado|ha retirado|desestimo|desestimaron|archivo|archivaron|se retiraron) (?:\w+ ){0,3}(?:cargos|acusaci|causa)|\bcargos(?: \S+){0,6} (?:fueron|han sido) (?:retirad|desestimad|sobresei)|\bsobreseimiento\b|\bsobresey(?:o|eron)\b|\bcausa(?: \S+){0,6} (?:fue|ha sido|quedo) (?:sobreseida|archivada|desestimada)"),
        (Outcome.RELEASED_ON_BAIL, r"\blibertad (?:bajo fianza|con fianza|provisional|condicional)|\bbajo fianza"),
        (Outcome.RELEASED, rf"\b{_FUE} (?:puest[oa]s? en libertad|liberad|excarcelad|indultad|en libertad)|\bsali(?:o|eron)\b[^.;]{{0,100}}?, (?:en libertad|libres?)\b|\b(?:quedo|quedaron|esta|estan|salio|salieron) (?:ya )?(?:en libertad|libres?|(?:de|del|de la) (?:prision|carcel|centro))|\b(?:esta|estan|volvio|volvieron|regreso|regresaron) (?:ya |de nuevo )?(?:en|a) (?:su )?casa\b|\bse (?:beneficio|beneficiaron) de(?:l| un) indulto\b|\brecobr(?:o|aron) la libertad|\brecupero (?:su|la) libertad|\bvolvio a casa (?:libre|desde)"),
        (Outcome.WHEREABOUTS_ESTABLISHED, rf"\b{_FUE} (?:hallad|encontrad|localizad)[oa]s?\b(?! muert)|\bapareci(?:o|eron) (?:con vida|viv[oa]s?)\b|\bse conoce (?:ya )?(?:su|el) paradero"),
        (Outcome.SENTENCE_COMMUTED, r"\bpena(?: \S+){0,8} (?:fue|ha sido) (?:conmutad|sustituid|reducid)|\bconmut(?:o|aron|ado)\b"),
        (Outcome.STAY_OF_EXECUTION, r"\bejecucion(?: \S+){0,6} (?:fue|ha sido|quedo) (?:suspendid|aplazad|detenid)|\bsuspension de la ejecucion"),
        (Outcome.SENTENCE_UPHELD, r"\b(?:confirmo|confirmaron|ratifico|ratificaron) (?:la |su )?(?:condena|sentencia|pena)|\b(?:condena|sentencia)(?: \S+){0,6} (?:fue|ha sido) (?:confirmad|ratificad)"),
        (Outcome.SENTENCED, rf"\b{_FUE} (?:condenad|sentenciad|declarad[oa]s? culpable)"),
    ),
    "fr": (
        (Outcome.DIED, r"\b(?:serait|seraient) (?:mort|decede)|\baurai(?:t|ent) ete tuee?s?|\bpourrai(?:t|ent) etre mort|\b(?:est mort|est morte|sont morts|sont mortes|est decede|est decedee|sont decedes|a ete tue|a ete retrouvee? mort|a succombe|s'est suicid)"),
        (Outcome.EXECUTED, rf"\b{_A_ETE} (?:execute|pendu|mis a mort)"),
        (Outcome.DEPORTED, rf"\b{_A_ETE} (?:expulse|extrade|renvoyee?s? (?:de force|en|au|vers)|reconduit)"),
        (Outcome.DEPORTATION_HALTED, r"\bne (?:sera|seront) (?:pas|plus) (?:expulse|extrade|renvoye)|\b(?:expulsion|extradition|renvoi)(?: \S+){0,6} (?:a ete|est) (?:suspendu|annule|reporte|bloque)"),
        (Outcome.ACQUITTED, rf"\b{_A_ETE} (?:acquitte|relaxe|innocente|blanchi|disculpe)"),
        (Outcome.CHARGES_DROPPED, r"\b(?:charges|poursuites|accusations?)(?: \S+){0,8} (?:ont ete|a ete|sont|ayant ete|etant) (?:\w+ )?(?:abandonne|levee|classee|annule)|\ba abandonne (?:\w+ ){0,3}(?:charges|poursuites)|\bnon-lieu\b"),
        (Outcome.RELEASED_ON_BAIL, r"\b(?:liberte|liberee?s?|liberte provisoire|remise?s? en liberte)(?: \w+){0,3} sous caution|\bliberte (?:provisoire|conditionnelle)"),
        (Outcome.RELEASED, rf"\b(?:a|ont) beneficie d'une (?:\w+ de )?(?:grace|amnistie)\b|\b{_A_ETE} (?:liber|remise?s? en liberte|relache|gracie|en liberte|libres?\b|rentree?s? chez)|\b(?:a|ont) (?:enfin )?(?:quitte|recouvre|retrouve) (?:la |sa |leur |le )?(?:prison|liberte|centre)|\b(?:a|ont) (?:enfin )?(?:retrouve|rejoint) (?:les siens|(?:sa|leur) famille|(?:ses|leurs) (?:proches|enfants|parents))\b|\b(?:a|ont) franchi (?:la|les) (?:portes?|grilles?) (?:de la |du )(?:prison|centre|camp|commissariat)|\b(?:a|ont) (?:fini de purger|purge) (?:l'integralite de |toute )?(?:sa|leur|leurs) peines?\b|\b(?:est|sont) sorti(?:e|s|es)? de (?:la |leur |sa )?(?:prison|detention|centre|colonie|geole)\b|\b(?:est|sont) rentree?s? chez|\b(?:a|ont) (?:enfin )?pu (?:rentrer|retourner) chez (?:lui|elle|eux|elles|soi)\b"),
        (Outcome.WHEREABOUTS_ESTABLISHED, rf"\b{_A_ETE} (?:retrouve|localise)e?s?\b(?! mort)"),
        (Outcome.SENTENCE_COMMUTED, r"\bpeine(?: \S+){0,8} (?:a ete|est) commuee"),
        (Outcome.STAY_OF_EXECUTION, r"\bsursis\b(?: a l'execution)|\bexecution(?: \S+){0,6} (?:a ete|est) (?:suspendue|reportee)"),
        (Outcome.SENTENCE_UPHELD, r"\b(?:peine|condamnation)(?: \S+){0,8} (?:a ete|est) confirmee|\ba confirme (?:la |sa |leur )?(?:peine|condamnation)"),
        (Outcome.SENTENCED, rf"\b{_A_ETE} (?:condamne|reconnue?s? coupable)"),
    ),
    "de": (
        (Outcome.DIED, r"\b(?:ist|sind|wurde|wurden)\b(?:[^.;]|\d\.){0,80}? (?:gestorben|verstorben|tot aufgefunden|getotet|ermordet)\b|\b(?:starb|starben)\b"),
        (Outcome.EXECUTED, r"\b(?:wurde|wurden|ist|sind)\b(?:[^.;]|\d\.){0,80}? (?:hingerichtet|gehangt)\b"),
        (Outcome.DEPORTED, r"\b(?:wurde|wurden|ist|sind)\b(?:[^.;]|\d\.){0,80}? (?:abgeschoben|ausgeliefert|ausgewiesen)\b"),
        (Outcome.ACQUITTED, r"\b(?:wurde|wurden|ist|sind)\b(?:[^.;]|\d\.){0,100}? freigesprochen\b"),
        (Outcome.CHARGES_DROPPED, r"\b(?:anklagen?|verfahren|vorwurfe)\b(?:[^.;]|\d\.){0,80}? (?:fallen ?gelassen|eingestellt|zuruckgezogen)\b"),
        (Outcome.RELEASED_ON_BAIL, r"\b(?:kam|kamen|wurde|wurden|ist|sind)\b(?:[^.;]|\d\.){0,60}? gegen (?:eine )?kaution (?:[^.;]|\d\.){0,30}?\b(?:frei|freigelassen|entlassen|freigekommen)\b"),
        (Outcome.RELEASED, r"\b(?:kam|kamen|wurde|wurden|ist|sind)\b(?:[^.;]|\d\.){0,100}? (?:frei|freigelassen|freigekommen|begnadigt|in freiheit|wieder zu ?hause|aus (?:der|dem) (?:haft|untersuchungshaft|gefangnis) entlassen)\b"),
        (Outcome.SENTENCED, r"\b(?:wurde|wurden|ist|sind)\b(?:[^.;]|\d\.){0,100}? (?:verurteilt|schuldig gesprochen)\b"),
    ),
}  # fmt: skip

# Behind the verb stands the person: "a court sentenced Ana Ruiz to three years".
OBJECT: dict[str, tuple[tuple[Outcome, str], ...]] = {
    "en": (
        (Outcome.DIED, r"\bthe (?:dead )?(?:body|bodies|remains|corpses?) of\b|\b(?:announced|confirmed|reported) the death of\b|\b(?:thought|believed|feared|said|presumed|assumed|suspected|reported|likely|confirmed|found|known) to be (?:that|those|the (?:body|remains|corpse)) of\b|\b(?:may|might|could) (?:well )?be (?:that|those|the (?:body|remains|corpse)) of\b|\bidentified (?:\w+ )?as (?:that |those |the (?:body|remains) )?(?:of )?(?=\w)|\b(?:body|remains|corpse) (?:that |which )?(?:may|might|could|is|was|are) (?:\w+ )?(?:to )?be\b"),
        (Outcome.EXECUTED, r"\b(?:authorities|government|state|guards) (?:executed|hanged)\b"),
        (Outcome.DEPORTED, r"\b(?:authorities|government|officials|police|country) (?:deported|extradited|expelled)\b"),
        (Outcome.ACQUITTED, r"\bfound\b(?= [^.;]{2,100}? not guilty\b)|\bdeclared\b(?= [^.;]{2,60}? innocent\b)|\b(?:courts?|judges?|jury|tribunal|magistrates?|bench|judgement|judgment|ruling|verdict)\b(?: \S+){0,8} (?:acquitted|cleared|exonerated)\b|\b(?:and|then) (?:acquitted|cleared|exonerated)\b"),
        (Outcome.CHARGES_DROPPED, r"\b(?:dropped|withdrew|dismissed|threw out|quashed|discontinued|abandoned|closed) (?:\w+ ){0,8}(?:charges?|case|indictment|accusations?|prosecution|proceedings)(?: (?:of|under) [^,;.]{1,60}?)? against\b|\b(?:charges?|case|proceedings) against\b(?=.{2,120}? (?:was|were|has been|have been)(?: \w+ly| all| both)* (?:dropped|withdrawn|dismissed|thrown out|discontinued|quashed|closed)\b)"),
        (Outcome.RELEASED, r"\b(?:amnesty|pardon)\b[^.;]{0,60}? (?:included|covered|extended to|freed|applied to)\b|\b(?:gates?|doors?) of [^.;]{2,40}? opened for\b|\b(?:let|allowed|lets)\b(?= .{2,60}? (?:go(?: home| free)?|out|leave)\b)|\b(?:authorities|government|police|officials|court|judge|guards|army|captors|kidnappers|president|king|amir|sultan|prosecutor|prosecutors|magistrate|judges|prison|gendarmes|soldiers|militia)\b(?: \S+){0,4} (?:released|freed|pardoned|set free|let go)\b"),
        (Outcome.SENTENCE_COMMUTED, r"\bcommuted (?:the )?(?:death )?(?:sentences? )?(?:of )?|\b(?:turned|changed|converted|reduced|replaced)\b(?= [^.;]{2,60}?'s? death sentences? (?:to|into|with|by)\b)|\b(?:turned|changed|converted|reduced) the death sentences? (?:of|against|on)\b"),
        (Outcome.STAY_OF_EXECUTION, r"\b(?:stayed|halted|postponed|suspended|put off|called off) (?:the (?:execution|hanging) of|(?:his|her|their) (?:execution|hanging)s?)\b|\b(?:issued|granted|gave)\b[^.]{0,40}\b(?:stay|reprieve)\b[^.]{0,30}? (?:to|for)\b|\bgranted\b(?=.{2,60} (?:stay|reprieve))"),
        (Outcome.SENTENCE_UPHELD, r"\b(?:left|let)\b(?= [^.;]{2,80}? (?:sentences?|convictions?|terms?|verdicts?) (?:untouched|unchanged|stand|standing|in place|intact|in force)\b)|\b(?:upheld|confirmed) (?:\S+ ){0,6}(?:sentences?|convictions?|prison terms?|verdicts?|judgments?|judgements?|terms?)(?: \S+){0,10}? (?:of|against|on|for|to)\b(?! (?:appeal|\w+ (?:years?|months?|days?)|imprisonment|life|death))|\b(?:upheld|confirmed) (?:\S+ ){0,4}(?:sentences?|prison terms?|terms?) of [^.;]{1,60}?\b(?:which|that|imposed on|passed on|given to|against)\b|\brejected (?:the )?(?:final )?appeals? (?:of|by|from)\b"),
        (Outcome.SENTENCED, r"\b(?:sentenced|convicted|jailed)\b(?! in\b)|\b(?:has |have )?found\b(?= [^.;]{2,100}?(?<! not) guilty\b)|\b(?:handed|gave|given)\b(?= [^.;]{2,60}? an? [\w-]+[- ](?:years?|months?)[- ](?:(?:prison|jail) )?(?:sentence|term))"),
        (Outcome.WHEREABOUTS_ESTABLISHED, r"\b(?:found|traced|located|discovered)\b(?= (?:him|her|them) (?:in|at|alive|on)\b)|\b(?:is|has been|was) (?:now |finally )?(?:known|established|confirmed|revealed) where\b(?= .{2,60}? (?:is|are|was|were)\b)|\b(?:admitted|acknowledged|conceded|confirmed)\b[^.;]{0,50}? that (?:it|they|the \w+) (?:holds?|held|is holding|are holding|has|have)\b|\b(?:admitted|acknowledged|conceded)\b[^.;]{0,50}? that\b(?= .{2,60}? (?:is|are|was|were) (?:being )?(?:held|detained|in|at)\b)"),
        (Outcome.DEPORTATION_HALTED, r"\b(?:dropped|abandoned|given up|gave up|withdrawn|withdrew|shelved|cancelled) (?:its|their|the|his|any) (?:plans?|attempts?|bid|order|decision) to (?:send|deport|return|extradite|expel|hand)\b|\b(?:halted|stopped|suspended|cancelled|blocked|postponed|put off|called off|quashed|revoked|stayed|overturned|annulled) (?:\w+ ){0,3}(?:deportation|extradition|removal|expulsion|forcible return)(?: orders?)?(?: (?:of|against|for)\b)?"),
    ),
    "es": (
        (Outcome.DIED, r"\b(?:el cuerpo|los cuerpos|los restos|el cadaver) (?:sin vida )?de\b|\b(?:podria|podrian|pudiera|pudieran) ser (?:el|los) de\b|\b(?:seria|serian) (?:el|los) de\b|\b(?:restos|cuerpo|cadaver)\b[^.;]{0,80}? (?:son|es|eran|era|pertenecen a|corresponden a) (?:los de|el de)?(?= [a-z])|\b(?:se cree|se teme|se piensa) que (?:es|son|sea|sean|era|eran) (?:el|los) de\b|\bla muerte de\b"),
        (Outcome.ACQUITTED, r"\bdeclar(?:o|aron) inocentes? a\b|\b(?:absolvio|absolvieron|ha absuelto|han absuelto)\b[^.;]{0,60}? a\b(?= )"),
        (Outcome.SENTENCE_UPHELD, r"\b(?:confirmo|confirmaron|ratifico|ratificaron) (?:la |su )?(?:condena|sentencia|pena)(?: \w+){0,4}? (?:de|contra|impuesta a)\b"),
        (Outcome.RELEASED, r"\b(?:concedio|otorgo) (?:el|un) indulto a\b|\b(?:liberaron|libero|pusieron en libertad|puso en libertad|excarcelaron|indulto|dejaron en libertad|dejo en libertad|ha puesto en libertad|han puesto en libertad)\b[^.;]{0,40}? a\b(?= )"),
        (Outcome.SENTENCED, r"\b(?:condeno|condenaron|sentencio|ha condenado)\b[^.;]{0,40}? a\b(?= (?!\w+ (?:anos|meses)))"),
        (Outcome.CHARGES_DROPPED, r"\b(?:dicto|decreto|ordeno|acordo|pidio y obtuvo) el sobreseimiento\b[^.;]{0,60}? (?:contra|en favor de|a favor de)\b|\b(?:archivo|archivaron|cerro|cerraron) (?:la|el) (?:causa|caso|expediente|investigacion) (?:contra|de)\b|\bcargos contra\b(?=.{2,120}? (?:fueron|han sido) (?:retirad|desestimad|sobresei))|\b(?:retiraron|retiro|desestimo|desestimaron|sobreseyo|sobreseyeron|levanto|levantaron) (?:\w+ ){0,10}(?:cargos|acusaci\w+|causa|denuncia) (?:\w+ ){0,3}contra\b"),
    ),
    "fr": (
        (Outcome.DIED, r"\b(?:le corps|les corps|la depouille|les restes) (?:sans vida |sans vie )?d(?:e|u|es)\b|\b(?:serait|seraient|pourrait etre|pourraient etre) ceux? d(?:e|u|es)\b|\b(?:serait|pourrait etre) celui d(?:e|u)\b|\bla mort d(?:e|u)\b"),
        (Outcome.ACQUITTED, r"\b(?:a|ont) (?:\w+ )?(?:acquitte|relaxe|innocente|disculpe)\b"),
        (Outcome.SENTENCE_UPHELD, r"\b(?:a|ont) confirme (?:la |sa |les )?(?:peines?|condamnations?)(?: \w+){0,6}? (?:d'|de |du |prononcee?s? contre )(?=\w)"),
        (Outcome.RELEASED, r"\b(?:a libere|ont libere|ont relache|a relache|a gracie|ont remis en liberte|a remis en liberte)\b"),
        (Outcome.SENTENCED, r"\b(?:a condamne|ont condamne)\b"),
        (Outcome.CHARGES_DROPPED, r"\bnon-lieu\b[^.;]{0,60}? (?:en faveur|au benefice|a l'egard) (?:d'|de |du )|\b(?:a|ont) renonce a (?:\w+ ){0,3}(?:poursuites?|charges|accusations?|proces)(?: \w+){0,3} (?:contre|visant)\b|\b(?:a|ont) (?:\w+ )?(?:abandonne|leve|annule|retire|classe)\b(?: \S+){0,8} (?:charges|poursuites|accusations|dossier|affaire)(?: \w+){0,3} (?:contre|visant)\b|\b(?:charges|poursuites)(?: \w+){0,3} contre\b(?=.{2,120}? (?:ont ete|sont) (?:abandonne|levee|classee|annule))"),
    ),
}  # fmt: skip

# In headlines, where verbs lose their helpers and names are left out.
TITLES: tuple[tuple[Outcome, str], ...] = (
    (Outcome.DIED, r"\b(?:dies|died|found dead|dead|muere|muerto|(?<!de )(?<!a )(?<!la )mort|meurt|decede)\b"),
    (Outcome.EXECUTED, r"\b(?:executed|hanged|ejecutad[oa]s?|executee?s?|pendu|hingerichtet)\b"),
    (Outcome.DEPORTED, r"\b(?:deported|extradited|forcibly returned|expelled|sent back|deportad[oa]s?|expulsad[oa]s?|extraditad[oa]s?|expulsee?s?|extradee?s?|renvoyee?s? de force|abgeschoben)\b"),
    (Outcome.DEPORTATION_HALTED, r"\b(?:deportation|extradition|expulsion|deportacion|extradicion) (?:\w+ )?(?:halted|stopped|suspended|postponed|cancelled|blocked|suspendid\w+|aplazad\w+|cancelad\w+|suspendue|annulee|reportee)\b"),
    (Outcome.ACQUITTED, r"\b(?:acquitted|cleared|not guilty|exonerated|absuelt[oa]s?|acquittee?s?|relaxee?s?|freigesprochen)\b"),
    (Outcome.CHARGES_DROPPED, r"\b(?:charges?|case) (?:\w+ ){0,4}(?:dropped|dismissed|withdrawn|thrown out|quashed|closed)\b|\bcargos retirados\b|\b(?:charges|poursuites) (?:\w+ )?abandonnees\b"),
    (Outcome.RELEASED_ON_BAIL, r"\b(?:on bail|bajo fianza|sous caution)\b"),
    (Outcome.RELEASED, r"\b(?:released|freed|set free|pardoned|free at last|walks free|en libertad|liberad[oa]s?|excarcelad[oa]s?|indultad[oa]s?|remise?s? en liberte|liberee?s?|graciee?s?|libres?|freigelassen|wieder frei|in freiheit)\b|\ba purge sa peine\b|\bsort(?:ent)? de prison\b"),
    (Outcome.WHEREABOUTS_ESTABLISHED, r"\b(?:found|located|whereabouts (?:known|confirmed|revealed)|hallad[oa]s?|localizad[oa]s?|retrouvee?s?)\b"),
    (Outcome.SENTENCE_COMMUTED, r"\b(?:commuted|commutation|clemency granted|granted clemency|conmutad\w+|commuee)\b"),
    (Outcome.STAY_OF_EXECUTION, r"\b(?:halts? (?:the )?(?:hanging|execution)|hanging (?:halted|stayed|put off)|stay of execution|execution (?:stayed|halted|postponed|suspended|put off)|reprieve|wins stay|granted stay|ejecucion (?:suspendida|aplazada)|execution (?:suspendue|reportee)|sursis a l'execution)\b"),
    (Outcome.SENTENCE_UPHELD, r"\b(?:upheld|appeal (?:rejected|dismissed)|confirmad[oa]|confirmee)\b"),
    (Outcome.SENTENCED, r"\b(?:sentenced|convicted|jailed for|condenad[oa]s?|condamnee?s?)\b"),
)  # fmt: skip
# Of the whole paper rather than of somebody in it.
HANDED_ON = r"\b(?:case|cases|action|work|search|files?|casework)\b.{0,80}\b(?:is|are|has|have|will)(?: (?:now|therefore|thus|also|since|already))*(?: being| been| be)? (?:\w+ )?(?:passed on|passed to|handed over|handed on|handed to|transferred to|taken up by|taken over by|taken on by|adopted by|entrusted to|assigned to|picked up by|pursued (?:by|through|in)|continued (?:by|through))|\bgroups? .{0,60}\bwill (?:now )?(?:work|take up|continue)\b.{0,80}\b(?:for|on)\b|\bgroups?\b.{0,60}\bwill (?:now )?be (?:taking|working|pursuing)\b|\bgroups?\b.{0,110}\b(?:have|has) (?:taken up|taken over|taken on|adopted)|\blong-?term (?:work|casework|campaign)|\b(?:caso|casos|accion)\b.{0,60}\b(?:pasan?|pasaran?|ha pasado|han pasado|se transfieren?|sera asumid[oa]|ha sido asumid[oa]|queda en manos)\b.{0,60}\b(?:grupos?|otro)|\b(?:cas|dossier)\b.{0,60}\b(?:est|sera|a ete|sont|ont ete) (?:\w+ )?(?:transmis|confiee?s?|reprise?s?|suivie?s?|prise? en charge)\b.{0,60}\b(?:groupes?|autre)"
BETTERED = r"\b(?:may|can) (?:now|at last|finally|again) (?:see|meet|receive|have|write|work|travel)\b|\b(?:moved|transferred) to an? (?:larger|better|bigger|cleaner|lighter|less \w+) \w+\b|\b(?:was|were|has been|have been) (?:finally |at last )?(?:taken|moved|transferred|admitted) (?:from (?:\w+ ){1,6}?)?to (?:a |the )?(?:\w+ )?hospital\b|\b(?:had|underwent) (?:an? |the )?(?:\w+ )?operation\b|\bwill not be (?:evicted|driven (?:out|off)|forced (?:out|off|to leave)|expelled|removed|cleared|demolished|closed|built|pulled down|relocated|flooded|filled|mined|drained|felled|cut down|dug up|fenced off|sold)|\b(?:evictions?|demolitions?|order|bill|law|permit|project|mine|dam|ban|decree|licence|concession|plan)\b(?: \S+){0,20} (?:was|were|has been|have been) (?:\w+ly )?(?:cancelled|called off|halted|stopped|withdrawn|rejected|suspended|dropped|quashed|annulled|overturned|revoked|shelved|voted down|lifted|vetoed)|\b(?:court|parliament|government|president|senate|minister|council|judge)\b(?: \S+){0,3} (?:cancelled|rejected|withdrew|suspended|annulled|overturned|quashed|revoked|lifted|vetoed|shelved|halted|voted down|struck down|set aside|struck\b.{0,60}\boff)\b|\b(?:was|were|has been|have been|is|are) (?:now |finally |at last )?(?:allowed|permitted|able) to (?:see|meet|receive|visit|speak|call|travel|return)|\b(?:was|were|has been|have been|is|are) (?:now |finally )?(?:being )?(?:given|granted|receiving|getting|provided with|treated|moved to (?:a )?(?:hospital|better))\b(?! (?:bail|a stay|clemency|\w+ years?))|\bordered [^.;]{0,60}? to (?:stop|halt|suspend|cancel|withdraw|reinstate|rebuild|pay|return)\b|\b(?:received|gained|got|won) (?:\w+ ){0,3}(?:access|medical|treatment|protection|visits?|title|right)|\b(?:tribunal|juez|jueza|corte|gobierno|congreso|parlamento|suprema)\b(?: \S+){0,6} (?:anul(?:o|ara|ase|aron)|suspendi(?:o|era|ese|eron)|rechaz(?:o|ara|ase|aron)|revoc(?:o|ara|ase|aron)|cancel(?:o|ara|ase|aron))\b|\b(?:volvio|volvieron|regreso|regresaron|pudo volver|pudieron volver) a sus? (?:tierras?|casas?|hogares|aldeas?)\b|\b(?:est|sont|a pu|ont pu) (?:revenue?s?|retournee?s?|revenir|retourner) sur (?:ses|leurs) terres\b|\b(?:returned|went back|came back|could return|allowed back) to (?:its|their) (?:land|lands|village|homes?|forest)\b|\b(?:tribunal|juge|cour|gouvernement|parlement|conseil)\b(?: \S+){0,6} (?:a annule|a suspendu|a rejete|a casse|a retire)\b|\b(?:declared|ruled|held|found)\b.{0,80}\b(?:null and )?(?:void|unlawful|invalid|illegal)\b|\bmay (?:now )?stay (?:where|on|in)\b|\b(?:fue|fueron|ha sido) trasladad[oa]s? a(?:l| un| la) (?:\w+ )?(?:hospital|clinica)\b|\b(?:a|ont) ete (?:transferee?s?|admise?s?) (?:a l'|dans un |a un )(?:\w+ )?hopital\b|\bno sera[n]? desaloj|\bne ser(?:a|ont) (?:pas|plus) expulse.{0,20}\bterres"
# Somebody who was out is held again: what was told of a release before that is no news.
HELD_AGAIN = r"\b(?:was|were|has been|have been) (?:\w+ )?(?:re-?arrested|arrested again|detained again|taken back (?:to|into) (?:prison|custody|detention|jail|ward)|re-?detained|imprisoned again|jailed again|arrested once more)|\b(?:re-?arrested|arrested again|detained again|back in (?:prison|custody|jail|detention)|arrested for (?:a|the) (?:second|third) time)\b|\b(?:nuevamente|de nuevo|otra vez) (?:detenid|arrestad|encarcelad)|\b(?:detenid|arrestad|encarcelad)[oa]s? (?:de nuevo|otra vez|nuevamente)|\bvolvi(?:o|eron) a (?:detener|ser detenid|prision)|\b(?:de nouveau|a nouveau|une nouvelle fois) (?:ete )?(?:arrete|interpelle|incarcere|detenu)|\b(?:arrete|interpelle|incarcere)e?s? (?:de nouveau|a nouveau|une (?:deuxieme|seconde|nouvelle) fois)"
# What an earlier paper told is taken back, or holds no more.
TAKEN_BACK = r"\bno longer (?:so|true|the case)\b|\b(?:was|were|is|are) (?:mistaken|wrong|incorrect|untrue|not (?:so|true|correct|the case))\b|\b(?:in error|by mistake|a mistake|we apologi[sz]e|we are sorry)\b|\bya no es asi\b|\bnos equivocamos\b|\b(?:fue|era) un error\b|\bno (?:es|era) cierto\b|\bpor error\b|\bce n'est plus le cas\b|\bnous (?:nous sommes|etions) tromp|\bpar erreur\b|\bc'etait (?:faux|une erreur)\b|\bil n'en est rien\b"
# Some of several people, without their names: "two of the three were released".
SOME = r"\b(?P<number>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|several|some|most|half|un|una|uno|dos|tres|cuatro|cinco|deux|trois|quatre|cinq|une) ?(?:of ?(?:the|these|those|them)|de ?(?:los|las|ellos|ellas)|des|d'entre (?:eux|elles)|parmi (?:les|eux))(?:\b|(?=two|three|four|five|six))(?: ?(?P<whole>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3}|dos|tres|cuatro|cinco|deux|trois|quatre|cinq)\b)?"
GUESSED = r"\b(?:seria[n]? (?:el|los) de|thought|believed|feared|presumed|assumed|suspected|understood|likely|may|might|could|seems?|appears?|se teme|se cree|se piensa|podria[n]?|pudiera[n]?|pourrai(?:t|ent)|serai(?:t|ent)|on craint|semble)\b"
# A body whose name is only supposed.
BODY = r"\b(?:a|the|dead|his|her|whose|two|three|several|some|charred|burnt|mutilated|decomposed|lifeless) (?:\w+ ){0,2}(?:body|bodies|corpses?|remains)\b|\bhuman remains\b|\b(?:un|el|los|dos|tres) (?:\w+ ){0,2}(?:cuerpos?|cadaver|cadaveres|restos)\b|\b(?:un|le|les|des|deux) (?:\w+ ){0,2}(?:corps|depouilles?|restes|cadavres?)\b"
SUPPOSED = r"\b(?:thought|believed|presumed|feared|suspected|said|likely|may|might|could|reported)\b.{0,60}\b(?:be|belong)\b|\b(?:podria|podrian|pudiera|se cree|se teme)\b.{0,60}\b(?:ser|es|sea|sean|pertenecer)\b|\b(?:serait|seraient|pourrait|pourraient|craint)\b"
UNCERTAIN = r"\b(?:reportedly|allegedly|unconfirmed|purportedly|supposedly|apparently|(?:is|are|was|were) (?:said|believed|thought|feared|understood|rumou?red|presumed|reported) to|(?:may|might|could) have (?:been )?|appears? to have|seems? to have|(?:thought|believed|said|reported|feared|presumed) (?:to )?(?:be|have)|according to (?:some|unconfirmed|unofficial|media|press|local (?:media|press|sources|reports))|(?:feared|presumed|believed|thought|reported|said|rumoured|assumed) (?:\w+ )?(?:dead|killed|murdered|executed)|likely to be|(?:may|might|could) (?:well )?be\b|suspected to be|rumou?rs?|presuntamente|se teme|se cree|podria[n]?|pudiera[n]?|pourrai(?:t|ent)|on craint|al parecer|supuestamente|segun (?:algunas|fuentes|informes)|habria[n]?|aurai(?:t|ent)|serai(?:t|ent)|apparemment|selon (?:certaines|des) sources|seria[n]? (?:el|los) de|semble|reported (?:executed|dead|freed|released|killed)|angeblich|vermutlich|mutmasslich|berichten zufolge|soll(?:en)? \w.{0,60} (?:worden sein|sein))\b"


@dataclass(frozen=True)
class OutcomePhrase:
    """A pattern that tells an outcome."""

    outcome: Outcome
    pattern: Pattern
    language: str = ""
    has_object: bool = False  # the person stands behind the verb


def languages_of(folded: str) -> frozenset[str]:
    """The languages whose outcomes are to be looked for in folded text: English, and those of which small words stand in it."""
    words = folded.split()
    known = {code for code, small in SMALL_WORDS.items() if sum(map(small.__contains__, words)) > 1}
    if len(words) < _FEW_WORDS:
        known |= {code for code, small in SHORT_TEXTS.items() if not small.isdisjoint(words)}
    return frozenset({"en"} | known)


_FEW_WORDS = 60
SMALL_WORDS: dict[str, frozenset[str]] = {
    "es": word_set("fue fueron los las del una ha han su sus por que se"),
    "de": word_set("der die das und ist nicht von wurde wurden einem dem den mit im am aus"),
    "fr": word_set("le lui elle chez apres par pour son leur est sont ete les des une du ont au aux dans qui sa ses"),
}
# In a text of few words one of these is enough.
SHORT_TEXTS: dict[str, frozenset[str]] = {
    "es": word_set("el la los las de del en un una fue su por"),
    "fr": word_set("le la les de du en un une est au chez ete"),
    "de": word_set("der die das wurde ist und im am"),
}


def _all(tables: dict[str, tuple[tuple[Outcome, str], ...]], has_object: bool) -> tuple[OutcomePhrase, ...]:
    return tuple(
        OutcomePhrase(outcome, pattern(row), language, has_object)
        for language, rows in tables.items()
        for outcome, row in rows
    )


@lru_cache(maxsize=1)
def subject_phrases() -> tuple[OutcomePhrase, ...]:
    return _all(SUBJECT, has_object=False)


@lru_cache(maxsize=1)
def verbs() -> Table[OutcomePhrase]:
    """All phrases of persons, those with the person behind them first."""
    return Table((phrase.pattern, phrase) for phrase in (*_all(OBJECT, has_object=True), *subject_phrases()))


@lru_cache(maxsize=1)
def title_phrases() -> tuple[OutcomePhrase, ...]:
    return tuple(OutcomePhrase(outcome, pattern(row)) for outcome, row in TITLES)


@lru_cache(maxsize=1)
def paper_phrases() -> dict[str, Pattern]:
    """Patterns that speak of the whole paper, by name."""
    rows = {
        "handed on": HANDED_ON,
        "bettered": BETTERED,
        "uncertain": UNCERTAIN,
        "held again": HELD_AGAIN,
        "taken back": TAKEN_BACK,
        "guessed": GUESSED,
        "body": BODY,
        "supposed": SUPPOSED,
        "some": SOME,
    }
    return {name: pattern(row) for name, row in rows.items()}


@lru_cache(maxsize=1)
def sentence_phrases() -> Table[str]:
    """The names of those paper phrases that are looked for sentence by sentence."""
    return Table((paper_phrases()[name], name) for name in ("held again", "body"))
