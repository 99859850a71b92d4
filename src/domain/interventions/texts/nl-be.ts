import { nlNL } from './nl-nl.ts'
import { type Texts } from './texts.ts'

const open = 'Open de app {app} en meld je aan.'

/** What is not said here is said as in the Netherlands. */
export const nlBE: Texts = {
  ...nlNL,
  acceptTerms: ['Aanvaard de algemene voorwaarden', open, 'Aanvaard de huidige voorwaarden van {brand} wanneer daarom wordt gevraagd.'],
  completeProfile: ['Vervolledig je profiel bij {brand}', open, 'Ga naar je profiel en vul alles in wat ontbreekt.', 'Bewaar de wijzigingen.'],
  becomePrimaryUser: ['Word hoofdgebruiker van de wagen', 'Neem je gsm en alle sleutels mee naar de wagen.', open, 'Kies ervoor om hoofdgebruiker te worden en volg de aanwijzingen op het scherm van de wagen.'],
  updateCarSoftware: ['Werk de software van de wagen bij', 'Bekijk de softwareversie in de instellingen van de wagen.', 'Is die ouder dan 3.0, laat de software dan bijwerken door een verdeler van {brand}.'],
  pairKey: ['Koppel een virtuele sleutel', 'Verbind je account bij {brand} opnieuw en volg op je gsm de link naar de virtuele sleutel.', 'Ga naast de wagen staan en keur de sleutel goed in de app {app}.'],
  allowControl: ['Sta bediening op afstand toe', open, 'Open de instellingen van het toestel.', 'Sta andere diensten toe om het te bedienen.'],
  updateFirmware: ['Werk de firmware bij', open, 'Zoek in de instellingen van het toestel naar updates.', 'Installeer de nieuwste versie en wacht tot het toestel opnieuw is opgestart.'],
  connectInternet: ['Verbind het toestel met internet', 'Zorg dat het toestel van {brand} aanstaat en een netwerk kan bereiken.', open, 'Verbind het toestel met het netwerk.'],
  finishInstallation: ['Laat de installatie afronden', 'Neem contact op met het bedrijf dat je toestel van {brand} heeft geïnstalleerd.', 'Vraag om de configuratie af te ronden en het toestel in gebruik te stellen.']
}
