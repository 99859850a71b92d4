import { type Texts } from './texts.ts'

const open = 'Åpne appen {app} og logg inn.'
const privacy = 'Åpne personverninnstillingene på skjermen i bilen.'

export const nbNO: Texts = {
  acceptTerms: ['Godta vilkårene', open, 'Godta de gjeldende vilkårene fra {brand} når du blir bedt om det.'],
  activateService: ['Aktiver de tilkoblede tjenestene', open, 'Legg til bilen din hvis den ikke står i listen ennå.', 'Aktiver de tilkoblede tjenestene for bilen.'],
  completeProfile: ['Fullfør profilen din hos {brand}', open, 'Gå til profilen din og fyll ut alt som mangler.', 'Lagre endringene.'],
  becomePrimaryUser: ['Bli hovedbruker av bilen', 'Ta med deg telefonen og alle nøklene til bilen.', open, 'Velg å bli hovedbruker, og følg instruksjonene på skjermen i bilen.'],
  renewSubscription: ['Forny abonnementet', open, 'Sjekk om abonnementet på de tilkoblede tjenestene har utløpt.', 'Forny det.'],
  updateCarSoftware: ['Oppdater programvaren i bilen', 'Se etter programvareversjonen i innstillingene i bilen.', 'Hvis den er eldre enn 3.0, får du en forhandler av {brand} til å oppdatere den.'],
  shareParkingPosition: ['Del parkeringsposisjonen', privacy, 'Slå på deling av parkeringsposisjonen.'],
  enableCharging: ['Tillat styring av lading', privacy, 'Tillat at {brand} leser av og styrer ladingen eksternt.'],
  pairKey: ['Koble til en virtuell nøkkel', 'Koble til kontoen din hos {brand} på nytt, og følg lenken til den virtuelle nøkkelen på telefonen.', 'Stå ved siden av bilen og godkjenn nøkkelen i appen {app}.'],
  grantAccessAgain: ['Gi tilgang på nytt', 'Koble til kontoen din hos {brand} på nytt.', 'Tillat alt du blir spurt om når du logger inn.'],
  allowControl: ['Tillat fjernstyring', open, 'Åpne innstillingene for enheten.', 'Tillat at andre tjenester styrer den.'],
  updateFirmware: ['Oppdater fastvaren', open, 'Se etter oppdateringer i innstillingene for enheten.', 'Installer den nyeste versjonen og vent til enheten har startet på nytt.'],
  connectInternet: ['Koble enheten til internett', 'Sørg for at enheten fra {brand} er slått på og har et nettverk innen rekkevidde.', open, 'Koble enheten til nettverket.'],
  installerAccess: ['Be installatøren om tilgang', 'Ta kontakt med den som installerte anlegget fra {brand}.', 'Be om full tilgang til anlegget i appen {app}.'],
  installMeter: ['Få installert en energimåler', 'Spør en installatør om anlegget fra {brand} har en energimåler.', 'Hvis ikke, får du en installert og koblet til anlegget.'],
  finishInstallation: ['Få installasjonen fullført', 'Ta kontakt med den som installerte enheten fra {brand}.', 'Be om at oppsettet fullføres og at enheten settes i drift.']
}
