import { type Texts } from './texts.ts'

const open = 'Åbn appen {app}, og log ind.'
const privacy = 'Åbn privatlivsindstillingerne på skærmen i bilen.'

export const daDK: Texts = {
  acceptTerms: ['Accepter vilkår og betingelser', open, 'Accepter de gældende vilkår og betingelser fra {brand}, når du bliver bedt om det.'],
  activateService: ['Aktivér de forbundne tjenester', open, 'Tilføj din bil, hvis den ikke står på listen endnu.', 'Aktivér de forbundne tjenester for bilen.'],
  completeProfile: ['Udfyld din profil hos {brand}', open, 'Gå til din profil, og udfyld alt, hvad der mangler.', 'Gem ændringerne.'],
  becomePrimaryUser: ['Bliv hovedbruger af bilen', 'Tag din telefon og alle nøgler med hen til bilen.', open, 'Vælg at blive hovedbruger, og følg anvisningerne på skærmen i bilen.'],
  renewSubscription: ['Forny dit abonnement', open, 'Kontrollér, om dit abonnement på de forbundne tjenester er udløbet.', 'Forny det.'],
  updateCarSoftware: ['Opdater softwaren i bilen', 'Find softwareversionen i bilens indstillinger.', 'Hvis den er ældre end 3.0, skal du få en {brand}-forhandler til at opdatere den.'],
  shareParkingPosition: ['Del parkeringspositionen', privacy, 'Slå deling af parkeringspositionen til.'],
  enableCharging: ['Tillad styring af opladning', privacy, 'Tillad, at {brand} aflæser og styrer opladningen på afstand.'],
  pairKey: ['Par en virtuel nøgle', 'Forbind din konto hos {brand} igen, og følg linket til den virtuelle nøgle på telefonen.', 'Stil dig ved siden af bilen, og godkend nøglen i appen {app}.'],
  grantAccessAgain: ['Giv adgang igen', 'Forbind din konto hos {brand} igen.', 'Tillad alt, hvad du bliver spurgt om, når du logger ind.'],
  allowControl: ['Tillad fjernstyring', open, 'Åbn enhedens indstillinger.', 'Tillad, at andre tjenester styrer den.'],
  updateFirmware: ['Opdater firmwaren', open, 'Søg efter opdateringer i enhedens indstillinger.', 'Installer den nyeste version, og vent, til enheden er genstartet.'],
  connectInternet: ['Forbind enheden til internettet', 'Sørg for, at enheden fra {brand} er tændt og har et netværk inden for rækkevidde.', open, 'Forbind enheden til netværket.'],
  installerAccess: ['Bed din installatør om adgang', 'Kontakt den, der har installeret dit anlæg fra {brand}.', 'Bed om fuld adgang til anlægget i appen {app}.'],
  installMeter: ['Få installeret en energimåler', 'Spørg en installatør, om dit anlæg fra {brand} har en energimåler.', 'Hvis ikke, skal du få en installeret og tilsluttet anlægget.'],
  finishInstallation: ['Få installationen gjort færdig', 'Kontakt den, der har installeret din enhed fra {brand}.', 'Bed om, at opsætningen gøres færdig, og at enheden tages i brug.']
}
