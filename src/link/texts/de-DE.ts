import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Sandbox',
  footer: 'Eine Simulation von mock-enode. Nichts hier erreicht eine echte Marke, ein echtes Konto oder Gerät.',
  step: (at, of) => `Schritt ${at} von ${of}`,
  exit: 'Verlassen',
  back: 'Zurück',
  continue: 'Weiter',
  error: 'Fehler',
  intro: {
    title: 'Geräte verbinden',
    lead: 'Eine App möchte sich mit Ihren Geräten zu Hause und unterwegs verbinden.',
    points: [
      ['Sie wählen', 'Wählen Sie die Marke und sehen Sie, was die App möchte, bevor etwas geteilt wird.'],
      ['Sie melden sich bei der Marke an', 'Die App erfährt Ihr Passwort nie.'],
      ['Sie behalten die Kontrolle', 'Brechen Sie vor dem Verbinden jederzeit ab, dann wird nichts geteilt.']
    ]
  },
  brand: {
    title: 'Marke wählen',
    lead: 'Welche Marke möchten Sie verbinden?',
    ready: 'Marken mit virtuellem Konto',
    others: 'Andere Marken',
    all: 'Alle Marken'
  },
  service: {
    title: 'App wählen',
    lead: brand => `${brand} hat mehrere Apps. Welche nutzen Sie?`
  },
  elevated: {
    short: 'Eventuell mehrere Versuche nötig',
    says: brand => `Die Verbindung mit ${brand} schlägt zurzeit häufiger fehl als sonst. Eventuell sind mehrere Versuche nötig.`
  },
  outage: {
    short: 'Zurzeit nicht verfügbar',
    title: brand => `${brand} ist nicht verfügbar`,
    says: brand => `${brand} kann zurzeit nicht verbunden werden. Es wurde nichts geändert. Bitte versuchen Sie es später noch einmal.`,
    other: 'Andere Marke wählen',
    retry: 'Noch einmal versuchen'
  },
  review: {
    title: 'Datenzugriff prüfen',
    lead: brand => `Wenn Sie fortfahren, erlauben Sie der App Folgendes für Ihre Geräte von ${brand}.`,
    allow: 'Erlauben und weiter',
    types: { vehicle: 'Fahrzeug', charger: 'Ladestation', hvac: 'Heizung und Klima', inverter: 'Solarwechselrichter', battery: 'Heimspeicher', meter: 'Zähler' },
    scopes: {
      'vehicle:read:data': 'Daten lesen, etwa Akkustand, Reichweite, Laden und Kilometerstand',
      'vehicle:read:location': 'Den Standort sehen',
      'vehicle:control:charging': 'Laden starten und stoppen, Grenzen setzen',
      'charger:read:data': 'Daten lesen, etwa Ladestatus und Leistung',
      'charger:control:charging': 'Laden starten und stoppen, Grenzen setzen',
      'hvac:read:data': 'Daten lesen, etwa Temperatur und Modus',
      'hvac:control:mode': 'Temperatur und Modus einstellen',
      'inverter:read:data': 'Daten lesen, etwa die Solarproduktion',
      'inverter:read:location': 'Den Standort sehen',
      'battery:read:data': 'Daten lesen, etwa Ladestand und Leistung',
      'battery:read:location': 'Den Standort sehen',
      'battery:control:operation_mode': 'Laden und Entladen steuern',
      'meter:read:data': 'Daten lesen, etwa den Verbrauch',
      'meter:read:location': 'Den Standort sehen'
    },
    example: 'Beispiel:',
    examples: {
      'vehicle:read:data': 'Sie sehen in der App, wie weit das Auto noch kommt.',
      'vehicle:read:location': 'Die App weiß, ob das Auto zu Hause steht.',
      'vehicle:control:charging': 'Das Auto lädt nachts, wenn der Strom günstig ist.',
      'charger:read:data': 'Sie sehen, ob ein Auto lädt und wie schnell.',
      'charger:control:charging': 'Das Auto lädt nachts, wenn der Strom günstig ist.',
      'hvac:read:data': 'Sie sehen unterwegs, wie warm es zu Hause ist.',
      'hvac:control:mode': 'Es ist warm, wenn Sie nach Hause kommen.',
      'inverter:read:data': 'Sie sehen, was die Sonne heute liefert.',
      'inverter:read:location': 'Die App kennt das Wetter und die Preise vor Ort.',
      'battery:read:data': 'Sie sehen, wie lange der Speicher heute Abend reicht.',
      'battery:read:location': 'Die App kennt das Wetter und die Preise vor Ort.',
      'battery:control:operation_mode': 'Der Speicher lädt, wenn der Strom günstig ist, und versorgt Ihr Zuhause, wenn er teuer ist.',
      'meter:read:data': 'Sie sehen, was Ihr Zuhause am Tag verbraucht.',
      'meter:read:location': 'Die App kennt das Wetter und die Preise vor Ort.'
    }
  },
  signIn: {
    title: brand => `Bei ${brand} anmelden`,
    hint: (list, make) => html`Diese Seite vertritt die der Marke. Nutzen Sie ein virtuelles Konto: ${list} zeigt die vorhandenen, ${make} legt eines an.`,
    warning: 'Geben Sie hier nie das Passwort eines echten Kontos ein.',
    failed: (brand, list, make) => html`Anmeldung fehlgeschlagen: Kein virtuelles Konto bei ${brand} hat diesen Benutzernamen und dieses Passwort. Hier gehen nur virtuelle Konten. ${list} zeigt sie, ${make} legt eines an.`,
    other: brand => `Dies ist ein Konto bei ${brand}, aber nicht das, mit dem Ihre Geräte verbunden sind. Melden Sie sich mit dem verbundenen Konto an. Um ein anderes Konto zu verbinden, gehen Sie zurück zur App und beginnen Sie neu.`,
    username: 'Benutzername',
    password: 'Passwort',
    submit: 'Anmelden'
  },
  devices: {
    title: count => count === 0 ? 'Keine Geräte gefunden' : count === 1 ? 'Gerät gefunden' : 'Geräte gefunden',
    lead: (count, brand) => `In Ihrem Konto bei ${brand} haben wir ${count === 1 ? 'dieses Gerät' : 'diese Geräte'} gefunden.`,
    none: (brand, types) => `In diesem Konto bei ${brand} gibt es nichts zu verbinden. Die App fragt nach: ${types.join(', ')}.`,
    more: count => `und ${count} weitere`,
    connect: 'Verbinden',
    other: 'Mit einem anderen Konto anmelden'
  },
  success: {
    title: 'Verbindung hergestellt',
    lead: (count, brand) => `Die App kann ${count === 1 ? 'Ihr Gerät' : 'Ihre Geräte'} von ${brand} jetzt nutzen.`,
    complete: 'Fertig'
  },
  forDevelopers: 'Für Entwickler:',
  trouble: {
    unknown: ['Link nicht gefunden', 'Diesen Link gibt es nicht. Vielleicht wurde er beim Kopieren abgeschnitten, oder der Server wurde seither neu gestartet.'],
    used: ['Dieser Link wurde schon benutzt', 'Ein Link verbindet Geräte nur einmal. Gehen Sie zurück zur App und beginnen Sie neu, um weitere zu verbinden.'],
    expired: ['Dieser Link ist abgelaufen', 'Ein Link gilt 24 Stunden. Gehen Sie zurück zur App und beginnen Sie neu.'],
    malformed: ['Das hat nicht geklappt', 'Das Formular kam so an, dass diese Seite es nicht versteht. Es wurde nichts geändert. Gehen Sie zurück und versuchen Sie es noch einmal.'],
    broken: ['Etwas ist schiefgegangen', 'mock-enode hat hier einen Fehler gemacht. Das Protokoll sagt mehr; bitte melden Sie ihn.']
  }
}
