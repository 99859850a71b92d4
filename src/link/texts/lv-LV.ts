import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Testa vide',
  footer: 'mock-enode simulācija. Nekas no šejienes nesasniedz īstu zīmolu, kontu vai ierīci.',
  step: (at, of) => `${at}. solis no ${of}`,
  exit: 'Iziet',
  back: 'Atpakaļ',
  continue: 'Turpināt',
  error: 'Kļūda',
  intro: {
    title: 'Savienojiet savas ierīces',
    lead: 'Lietotne vēlas savienoties ar jūsu ierīcēm mājās un ceļā.',
    points: [
      ['Jūs izvēlaties', 'Izvēlieties zīmolu un apskatiet, ko lietotne lūdz, pirms kaut kas tiek kopīgots.'],
      ['Jūs pierakstāties pie zīmola', 'Lietotne nekad neuzzina jūsu paroli.'],
      ['Jūs saglabājat kontroli', 'Izejiet jebkurā brīdī pirms savienošanas, un nekas netiks kopīgots.']
    ]
  },
  brand: {
    title: 'Izvēlieties zīmolu',
    lead: 'Kuru zīmolu vēlaties savienot?',
    ready: 'Zīmoli ar virtuālu kontu',
    others: 'Citi zīmoli',
    all: 'Visi zīmoli'
  },
  service: {
    title: 'Izvēlieties lietotni',
    lead: brand => `Zīmolam ${brand} ir vairākas lietotnes. Kuru jūs lietojat?`
  },
  elevated: {
    short: 'Var būt vajadzīgi vairāki mēģinājumi',
    says: brand => `Savienošana ar ${brand} pašlaik neizdodas biežāk nekā parasti. Var būt vajadzīgi vairāki mēģinājumi.`
  },
  outage: {
    short: 'Pašlaik nav pieejams',
    title: brand => `${brand} nav pieejams`,
    says: brand => `${brand} pašlaik nevar savienot. Nekas netika mainīts. Lūdzu, mēģiniet vēlāk vēlreiz.`,
    other: 'Izvēlēties citu zīmolu',
    retry: 'Mēģināt vēlreiz'
  },
  review: {
    title: 'Pārskatiet piekļuvi datiem',
    lead: brand => `Turpinot jūs ļaujat lietotnei ar jūsu ${brand} ierīcēm darīt šo.`,
    allow: 'Atļaut un turpināt',
    types: { vehicle: 'Transportlīdzeklis', charger: 'Uzlādes stacija', hvac: 'Apkure un dzesēšana', inverter: 'Saules invertors', battery: 'Mājas akumulators', meter: 'Skaitītājs' },
    scopes: {
      'vehicle:read:data': 'Lasīt datus, piemēram, akumulatora līmeni, nobraukuma rezervi, uzlādi un odometru',
      'vehicle:read:location': 'Redzēt atrašanās vietu',
      'vehicle:control:charging': 'Sākt un apturēt uzlādi un noteikt ierobežojumus',
      'charger:read:data': 'Lasīt datus, piemēram, uzlādes stāvokli un jaudu',
      'charger:control:charging': 'Sākt un apturēt uzlādi un noteikt ierobežojumus',
      'hvac:read:data': 'Lasīt datus, piemēram, temperatūru un režīmu',
      'hvac:control:mode': 'Iestatīt temperatūru un režīmu',
      'inverter:read:data': 'Lasīt datus, piemēram, saules enerģijas ražošanu',
      'inverter:read:location': 'Redzēt atrašanās vietu',
      'battery:read:data': 'Lasīt datus, piemēram, uzlādes līmeni un jaudu',
      'battery:read:location': 'Redzēt atrašanās vietu',
      'battery:control:operation_mode': 'Iestatīt uzlādi un izlādi',
      'meter:read:data': 'Lasīt datus, piemēram, patēriņu',
      'meter:read:location': 'Redzēt atrašanās vietu'
    },
    example: 'Piemērs:',
    examples: {
      'vehicle:read:data': 'Lietotnē redzat, cik tālu automašīna vēl var aizbraukt.',
      'vehicle:read:location': 'Lietotne zina, vai automašīna ir mājās.',
      'vehicle:control:charging': 'Automašīna uzlādējas naktī, kad elektrība ir lēta.',
      'charger:read:data': 'Redzat, vai automašīna uzlādējas un cik ātri.',
      'charger:control:charging': 'Automašīna uzlādējas naktī, kad elektrība ir lēta.',
      'hvac:read:data': 'Esot prom, redzat, cik silti ir mājās.',
      'hvac:control:mode': 'Kad pārnākat mājās, ir silti.',
      'inverter:read:data': 'Redzat, cik daudz šodien dod saule.',
      'inverter:read:location': 'Lietotne zina laikapstākļus un cenas šajā vietā.',
      'battery:read:data': 'Redzat, cik ilgi akumulatora pietiks šovakar.',
      'battery:read:location': 'Lietotne zina laikapstākļus un cenas šajā vietā.',
      'battery:control:operation_mode': 'Tas uzlādējas, kad elektrība ir lēta, un apgādā mājas, kad tā ir dārga.',
      'meter:read:data': 'Redzat, cik jūsu mājas patērē dienā.',
      'meter:read:location': 'Lietotne zina laikapstākļus un cenas šajā vietā.'
    }
  },
  signIn: {
    title: brand => `Pierakstieties: ${brand}`,
    hint: (list, make) => html`Šī lapa aizstāj zīmola lapu. Izmantojiet virtuālu kontu: ${list} parāda esošos, ${make} izveido jaunu.`,
    warning: 'Nekad nerakstiet šeit īsta konta paroli.',
    failed: (brand, list, make) => html`Pierakstīšanās neizdevās: nevienam ${brand} virtuālajam kontam nav šāda lietotājvārda un paroles. Šeit darbojas tikai virtuāli konti. Atrodiet kontu ar ${list} vai izveidojiet ar ${make}.`,
    other: brand => `Šis ir ${brand} konts, bet ne tas, ar kuru ir savienotas jūsu ierīces. Pierakstieties ar to kontu. Lai savienotu citu kontu, atgriezieties lietotnē un sāciet no jauna.`,
    username: 'Lietotājvārds',
    password: 'Parole',
    submit: 'Pierakstīties'
  },
  devices: {
    title: count => count === 0 ? 'Ierīces nav atrastas' : count === 1 ? 'Ierīce atrasta' : 'Ierīces atrastas',
    lead: (count, brand) => `Jūsu ${brand} kontā atradām ${count === 1 ? 'šo ierīci' : 'šīs ierīces'}.`,
    none: (brand, types) => `Šajā ${brand} kontā nav nekā, ko savienot. Lietotne lūdz: ${types.join(', ')}.`,
    more: count => `un vēl ${count}`,
    connect: 'Savienot',
    other: 'Pierakstīties ar citu kontu'
  },
  success: {
    title: 'Savienojums izveidots',
    lead: (count, brand) => `Lietotne tagad var izmantot ${count === 1 ? 'jūsu ierīci' : 'jūsu ierīces'}: ${brand}.`,
    complete: 'Pabeigt'
  },
  forDevelopers: 'Izstrādātājiem:',
  trouble: {
    unknown: ['Saite nav atrasta', 'Šādas saites nav. Varbūt tā tika nogriezta kopējot, vai arī serveris kopš tā laika ir restartēts.'],
    used: ['Šī saite jau ir izmantota', 'Saite savieno ierīces vienu reizi. Atgriezieties lietotnē un sāciet no jauna, lai savienotu vēl.'],
    expired: ['Šīs saites termiņš ir beidzies', 'Saite darbojas 24 stundas. Atgriezieties lietotnē un sāciet no jauna.'],
    malformed: ['Tas neizdevās', 'Veidlapa atnāca tādā veidā, ko šī lapa nesaprot. Nekas netika mainīts. Ejiet atpakaļ un mēģiniet vēlreiz.'],
    broken: ['Radās kļūme', 'mock-enode šeit kļūdījās. Tā žurnāls pasaka vairāk; lūdzu, ziņojiet par to.']
  }
}
