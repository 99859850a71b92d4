import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Bandymų aplinka',
  footer: 'mock-enode simuliacija. Niekas iš čia nepasiekia tikro prekės ženklo, paskyros ar įrenginio.',
  step: (at, of) => `${at} žingsnis iš ${of}`,
  exit: 'Išeiti',
  back: 'Atgal',
  continue: 'Tęsti',
  error: 'Klaida',
  intro: {
    title: 'Prijunkite savo įrenginius',
    lead: 'Programėlė nori prisijungti prie jūsų įrenginių namuose ir kelyje.',
    points: [
      ['Jūs renkatės', 'Pasirinkite prekės ženklą ir pažiūrėkite, ko programėlė prašo, prieš ką nors pasidalydami.'],
      ['Prisijungiate pas prekės ženklą', 'Programėlė niekada nesužino jūsų slaptažodžio.'],
      ['Jūs valdote', 'Išeikite bet kada prieš prijungdami, ir niekuo nebus pasidalyta.']
    ]
  },
  brand: {
    title: 'Pasirinkite prekės ženklą',
    lead: 'Kurį prekės ženklą norite prijungti?',
    ready: 'Prekės ženklai su virtualia paskyra',
    others: 'Kiti prekės ženklai',
    all: 'Visi prekės ženklai'
  },
  service: {
    title: 'Pasirinkite programėlę',
    lead: brand => `${brand} turi kelias programėles. Kurią naudojate?`
  },
  elevated: {
    short: 'Gali prireikti kelių bandymų',
    says: brand => `Prisijungti prie ${brand} dabar nepavyksta dažniau nei įprastai. Gali prireikti kelių bandymų.`
  },
  outage: {
    short: 'Dabar nepasiekiama',
    title: brand => `${brand} nepasiekiama`,
    says: brand => `${brand} dabar prijungti negalima. Niekas nepakeista. Pabandykite vėliau dar kartą.`,
    other: 'Pasirinkti kitą prekės ženklą',
    retry: 'Bandyti dar kartą'
  },
  review: {
    title: 'Peržiūrėkite prieigą prie duomenų',
    lead: brand => `Tęsdami leidžiate programėlei su jūsų ${brand} įrenginiais daryti štai ką.`,
    allow: 'Leisti ir tęsti',
    types: { vehicle: 'Transporto priemonė', charger: 'Įkrovimo stotelė', hvac: 'Šildymas ir vėsinimas', inverter: 'Saulės inverteris', battery: 'Namų baterija', meter: 'Skaitiklis' },
    scopes: {
      'vehicle:read:data': 'Skaityti duomenis, pvz., baterijos lygį, nuvažiuojamą atstumą, įkrovimą ir ridą',
      'vehicle:read:location': 'Matyti buvimo vietą',
      'vehicle:control:charging': 'Pradėti ir stabdyti įkrovimą bei nustatyti ribas',
      'charger:read:data': 'Skaityti duomenis, pvz., įkrovimo būseną ir galią',
      'charger:control:charging': 'Pradėti ir stabdyti įkrovimą bei nustatyti ribas',
      'hvac:read:data': 'Skaityti duomenis, pvz., temperatūrą ir režimą',
      'hvac:control:mode': 'Nustatyti temperatūrą ir režimą',
      'inverter:read:data': 'Skaityti duomenis, pvz., saulės energijos gamybą',
      'inverter:read:location': 'Matyti buvimo vietą',
      'battery:read:data': 'Skaityti duomenis, pvz., įkrovos lygį ir galią',
      'battery:read:location': 'Matyti buvimo vietą',
      'battery:control:operation_mode': 'Nustatyti, kaip ji įkraunama ir iškraunama',
      'meter:read:data': 'Skaityti duomenis, pvz., suvartojimą',
      'meter:read:location': 'Matyti buvimo vietą'
    },
    example: 'Pavyzdys:',
    examples: {
      'vehicle:read:data': 'Programėlėje matote, kiek automobilis dar gali nuvažiuoti.',
      'vehicle:read:location': 'Programėlė žino, ar automobilis namuose.',
      'vehicle:control:charging': 'Automobilis įkraunamas naktį, kai elektra pigi.',
      'charger:read:data': 'Matote, ar automobilis įkraunamas ir kaip greitai.',
      'charger:control:charging': 'Automobilis įkraunamas naktį, kai elektra pigi.',
      'hvac:read:data': 'Išvykę matote, ar namuose šilta.',
      'hvac:control:mode': 'Grįžtate į šiltus namus.',
      'inverter:read:data': 'Matote, kiek šiandien duoda saulė.',
      'inverter:read:location': 'Programėlė žino vietos orus ir kainas.',
      'battery:read:data': 'Matote, kiek laiko baterijos užteks šį vakarą.',
      'battery:read:location': 'Programėlė žino vietos orus ir kainas.',
      'battery:control:operation_mode': 'Ji įkraunama, kai elektra pigi, ir maitina namus, kai elektra brangi.',
      'meter:read:data': 'Matote, kiek jūsų namai suvartoja per dieną.',
      'meter:read:location': 'Programėlė žino vietos orus ir kainas.'
    }
  },
  signIn: {
    title: brand => `Prisijunkite: ${brand}`,
    hint: (list, make) => html`Šis puslapis atstoja prekės ženklo puslapį. Naudokite virtualią paskyrą: ${list} parodo esamas, ${make} sukuria naują.`,
    warning: 'Niekada nerašykite čia tikros paskyros slaptažodžio.',
    failed: (brand, list, make) => html`Prisijungti nepavyko: nė viena virtuali ${brand} paskyra neturi tokio naudotojo vardo ir slaptažodžio. Čia veikia tik virtualios paskyros. Raskite paskyrą su ${list} arba sukurkite su ${make}.`,
    other: brand => `Tai ${brand} paskyra, bet ne ta, su kuria prijungti jūsų įrenginiai. Prisijunkite su ta paskyra. Norėdami prijungti kitą paskyrą, grįžkite į programėlę ir pradėkite iš naujo.`,
    username: 'Naudotojo vardas',
    password: 'Slaptažodis',
    submit: 'Prisijungti'
  },
  devices: {
    title: count => count === 0 ? 'Įrenginių nerasta' : count === 1 ? 'Rastas įrenginys' : 'Rasti įrenginiai',
    lead: (count, brand) => `Jūsų ${brand} paskyroje radome ${count === 1 ? 'šį įrenginį' : 'šiuos įrenginius'}.`,
    none: (brand, types) => `Šioje ${brand} paskyroje nėra ko prijungti. Programėlė prašo: ${types.join(', ')}.`,
    more: count => `ir dar ${count}`,
    connect: 'Prijungti',
    other: 'Prisijungti su kita paskyra'
  },
  success: {
    title: 'Prijungta',
    lead: (count, brand) => `Programėlė dabar gali naudoti ${count === 1 ? 'jūsų įrenginį' : 'jūsų įrenginius'}: ${brand}.`,
    complete: 'Baigti'
  },
  forDevelopers: 'Kūrėjams:',
  trouble: {
    unknown: ['Nuoroda nerasta', 'Tokios nuorodos nėra. Galbūt ji buvo nukirpta kopijuojant arba serveris nuo to laiko paleistas iš naujo.'],
    used: ['Ši nuoroda jau panaudota', 'Nuoroda prijungia įrenginius vieną kartą. Grįžkite į programėlę ir pradėkite iš naujo, kad prijungtumėte daugiau.'],
    expired: ['Šios nuorodos galiojimas baigėsi', 'Nuoroda veikia 24 valandas. Grįžkite į programėlę ir pradėkite iš naujo.'],
    malformed: ['Nepavyko', 'Forma atkeliavo tokia, kokios šis puslapis nesupranta. Niekas nepakeista. Grįžkite ir pabandykite dar kartą.'],
    broken: ['Įvyko klaida', 'mock-enode čia suklydo. Daugiau pasako jo žurnalas; praneškite apie tai.']
  }
}
