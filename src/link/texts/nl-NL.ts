import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Testomgeving',
  footer: 'Een simulatie van mock-enode. Niets hier bereikt een echt merk, account of apparaat.',
  step: (at, of) => `Stap ${at} van ${of}`,
  exit: 'Verlaten',
  back: 'Terug',
  continue: 'Doorgaan',
  error: 'Fout',
  intro: {
    title: 'Verbind je apparaten',
    lead: 'Een app wil verbinding maken met je apparaten, thuis en onderweg.',
    points: [
      ['Jij kiest', 'Kies het merk en bekijk wat de app vraagt voordat er iets wordt gedeeld.'],
      ['Je logt in bij het merk', 'De app krijgt je wachtwoord nooit te zien.'],
      ['Jij houdt de regie', 'Stop wanneer je wilt voordat je verbindt, dan wordt er niets gedeeld.']
    ]
  },
  brand: {
    title: 'Kies je merk',
    lead: 'Welk merk wil je verbinden?',
    ready: 'Merken met een virtueel account',
    others: 'Andere merken',
    all: 'Alle merken'
  },
  service: {
    title: 'Kies je app',
    lead: brand => `${brand} heeft meerdere apps. Welke gebruik je?`
  },
  elevated: {
    short: 'Soms meerdere pogingen nodig',
    says: brand => `Verbinden met ${brand} mislukt nu vaker dan anders. Er kunnen meerdere pogingen nodig zijn.`
  },
  outage: {
    short: 'Nu niet beschikbaar',
    title: brand => `${brand} is niet beschikbaar`,
    says: brand => `${brand} kan nu niet worden verbonden. Er is niets gewijzigd. Probeer het later opnieuw.`,
    other: 'Kies een ander merk',
    retry: 'Opnieuw proberen'
  },
  review: {
    title: 'Controleer de toegang tot gegevens',
    lead: brand => `Als je doorgaat, mag de app het volgende met je apparaten van ${brand}.`,
    allow: 'Toestaan en doorgaan',
    types: { vehicle: 'Voertuig', charger: 'Laadpaal', hvac: 'Verwarming en koeling', inverter: 'Omvormer', battery: 'Thuisbatterij', meter: 'Meter' },
    scopes: {
      'vehicle:read:data': 'Gegevens lezen, zoals batterijniveau, bereik, laden en kilometerstand',
      'vehicle:read:location': 'De locatie zien',
      'vehicle:control:charging': 'Laden starten en stoppen, en limieten instellen',
      'charger:read:data': 'Gegevens lezen, zoals laadstatus en vermogen',
      'charger:control:charging': 'Laden starten en stoppen, en limieten instellen',
      'hvac:read:data': 'Gegevens lezen, zoals temperatuur en stand',
      'hvac:control:mode': 'Temperatuur en stand instellen',
      'inverter:read:data': 'Gegevens lezen, zoals zonneproductie',
      'inverter:read:location': 'De locatie zien',
      'battery:read:data': 'Gegevens lezen, zoals laadniveau en vermogen',
      'battery:read:location': 'De locatie zien',
      'battery:control:operation_mode': 'Instellen hoe deze laadt en ontlaadt',
      'meter:read:data': 'Gegevens lezen, zoals verbruik',
      'meter:read:location': 'De locatie zien'
    },
    example: 'Voorbeeld:',
    examples: {
      'vehicle:read:data': 'Je ziet in de app hoe ver de auto nog komt.',
      'vehicle:read:location': 'De app weet of de auto thuis staat.',
      'vehicle:control:charging': 'De auto laadt ’s nachts, als stroom goedkoop is.',
      'charger:read:data': 'Je ziet of er een auto laadt, en hoe snel.',
      'charger:control:charging': 'De auto laadt ’s nachts, als stroom goedkoop is.',
      'hvac:read:data': 'Je ziet onderweg hoe warm het thuis is.',
      'hvac:control:mode': 'Het is warm als je thuiskomt.',
      'inverter:read:data': 'Je ziet wat de zon vandaag oplevert.',
      'inverter:read:location': 'De app kent het weer en de prijzen ter plaatse.',
      'battery:read:data': 'Je ziet hoelang de batterij vanavond meegaat.',
      'battery:read:location': 'De app kent het weer en de prijzen ter plaatse.',
      'battery:control:operation_mode': 'De batterij laadt als stroom goedkoop is en voedt je huis als die duur is.',
      'meter:read:data': 'Je ziet wat je huis op een dag verbruikt.',
      'meter:read:location': 'De app kent het weer en de prijzen ter plaatse.'
    }
  },
  signIn: {
    title: brand => `Log in bij ${brand}`,
    hint: (list, make) => html`Deze pagina vervangt die van het merk. Gebruik een virtueel account: ${list} toont welke er zijn, ${make} maakt er een.`,
    warning: 'Typ hier nooit het wachtwoord van een echt account.',
    failed: (brand, list, make) => html`Inloggen mislukt: geen virtueel account van ${brand} heeft deze gebruikersnaam en dit wachtwoord. Hier werken alleen virtuele accounts. Zoek er een met ${list} of maak er een met ${make}.`,
    other: brand => `Dit is een account bij ${brand}, maar niet het account waarmee je apparaten zijn verbonden. Log met dat account in. Ga terug naar de app en begin opnieuw om een ander account te verbinden.`,
    username: 'Gebruikersnaam',
    password: 'Wachtwoord',
    submit: 'Inloggen'
  },
  devices: {
    title: count => count === 0 ? 'Geen apparaten gevonden' : count === 1 ? 'Apparaat gevonden' : 'Apparaten gevonden',
    lead: (count, brand) => `We hebben ${count === 1 ? 'dit apparaat' : 'deze apparaten'} gevonden in je account bij ${brand}.`,
    none: (brand, types) => `In dit account bij ${brand} is er niets om te verbinden. De app vraagt om: ${types.join(', ')}.`,
    more: count => `en nog ${count}`,
    connect: 'Verbinden',
    other: 'Met een ander account inloggen'
  },
  success: {
    title: 'Je bent verbonden',
    lead: (count, brand) => `De app kan ${count === 1 ? 'je apparaat' : 'je apparaten'} van ${brand} nu gebruiken.`,
    complete: 'Voltooien'
  },
  forDevelopers: 'Voor ontwikkelaars:',
  trouble: {
    unknown: ['Link niet gevonden', 'Deze link bestaat niet. Misschien is hij bij het kopiëren afgekapt, of is de server sindsdien opnieuw gestart.'],
    used: ['Deze link is al gebruikt', 'Een link verbindt apparaten één keer. Ga terug naar de app en begin opnieuw om er meer te verbinden.'],
    expired: ['Deze link is verlopen', 'Een link werkt 24 uur. Ga terug naar de app en begin opnieuw.'],
    malformed: ['Dat is niet gelukt', 'Het formulier kwam aan op een manier die deze pagina niet begrijpt. Er is niets gewijzigd. Ga terug en probeer het opnieuw.'],
    broken: ['Er ging iets mis', 'mock-enode heeft hier een fout gemaakt. Het logboek zegt meer; meld het alsjeblieft.']
  }
}
