"""Des prénoms courants en Suisse, qui ne nomment guère que des personnes.

De quoi reconnaître « Luigi Bianchi » dans un texte libre, sans liste de personnes. Ceux que des
produits portent (Alma, Max, Oscar) ou qui sont aussi des mots (Rose, Pierre, Claire) n'y sont pas.

>>> "luigi" in PRENOMS, "oscar" in PRENOMS
(True, False)
"""

from __future__ import annotations

_COURANTS = """
adrien agnes ahmed alain albert alessandro alexandre alexandra alfred alice amelie amina anais
andre andrea andreas angela angelo anita anne annelise annick antoine antonio arnaud arthur
aurelie aurelien beat beatrice benjamin benoit bernadette bernard bernhard bertrand brigitte
bruno camille carlos carmen carole caroline catherine cathy cecile cedric celine chantal charles
charlotte christa christelle christian christiane christina christine christoph christophe
claude claudia claudine claudio colette corinne cornelia cyril damien daniel daniela daniele
danielle david delphine denis denise didier dieter dominique edith edouard elena eliane elisa
elisabeth elise elodie emilie emmanuel eric erika ernst estelle etienne eva evelyne fabian
fabien fabienne fabio fatima federico felix fernando florence florian francesca francesco
francine francis francois francoise frank frederic fritz gabriel gabriela gabrielle genevieve
georges gerald gerard ghislaine gilbert gilles giovanni giuseppe gregoire gregory guillaume
hannelore hans hassan heidi heinrich helene henri herve hugo ibrahim isabelle jacqueline jacques
jean jeanne jeannine jennifer jeremie jeremy jerome joao joel joelle johann johanna jorge
jose joseph josette josiane julia julie julien jurg karim karin karine kathrin katia kevin kurt
laetitia laura laure laurence laurent lea leila liliane lionel lorenzo louis louise luca lucas
lucie lucien luigi luis lukas magali manuel manuela marc marcel marco margrit marguerite maria
marianne marie marina mario marion marisa markus marlene marlyse marta martha martial martin
martina martine massimo mathias mathieu mathilde matteo matthias maurice melanie michael michel
michele micheline michelle miguel mireille mohamed monica monika monique muriel mustafa myriam
nadia nadine nathalie nicolas nicole noemie olivia olivier pascal pascale patricia patrick paul
paula paulo pauline pedro peter philippe pierrette raphael raymond regina regula reinhard remy
renate rene renee reto ricardo richard rita robert roberto roger roland rolf romain ronald
rosmarie rudolf ruth sabine sabrina salvatore samuel sandra sandrine sara sarah sebastien serge
severine silvia simon simone sonia sophie stefan stefano stephane stephanie susanne suzanne
sylvain sylvia sylvie sylviane tania tatiana theo therese thierry thomas tiago ueli urs ursula
valentin valerie vanessa veronique verena victor vincent virginie viviane walter werner willy
wolfgang xavier yannick yves yvette yvonne
"""

PRENOMS = frozenset(_COURANTS.split())
