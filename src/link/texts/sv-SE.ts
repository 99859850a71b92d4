import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Testmiljö',
  footer: 'En simulering av mock-enode. Inget här når ett riktigt märke, ett riktigt konto eller en riktig enhet.',
  step: (at, of) => `Steg ${at} av ${of}`,
  exit: 'Avsluta',
  back: 'Tillbaka',
  continue: 'Fortsätt',
  error: 'Fel',
  intro: {
    title: 'Anslut dina enheter',
    lead: 'En app vill ansluta till dina enheter, hemma och på vägen.',
    points: [
      ['Du väljer', 'Välj märke och se vad appen ber om innan något delas.'],
      ['Du loggar in hos märket', 'Appen får aldrig veta ditt lösenord.'],
      ['Du har kontrollen', 'Avsluta när som helst innan du ansluter, så delas inget.']
    ]
  },
  brand: {
    title: 'Välj ditt märke',
    lead: 'Vilket märke vill du ansluta?',
    ready: 'Märken med ett virtuellt konto',
    others: 'Andra märken',
    all: 'Alla märken'
  },
  service: {
    title: 'Välj din app',
    lead: brand => `${brand} har flera appar. Vilken använder du?`
  },
  elevated: {
    short: 'Kan kräva flera försök',
    says: brand => `Anslutningen till ${brand} misslyckas oftare än vanligt just nu. Det kan krävas flera försök.`
  },
  outage: {
    short: 'Inte tillgängligt nu',
    title: brand => `${brand} är inte tillgängligt`,
    says: brand => `${brand} kan inte anslutas just nu. Inget har ändrats. Försök igen senare.`,
    other: 'Välj ett annat märke',
    retry: 'Försök igen'
  },
  review: {
    title: 'Granska dataåtkomsten',
    lead: brand => `Genom att fortsätta låter du appen göra följande med dina enheter från ${brand}.`,
    allow: 'Tillåt och fortsätt',
    types: { vehicle: 'Fordon', charger: 'Laddbox', hvac: 'Värme och kyla', inverter: 'Växelriktare', battery: 'Hembatteri', meter: 'Elmätare' },
    scopes: {
      'vehicle:read:data': 'Läsa data, som batterinivå, räckvidd, laddning och mätarställning',
      'vehicle:read:location': 'Se var det är',
      'vehicle:control:charging': 'Starta och stoppa laddning och sätta gränser',
      'charger:read:data': 'Läsa data, som laddstatus och effekt',
      'charger:control:charging': 'Starta och stoppa laddning och sätta gränser',
      'hvac:read:data': 'Läsa data, som temperatur och läge',
      'hvac:control:mode': 'Ställa in temperatur och läge',
      'inverter:read:data': 'Läsa data, som solproduktion',
      'inverter:read:location': 'Se var den är',
      'battery:read:data': 'Läsa data, som laddnivå och effekt',
      'battery:read:location': 'Se var det är',
      'battery:control:operation_mode': 'Styra hur det laddas och laddas ur',
      'meter:read:data': 'Läsa data, som förbrukning',
      'meter:read:location': 'Se var den är'
    },
    example: 'Exempel:',
    examples: {
      'vehicle:read:data': 'Du ser i appen hur långt bilen räcker.',
      'vehicle:read:location': 'Appen vet om bilen står hemma.',
      'vehicle:control:charging': 'Bilen laddar på natten, när elen är billig.',
      'charger:read:data': 'Du ser om en bil laddar, och hur fort.',
      'charger:control:charging': 'Bilen laddar på natten, när elen är billig.',
      'hvac:read:data': 'Du ser hur varmt det är hemma när du är borta.',
      'hvac:control:mode': 'Det är varmt när du kommer hem.',
      'inverter:read:data': 'Du ser vad solen ger i dag.',
      'inverter:read:location': 'Appen känner till vädret och priserna på platsen.',
      'battery:read:data': 'Du ser hur länge batteriet räcker i kväll.',
      'battery:read:location': 'Appen känner till vädret och priserna på platsen.',
      'battery:control:operation_mode': 'Det laddas när elen är billig och försörjer hemmet när den är dyr.',
      'meter:read:data': 'Du ser vad hemmet förbrukar på en dag.',
      'meter:read:location': 'Appen känner till vädret och priserna på platsen.'
    }
  },
  signIn: {
    title: brand => `Logga in hos ${brand}`,
    hint: (list, make) => html`Den här sidan står i stället för märkets egen. Använd ett virtuellt konto: ${list} visar dem som finns, ${make} skapar ett.`,
    warning: 'Skriv aldrig lösenordet till ett riktigt konto här.',
    failed: (brand, list, make) => html`Inloggningen misslyckades: inget virtuellt konto hos ${brand} har det här användarnamnet och lösenordet. Bara virtuella konton fungerar här. Hitta ett med ${list} eller skapa ett med ${make}.`,
    other: brand => `Det här är ett konto hos ${brand}, men inte det som dina enheter är anslutna med. Logga in med det kontot i stället. Gå tillbaka till appen och börja om för att ansluta ett annat konto.`,
    username: 'Användarnamn',
    password: 'Lösenord',
    submit: 'Logga in'
  },
  devices: {
    title: count => count === 0 ? 'Inga enheter hittades' : count === 1 ? 'Enhet hittad' : 'Enheter hittade',
    lead: (count, brand) => `Vi hittade ${count === 1 ? 'den här enheten' : 'de här enheterna'} på ditt konto hos ${brand}.`,
    none: (brand, types) => `Det här kontot hos ${brand} har inget att ansluta. Appen ber om: ${types.join(', ')}.`,
    more: count => `och ${count} till`,
    connect: 'Anslut',
    other: 'Logga in med ett annat konto'
  },
  success: {
    title: 'Du är ansluten',
    lead: (count, brand) => `Appen kan nu använda ${count === 1 ? 'din enhet' : 'dina enheter'} från ${brand}.`,
    complete: 'Slutför'
  },
  forDevelopers: 'För utvecklare:',
  trouble: {
    unknown: ['Länken hittades inte', 'Den här länken finns inte. Kanske kapades den när den kopierades, eller så har servern startats om sedan dess.'],
    used: ['Den här länken har redan använts', 'En länk ansluter enheter en gång. Gå tillbaka till appen och börja om för att ansluta fler.'],
    expired: ['Den här länken har gått ut', 'En länk fungerar i 24 timmar. Gå tillbaka till appen och börja om.'],
    malformed: ['Det fungerade inte', 'Formuläret kom fram på ett sätt som den här sidan inte förstår. Inget har ändrats. Gå tillbaka och försök igen.'],
    broken: ['Något gick fel', 'mock-enode gjorde ett fel här. Loggen säger mer; rapportera det gärna.']
  }
}
