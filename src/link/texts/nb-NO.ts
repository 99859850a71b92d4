import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Testmiljø',
  footer: 'En simulering av mock-enode. Ingenting her når et ekte merke, en ekte konto eller en ekte enhet.',
  step: (at, of) => `Trinn ${at} av ${of}`,
  exit: 'Avslutt',
  back: 'Tilbake',
  continue: 'Fortsett',
  error: 'Feil',
  intro: {
    title: 'Koble til enhetene dine',
    lead: 'En app ønsker å koble seg til enhetene dine, hjemme og på veien.',
    points: [
      ['Du velger', 'Velg merket og se hva appen ber om før noe deles.'],
      ['Du logger inn hos merket', 'Appen får aldri vite passordet ditt.'],
      ['Du har kontrollen', 'Avslutt når som helst før du kobler til, så deles ingenting.']
    ]
  },
  brand: {
    title: 'Velg merke',
    lead: 'Hvilket merke vil du koble til?',
    ready: 'Merker med en virtuell konto',
    others: 'Andre merker',
    all: 'Alle merker'
  },
  service: {
    title: 'Velg appen din',
    lead: brand => `${brand} har flere apper. Hvilken bruker du?`
  },
  elevated: {
    short: 'Kan kreve flere forsøk',
    says: brand => `Tilkobling til ${brand} feiler oftere enn vanlig akkurat nå. Det kan kreve flere forsøk.`
  },
  outage: {
    short: 'Ikke tilgjengelig nå',
    title: brand => `${brand} er ikke tilgjengelig`,
    says: brand => `${brand} kan ikke kobles til akkurat nå. Ingenting ble endret. Prøv igjen senere.`,
    other: 'Velg et annet merke',
    retry: 'Prøv igjen'
  },
  review: {
    title: 'Se over datatilgangen',
    lead: brand => `Ved å fortsette lar du appen gjøre følgende med enhetene dine fra ${brand}.`,
    allow: 'Tillat og fortsett',
    types: { vehicle: 'Kjøretøy', charger: 'Lader', hvac: 'Varme og kjøling', inverter: 'Solcelleinverter', battery: 'Hjemmebatteri', meter: 'Måler' },
    scopes: {
      'vehicle:read:data': 'Lese data, som batterinivå, rekkevidde, lading og kilometerstand',
      'vehicle:read:location': 'Se hvor det er',
      'vehicle:control:charging': 'Starte og stoppe lading, og sette grenser',
      'charger:read:data': 'Lese data, som ladestatus og effekt',
      'charger:control:charging': 'Starte og stoppe lading, og sette grenser',
      'hvac:read:data': 'Lese data, som temperatur og modus',
      'hvac:control:mode': 'Stille inn temperatur og modus',
      'inverter:read:data': 'Lese data, som solproduksjon',
      'inverter:read:location': 'Se hvor den er',
      'battery:read:data': 'Lese data, som ladenivå og effekt',
      'battery:read:location': 'Se hvor det er',
      'battery:control:operation_mode': 'Styre hvordan det lades og utlades',
      'meter:read:data': 'Lese data, som forbruk',
      'meter:read:location': 'Se hvor den er'
    },
    example: 'Eksempel:',
    examples: {
      'vehicle:read:data': 'Du ser i appen hvor langt bilen rekker.',
      'vehicle:read:location': 'Appen vet om bilen står hjemme.',
      'vehicle:control:charging': 'Bilen lader om natten, når strømmen er billig.',
      'charger:read:data': 'Du ser om en bil lader, og hvor fort.',
      'charger:control:charging': 'Bilen lader om natten, når strømmen er billig.',
      'hvac:read:data': 'Du ser hvor varmt det er hjemme mens du er ute.',
      'hvac:control:mode': 'Det er varmt når du kommer hjem.',
      'inverter:read:data': 'Du ser hva solen gir i dag.',
      'inverter:read:location': 'Appen kjenner været og prisene på stedet.',
      'battery:read:data': 'Du ser hvor lenge batteriet rekker i kveld.',
      'battery:read:location': 'Appen kjenner været og prisene på stedet.',
      'battery:control:operation_mode': 'Det lades når strømmen er billig og forsyner hjemmet når den er dyr.',
      'meter:read:data': 'Du ser hva hjemmet ditt bruker på en dag.',
      'meter:read:location': 'Appen kjenner været og prisene på stedet.'
    }
  },
  signIn: {
    title: brand => `Logg inn hos ${brand}`,
    hint: (list, make) => html`Denne siden står i stedet for merkets egen. Bruk en virtuell konto: ${list} viser dem som finnes, ${make} lager en.`,
    warning: 'Skriv aldri passordet til en ekte konto her.',
    failed: (brand, list, make) => html`Innloggingen mislyktes: ingen virtuell konto hos ${brand} har dette brukernavnet og passordet. Bare virtuelle kontoer virker her. Finn en med ${list}, eller lag en med ${make}.`,
    other: brand => `Dette er en konto hos ${brand}, men ikke den som enhetene dine er koblet til med. Logg inn med den kontoen i stedet. Gå tilbake til appen og begynn på nytt for å koble til en annen konto.`,
    username: 'Brukernavn',
    password: 'Passord',
    submit: 'Logg inn'
  },
  devices: {
    title: count => count === 0 ? 'Fant ingen enheter' : count === 1 ? 'Enhet funnet' : 'Enheter funnet',
    lead: (count, brand) => `Vi fant ${count === 1 ? 'denne enheten' : 'disse enhetene'} på kontoen din hos ${brand}.`,
    none: (brand, types) => `Denne kontoen hos ${brand} har ingenting å koble til. Appen ber om: ${types.join(', ')}.`,
    more: count => `og ${count} til`,
    connect: 'Koble til',
    other: 'Logg inn med en annen konto'
  },
  success: {
    title: 'Du er koblet til',
    lead: (count, brand) => `Appen kan nå bruke ${count === 1 ? 'enheten din' : 'enhetene dine'} fra ${brand}.`,
    complete: 'Fullfør'
  },
  forDevelopers: 'For utviklere:',
  trouble: {
    unknown: ['Fant ikke lenken', 'Denne lenken finnes ikke. Kanskje ble den kuttet da den ble kopiert, eller serveren er startet på nytt siden.'],
    used: ['Denne lenken er allerede brukt', 'En lenke kobler til enheter én gang. Gå tilbake til appen og begynn på nytt for å koble til flere.'],
    expired: ['Denne lenken er utløpt', 'En lenke virker i 24 timer. Gå tilbake til appen og begynn på nytt.'],
    malformed: ['Det virket ikke', 'Skjemaet kom fram på en måte som denne siden ikke forstår. Ingenting ble endret. Gå tilbake og prøv igjen.'],
    broken: ['Noe gikk galt', 'mock-enode gjorde en feil her. Loggen sier mer; meld gjerne fra.']
  }
}
