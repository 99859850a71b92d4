import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Testmiljø',
  footer: 'En simulering af mock-enode. Intet her når et rigtigt mærke, en rigtig konto eller en rigtig enhed.',
  step: (at, of) => `Trin ${at} af ${of}`,
  exit: 'Afslut',
  back: 'Tilbage',
  continue: 'Fortsæt',
  error: 'Fejl',
  intro: {
    title: 'Forbind dine enheder',
    lead: 'En app vil gerne forbinde sig med dine enheder, hjemme og på vejen.',
    points: [
      ['Du vælger', 'Vælg mærket, og se hvad appen beder om, før noget deles.'],
      ['Du logger ind hos mærket', 'Appen får aldrig din adgangskode at vide.'],
      ['Du har kontrollen', 'Afslut når som helst, før du forbinder, så deles intet.']
    ]
  },
  brand: {
    title: 'Vælg dit mærke',
    lead: 'Hvilket mærke vil du forbinde?',
    ready: 'Mærker med en virtuel konto',
    others: 'Andre mærker',
    all: 'Alle mærker'
  },
  service: {
    title: 'Vælg din app',
    lead: brand => `${brand} har flere apps. Hvilken bruger du?`
  },
  elevated: {
    short: 'Kan kræve flere forsøg',
    says: brand => `Forbindelsen til ${brand} fejler oftere end normalt lige nu. Det kan kræve flere forsøg.`
  },
  outage: {
    short: 'Ikke tilgængelig nu',
    title: brand => `${brand} er ikke tilgængelig`,
    says: brand => `${brand} kan ikke forbindes lige nu. Intet er ændret. Prøv igen senere.`,
    other: 'Vælg et andet mærke',
    retry: 'Prøv igen'
  },
  review: {
    title: 'Gennemse dataadgangen',
    lead: brand => `Ved at fortsætte lader du appen gøre følgende med dine enheder fra ${brand}.`,
    allow: 'Tillad og fortsæt',
    types: { vehicle: 'Køretøj', charger: 'Ladestander', hvac: 'Varme og køling', inverter: 'Solcelleinverter', battery: 'Hjemmebatteri', meter: 'Måler' },
    scopes: {
      'vehicle:read:data': 'Læse data, såsom batteriniveau, rækkevidde, opladning og kilometertal',
      'vehicle:read:location': 'Se, hvor det er',
      'vehicle:control:charging': 'Starte og stoppe opladning og sætte grænser',
      'charger:read:data': 'Læse data, såsom ladestatus og effekt',
      'charger:control:charging': 'Starte og stoppe opladning og sætte grænser',
      'hvac:read:data': 'Læse data, såsom temperatur og tilstand',
      'hvac:control:mode': 'Indstille temperatur og tilstand',
      'inverter:read:data': 'Læse data, såsom solproduktion',
      'inverter:read:location': 'Se, hvor den er',
      'battery:read:data': 'Læse data, såsom ladeniveau og effekt',
      'battery:read:location': 'Se, hvor det er',
      'battery:control:operation_mode': 'Styre, hvordan det op- og aflades',
      'meter:read:data': 'Læse data, såsom forbrug',
      'meter:read:location': 'Se, hvor den er'
    },
    example: 'Eksempel:',
    examples: {
      'vehicle:read:data': 'Du ser i appen, hvor langt bilen kan køre endnu.',
      'vehicle:read:location': 'Appen ved, om bilen holder hjemme.',
      'vehicle:control:charging': 'Bilen lader om natten, når strømmen er billig.',
      'charger:read:data': 'Du ser, om en bil lader, og hvor hurtigt.',
      'charger:control:charging': 'Bilen lader om natten, når strømmen er billig.',
      'hvac:read:data': 'Du ser, hvor varmt der er hjemme, mens du er ude.',
      'hvac:control:mode': 'Der er varmt, når du kommer hjem.',
      'inverter:read:data': 'Du ser, hvad solen giver i dag.',
      'inverter:read:location': 'Appen kender vejret og priserne på stedet.',
      'battery:read:data': 'Du ser, hvor længe batteriet rækker i aften.',
      'battery:read:location': 'Appen kender vejret og priserne på stedet.',
      'battery:control:operation_mode': 'Det lades op, når strømmen er billig, og forsyner hjemmet, når den er dyr.',
      'meter:read:data': 'Du ser, hvad dit hjem bruger på en dag.',
      'meter:read:location': 'Appen kender vejret og priserne på stedet.'
    }
  },
  signIn: {
    title: brand => `Log ind hos ${brand}`,
    hint: (list, make) => html`Denne side står i stedet for mærkets egen. Brug en virtuel konto: ${list} viser dem, der findes, ${make} laver en.`,
    warning: 'Skriv aldrig adgangskoden til en rigtig konto her.',
    failed: (brand, list, make) => html`Login mislykkedes: ingen virtuel konto hos ${brand} har dette brugernavn og denne adgangskode. Kun virtuelle konti virker her. Find en med ${list}, eller lav en med ${make}.`,
    other: brand => `Dette er en konto hos ${brand}, men ikke den, som dine enheder er forbundet med. Log ind med den konto i stedet. Gå tilbage til appen, og begynd forfra for at forbinde en anden konto.`,
    username: 'Brugernavn',
    password: 'Adgangskode',
    submit: 'Log ind'
  },
  devices: {
    title: count => count === 0 ? 'Ingen enheder fundet' : count === 1 ? 'Enhed fundet' : 'Enheder fundet',
    lead: (count, brand) => `Vi fandt ${count === 1 ? 'denne enhed' : 'disse enheder'} på din konto hos ${brand}.`,
    none: (brand, types) => `Denne konto hos ${brand} har intet at forbinde. Appen beder om: ${types.join(', ')}.`,
    more: count => `og ${count} til`,
    connect: 'Forbind',
    other: 'Log ind med en anden konto'
  },
  success: {
    title: 'Du er forbundet',
    lead: (count, brand) => `Appen kan nu bruge ${count === 1 ? 'din enhed' : 'dine enheder'} fra ${brand}.`,
    complete: 'Færdig'
  },
  forDevelopers: 'For udviklere:',
  trouble: {
    unknown: ['Linket blev ikke fundet', 'Dette link findes ikke. Måske blev det klippet over, da det blev kopieret, eller serveren er startet på ny siden.'],
    used: ['Dette link er allerede brugt', 'Et link forbinder enheder én gang. Gå tilbage til appen, og begynd forfra for at forbinde flere.'],
    expired: ['Dette link er udløbet', 'Et link virker i 24 timer. Gå tilbage til appen, og begynd forfra.'],
    malformed: ['Det virkede ikke', 'Formularen kom frem på en måde, som denne side ikke forstår. Intet er ændret. Gå tilbage, og prøv igen.'],
    broken: ['Noget gik galt', 'mock-enode begik en fejl her. Loggen siger mere; meld den gerne.']
  }
}
