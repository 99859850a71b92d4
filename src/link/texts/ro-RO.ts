import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Mediu de test',
  footer: 'O simulare mock-enode. Nimic de aici nu ajunge la o marcă, un cont sau un dispozitiv real.',
  step: (at, of) => `Pasul ${at} din ${of}`,
  exit: 'Ieșire',
  back: 'Înapoi',
  continue: 'Continuă',
  error: 'Eroare',
  intro: {
    title: 'Conectează-ți dispozitivele',
    lead: 'O aplicație dorește să se conecteze la dispozitivele tale, acasă și pe drum.',
    points: [
      ['Tu alegi', 'Alege marca și vezi ce cere aplicația înainte să fie partajat ceva.'],
      ['Te autentifici la marcă', 'Aplicația nu află niciodată parola ta.'],
      ['Tu ai controlul', 'Ieși oricând înainte de conectare și nu se partajează nimic.']
    ]
  },
  brand: {
    title: 'Alege marca',
    lead: 'Ce marcă dorești să conectezi?',
    ready: 'Mărci cu un cont virtual',
    others: 'Alte mărci',
    all: 'Toate mărcile'
  },
  service: {
    title: 'Alege aplicația',
    lead: brand => `${brand} are mai multe aplicații. Pe care o folosești?`
  },
  elevated: {
    short: 'Poate necesita mai multe încercări',
    says: brand => `Conectarea la ${brand} eșuează acum mai des decât de obicei. Pot fi necesare mai multe încercări.`
  },
  outage: {
    short: 'Indisponibil acum',
    title: brand => `${brand} nu este disponibil`,
    says: brand => `${brand} nu poate fi conectat acum. Nu s-a schimbat nimic. Încearcă din nou mai târziu.`,
    other: 'Alege altă marcă',
    retry: 'Încearcă din nou'
  },
  review: {
    title: 'Verifică accesul la date',
    lead: brand => `Continuând, permiți aplicației să facă următoarele cu dispozitivele tale ${brand}.`,
    allow: 'Permite și continuă',
    types: { vehicle: 'Vehicul', charger: 'Stație de încărcare', hvac: 'Încălzire și răcire', inverter: 'Invertor solar', battery: 'Baterie pentru locuință', meter: 'Contor' },
    scopes: {
      'vehicle:read:data': 'Să citească date, precum nivelul bateriei, autonomia, încărcarea și kilometrajul',
      'vehicle:read:location': 'Să vadă unde se află',
      'vehicle:control:charging': 'Să pornească și să oprească încărcarea și să stabilească limite',
      'charger:read:data': 'Să citească date, precum starea încărcării și puterea',
      'charger:control:charging': 'Să pornească și să oprească încărcarea și să stabilească limite',
      'hvac:read:data': 'Să citească date, precum temperatura și modul',
      'hvac:control:mode': 'Să regleze temperatura și modul',
      'inverter:read:data': 'Să citească date, precum producția solară',
      'inverter:read:location': 'Să vadă unde se află',
      'battery:read:data': 'Să citească date, precum nivelul de încărcare și puterea',
      'battery:read:location': 'Să vadă unde se află',
      'battery:control:operation_mode': 'Să regleze încărcarea și descărcarea',
      'meter:read:data': 'Să citească date, precum consumul',
      'meter:read:location': 'Să vadă unde se află'
    },
    example: 'Exemplu:',
    examples: {
      'vehicle:read:data': 'Vezi în aplicație cât mai poate merge mașina.',
      'vehicle:read:location': 'Aplicația știe dacă mașina este acasă.',
      'vehicle:control:charging': 'Mașina se încarcă noaptea, când curentul este ieftin.',
      'charger:read:data': 'Vezi dacă se încarcă o mașină și cât de repede.',
      'charger:control:charging': 'Mașina se încarcă noaptea, când curentul este ieftin.',
      'hvac:read:data': 'Vezi ce temperatură este acasă când ești plecat.',
      'hvac:control:mode': 'Este cald când ajungi acasă.',
      'inverter:read:data': 'Vezi cât produce soarele astăzi.',
      'inverter:read:location': 'Aplicația cunoaște vremea și prețurile din acel loc.',
      'battery:read:data': 'Vezi cât mai ține bateria în seara aceasta.',
      'battery:read:location': 'Aplicația cunoaște vremea și prețurile din acel loc.',
      'battery:control:operation_mode': 'Se încarcă atunci când curentul este ieftin și alimentează locuința când este scump.',
      'meter:read:data': 'Vezi cât consumă locuința ta într-o zi.',
      'meter:read:location': 'Aplicația cunoaște vremea și prețurile din acel loc.'
    }
  },
  signIn: {
    title: brand => `Autentifică-te la ${brand}`,
    hint: (list, make) => html`Această pagină ține locul celei a mărcii. Folosește un cont virtual: ${list} le arată pe cele existente, ${make} creează unul.`,
    warning: 'Nu scrie niciodată aici parola unui cont real.',
    failed: (brand, list, make) => html`Autentificarea a eșuat: niciun cont virtual ${brand} nu are acest nume de utilizator și această parolă. Aici funcționează doar conturi virtuale. Găsește unul cu ${list} sau creează unul cu ${make}.`,
    other: brand => `Acesta este un cont ${brand}, dar nu cel cu care sunt conectate dispozitivele tale. Autentifică-te cu acela. Pentru a conecta alt cont, întoarce-te la aplicație și ia-o de la capăt.`,
    username: 'Nume de utilizator',
    password: 'Parolă',
    submit: 'Autentificare'
  },
  devices: {
    title: count => count === 0 ? 'Nu s-a găsit niciun dispozitiv' : count === 1 ? 'Dispozitiv găsit' : 'Dispozitive găsite',
    lead: (count, brand) => `Am găsit ${count === 1 ? 'acest dispozitiv' : 'aceste dispozitive'} în contul tău ${brand}.`,
    none: (brand, types) => `Acest cont ${brand} nu are nimic de conectat. Aplicația cere: ${types.join(', ')}.`,
    more: count => `și încă ${count}`,
    connect: 'Conectează',
    other: 'Autentifică-te cu alt cont'
  },
  success: {
    title: 'Conexiune reușită',
    lead: (count, brand) => `Aplicația poate folosi acum ${count === 1 ? 'dispozitivul tău' : 'dispozitivele tale'} ${brand}.`,
    complete: 'Finalizează'
  },
  forDevelopers: 'Pentru dezvoltatori:',
  trouble: {
    unknown: ['Linkul nu a fost găsit', 'Acest link nu există. Poate a fost tăiat la copiere sau serverul a fost repornit între timp.'],
    used: ['Acest link a fost deja folosit', 'Un link conectează dispozitive o singură dată. Întoarce-te la aplicație și ia-o de la capăt pentru a conecta altele.'],
    expired: ['Acest link a expirat', 'Un link este valabil 24 de ore. Întoarce-te la aplicație și ia-o de la capăt.'],
    malformed: ['Nu a funcționat', 'Formularul a ajuns într-o formă pe care această pagină nu o înțelege. Nu s-a schimbat nimic. Mergi înapoi și încearcă din nou.'],
    broken: ['Ceva nu a mers bine', 'mock-enode a greșit aici. Jurnalul său spune mai multe; te rugăm să raportezi.']
  }
}
