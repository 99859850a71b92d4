import { type Texts } from './texts.ts'

const open = 'Open de app {app} en log in.'
const privacy = 'Open de privacy-instellingen op het scherm van de auto.'

export const nlNL: Texts = {
  acceptTerms: ['Accepteer de algemene voorwaarden', open, 'Accepteer de huidige voorwaarden van {brand} wanneer daarom wordt gevraagd.'],
  activateService: ['Activeer de connected services', open, 'Voeg je auto toe als die nog niet in de lijst staat.', 'Activeer de connected services voor de auto.'],
  completeProfile: ['Vul je profiel bij {brand} aan', open, 'Ga naar je profiel en vul alles in wat ontbreekt.', 'Sla de wijzigingen op.'],
  becomePrimaryUser: ['Word hoofdgebruiker van de auto', 'Neem je telefoon en alle sleutels mee naar de auto.', open, 'Kies ervoor om hoofdgebruiker te worden en volg de aanwijzingen op het scherm van de auto.'],
  renewSubscription: ['Verleng je abonnement', open, 'Controleer of je abonnement op de connected services is verlopen.', 'Verleng het.'],
  updateCarSoftware: ['Werk de software van de auto bij', 'Bekijk de softwareversie in de instellingen van de auto.', 'Is die ouder dan 3.0, laat de software dan bijwerken door een dealer van {brand}.'],
  shareParkingPosition: ['Deel de parkeerpositie', privacy, 'Zet het delen van de parkeerpositie aan.'],
  enableCharging: ['Sta het regelen van laden toe', privacy, 'Sta {brand} toe om het laden op afstand uit te lezen en te regelen.'],
  pairKey: ['Koppel een virtuele sleutel', 'Verbind je account bij {brand} opnieuw en volg op je telefoon de link naar de virtuele sleutel.', 'Ga naast de auto staan en keur de sleutel goed in de app {app}.'],
  grantAccessAgain: ['Geef opnieuw toegang', 'Verbind je account bij {brand} opnieuw.', 'Sta bij het inloggen alles toe waarom wordt gevraagd.'],
  allowControl: ['Sta bediening op afstand toe', open, 'Open de instellingen van het apparaat.', 'Sta andere diensten toe om het te bedienen.'],
  updateFirmware: ['Werk de firmware bij', open, 'Zoek in de instellingen van het apparaat naar updates.', 'Installeer de nieuwste versie en wacht tot het apparaat opnieuw is opgestart.'],
  connectInternet: ['Verbind het apparaat met internet', 'Zorg dat het apparaat van {brand} aanstaat en een netwerk kan bereiken.', open, 'Verbind het apparaat met het netwerk.'],
  installerAccess: ['Vraag je installateur om toegang', 'Neem contact op met het bedrijf dat je systeem van {brand} heeft geïnstalleerd.', 'Vraag om volledige toegang tot het systeem in de app {app}.'],
  installMeter: ['Laat een energiemeter plaatsen', 'Vraag een installateur of je systeem van {brand} een energiemeter heeft.', 'Zo niet, laat er dan een plaatsen en op het systeem aansluiten.'],
  finishInstallation: ['Laat de installatie afronden', 'Neem contact op met het bedrijf dat je apparaat van {brand} heeft geïnstalleerd.', 'Vraag om de configuratie af te ronden en het apparaat in gebruik te stellen.']
}
