import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Prova',
  footer: 'Una simulazione di mock-enode. Niente qui raggiunge un marchio, un account o un dispositivo reale.',
  step: (at, of) => `Passo ${at} di ${of}`,
  exit: 'Esci',
  back: 'Indietro',
  continue: 'Continua',
  error: 'Errore',
  intro: {
    title: 'Collega i tuoi dispositivi',
    lead: 'Un’app vorrebbe collegarsi ai tuoi dispositivi, a casa e in viaggio.',
    points: [
      ['Scegli tu', 'Scegli il marchio e guarda che cosa chiede l’app prima di condividere qualcosa.'],
      ['Accedi presso il marchio', 'L’app non conosce mai la tua password.'],
      ['Il controllo è tuo', 'Esci quando vuoi prima di collegare e non verrà condiviso nulla.']
    ]
  },
  brand: {
    title: 'Scegli il marchio',
    lead: 'Quale marchio vuoi collegare?',
    ready: 'Marchi con un account virtuale',
    others: 'Altri marchi',
    all: 'Tutti i marchi'
  },
  service: {
    title: 'Scegli la tua app',
    lead: brand => `${brand} ha diverse app. Quale usi?`
  },
  elevated: {
    short: 'Può richiedere più tentativi',
    says: brand => `In questo momento il collegamento a ${brand} fallisce più del solito. Può richiedere più tentativi.`
  },
  outage: {
    short: 'Non disponibile ora',
    title: brand => `${brand} non è disponibile`,
    says: brand => `In questo momento ${brand} non può essere collegato. Non è stato modificato nulla. Riprova più tardi.`,
    other: 'Scegli un altro marchio',
    retry: 'Riprova'
  },
  review: {
    title: 'Controlla l’accesso ai dati',
    lead: brand => `Continuando permetti all’app di fare quanto segue con i tuoi dispositivi ${brand}.`,
    allow: 'Consenti e continua',
    types: { vehicle: 'Veicolo', charger: 'Stazione di ricarica', hvac: 'Riscaldamento e climatizzazione', inverter: 'Inverter solare', battery: 'Batteria domestica', meter: 'Contatore' },
    scopes: {
      'vehicle:read:data': 'Leggere i suoi dati, come livello della batteria, autonomia, ricarica e chilometraggio',
      'vehicle:read:location': 'Vedere dove si trova',
      'vehicle:control:charging': 'Avviare e fermare la ricarica e impostare limiti',
      'charger:read:data': 'Leggere i suoi dati, come stato di ricarica e potenza',
      'charger:control:charging': 'Avviare e fermare la ricarica e impostare limiti',
      'hvac:read:data': 'Leggere i suoi dati, come temperatura e modalità',
      'hvac:control:mode': 'Impostare temperatura e modalità',
      'inverter:read:data': 'Leggere i suoi dati, come la produzione solare',
      'inverter:read:location': 'Vedere dove si trova',
      'battery:read:data': 'Leggere i suoi dati, come livello di carica e potenza',
      'battery:read:location': 'Vedere dove si trova',
      'battery:control:operation_mode': 'Impostare come si carica e si scarica',
      'meter:read:data': 'Leggere i suoi dati, come il consumo',
      'meter:read:location': 'Vedere dove si trova'
    },
    example: 'Esempio:',
    examples: {
      'vehicle:read:data': 'Vedi nell’app quanta strada può ancora fare l’auto.',
      'vehicle:read:location': 'L’app sa se l’auto è a casa.',
      'vehicle:control:charging': 'L’auto si ricarica di notte, quando l’elettricità costa poco.',
      'charger:read:data': 'Vedi se un’auto si sta ricaricando e a che velocità.',
      'charger:control:charging': 'L’auto si ricarica di notte, quando l’elettricità costa poco.',
      'hvac:read:data': 'Vedi che temperatura c’è in casa mentre sei fuori.',
      'hvac:control:mode': 'Fa caldo quando torni a casa.',
      'inverter:read:data': 'Vedi quanto produce oggi il sole.',
      'inverter:read:location': 'L’app conosce il meteo e i prezzi del posto.',
      'battery:read:data': 'Vedi quanto durerà la batteria stasera.',
      'battery:read:location': 'L’app conosce il meteo e i prezzi del posto.',
      'battery:control:operation_mode': 'Si carica quando l’elettricità costa poco e alimenta la casa quando costa molto.',
      'meter:read:data': 'Vedi quanto consuma la casa in un giorno.',
      'meter:read:location': 'L’app conosce il meteo e i prezzi del posto.'
    }
  },
  signIn: {
    title: brand => `Accedi a ${brand}`,
    hint: (list, make) => html`Questa pagina fa le veci di quella del marchio. Usa un account virtuale: ${list} mostra quelli esistenti, ${make} ne crea uno.`,
    warning: 'Non inserire mai qui la password di un account reale.',
    failed: (brand, list, make) => html`Accesso non riuscito: nessun account virtuale ${brand} ha questo nome utente e questa password. Qui funzionano solo account virtuali. Trovane uno con ${list} o creane uno con ${make}.`,
    other: brand => `È un account ${brand}, ma non quello con cui sono collegati i tuoi dispositivi. Accedi con quello. Per collegare un altro account, torna all’app e ricomincia.`,
    username: 'Nome utente',
    password: 'Password',
    submit: 'Accedi'
  },
  devices: {
    title: count => count === 0 ? 'Nessun dispositivo trovato' : count === 1 ? 'Dispositivo trovato' : 'Dispositivi trovati',
    lead: (count, brand) => `Abbiamo trovato ${count === 1 ? 'questo dispositivo' : 'questi dispositivi'} nel tuo account ${brand}.`,
    none: (brand, types) => `Questo account ${brand} non contiene nulla da collegare. L’app chiede: ${types.join(', ')}.`,
    more: count => `e altri ${count}`,
    connect: 'Collega',
    other: 'Accedi con un altro account'
  },
  success: {
    title: 'Collegamento riuscito',
    lead: (count, brand) => `Ora l’app può usare ${count === 1 ? 'il tuo dispositivo' : 'i tuoi dispositivi'} ${brand}.`,
    complete: 'Fine'
  },
  forDevelopers: 'Per gli sviluppatori:',
  trouble: {
    unknown: ['Link non trovato', 'Questo link non esiste. Forse è stato troncato durante la copia, oppure nel frattempo il server è stato riavviato.'],
    used: ['Questo link è già stato usato', 'Un link collega dispositivi una sola volta. Torna all’app e ricomincia per collegarne altri.'],
    expired: ['Questo link è scaduto', 'Un link vale 24 ore. Torna all’app e ricomincia.'],
    malformed: ['Non ha funzionato', 'Il modulo è arrivato in una forma che questa pagina non capisce. Non è stato modificato nulla. Torna indietro e riprova.'],
    broken: ['Qualcosa è andato storto', 'mock-enode ha commesso un errore. Il suo registro dice di più; segnalalo, per favore.']
  }
}
