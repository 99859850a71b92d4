import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Środowisko testowe',
  footer: 'Symulacja mock-enode. Nic stąd nie trafia do prawdziwej marki, konta ani urządzenia.',
  step: (at, of) => `Krok ${at} z ${of}`,
  exit: 'Wyjdź',
  back: 'Wstecz',
  continue: 'Dalej',
  error: 'Błąd',
  intro: {
    title: 'Połącz swoje urządzenia',
    lead: 'Aplikacja chce się połączyć z Twoimi urządzeniami w domu i w drodze.',
    points: [
      ['Ty wybierasz', 'Wybierz markę i zobacz, o co prosi aplikacja, zanim cokolwiek zostanie udostępnione.'],
      ['Logujesz się u marki', 'Aplikacja nigdy nie poznaje Twojego hasła.'],
      ['Masz kontrolę', 'Możesz wyjść w każdej chwili przed połączeniem i nic nie zostanie udostępnione.']
    ]
  },
  brand: {
    title: 'Wybierz markę',
    lead: 'Którą markę chcesz połączyć?',
    ready: 'Marki z kontem wirtualnym',
    others: 'Inne marki',
    all: 'Wszystkie marki'
  },
  service: {
    title: 'Wybierz aplikację',
    lead: brand => `${brand} ma kilka aplikacji. Z której korzystasz?`
  },
  elevated: {
    short: 'Może wymagać kilku prób',
    says: brand => `Łączenie z ${brand} zawodzi teraz częściej niż zwykle. Może być potrzebnych kilka prób.`
  },
  outage: {
    short: 'Teraz niedostępne',
    title: brand => `Marka ${brand} jest niedostępna`,
    says: brand => `Nie można teraz połączyć marki ${brand}. Nic nie zostało zmienione. Spróbuj ponownie później.`,
    other: 'Wybierz inną markę',
    retry: 'Spróbuj ponownie'
  },
  review: {
    title: 'Sprawdź dostęp do danych',
    lead: brand => `Przechodząc dalej, pozwalasz aplikacji na następujące działania z Twoimi urządzeniami ${brand}.`,
    allow: 'Zezwól i przejdź dalej',
    types: { vehicle: 'Pojazd', charger: 'Ładowarka', hvac: 'Ogrzewanie i chłodzenie', inverter: 'Falownik słoneczny', battery: 'Domowy magazyn energii', meter: 'Licznik' },
    scopes: {
      'vehicle:read:data': 'Odczyt danych, takich jak poziom baterii, zasięg, ładowanie i przebieg',
      'vehicle:read:location': 'Odczyt położenia',
      'vehicle:control:charging': 'Włączanie i wyłączanie ładowania oraz ustawianie limitów',
      'charger:read:data': 'Odczyt danych, takich jak stan ładowania i moc',
      'charger:control:charging': 'Włączanie i wyłączanie ładowania oraz ustawianie limitów',
      'hvac:read:data': 'Odczyt danych, takich jak temperatura i tryb',
      'hvac:control:mode': 'Ustawianie temperatury i trybu',
      'inverter:read:data': 'Odczyt danych, takich jak produkcja energii słonecznej',
      'inverter:read:location': 'Odczyt położenia',
      'battery:read:data': 'Odczyt danych, takich jak poziom naładowania i moc',
      'battery:read:location': 'Odczyt położenia',
      'battery:control:operation_mode': 'Sterowanie ładowaniem i rozładowywaniem',
      'meter:read:data': 'Odczyt danych, takich jak zużycie',
      'meter:read:location': 'Odczyt położenia'
    },
    example: 'Przykład:',
    examples: {
      'vehicle:read:data': 'Widzisz w aplikacji, jak daleko auto może jeszcze zajechać.',
      'vehicle:read:location': 'Aplikacja wie, czy auto stoi w domu.',
      'vehicle:control:charging': 'Auto ładuje się nocą, gdy prąd jest tani.',
      'charger:read:data': 'Widzisz, czy auto się ładuje i jak szybko.',
      'charger:control:charging': 'Auto ładuje się nocą, gdy prąd jest tani.',
      'hvac:read:data': 'Widzisz poza domem, jak jest w nim ciepło.',
      'hvac:control:mode': 'Gdy wracasz do domu, jest w nim ciepło.',
      'inverter:read:data': 'Widzisz, ile energii daje dziś słońce.',
      'inverter:read:location': 'Aplikacja zna pogodę i ceny w tym miejscu.',
      'battery:read:data': 'Widzisz, na jak długo wystarczy energii dziś wieczorem.',
      'battery:read:location': 'Aplikacja zna pogodę i ceny w tym miejscu.',
      'battery:control:operation_mode': 'Magazyn ładuje się, gdy prąd jest tani, i zasila dom, gdy jest drogi.',
      'meter:read:data': 'Widzisz, ile Twój dom zużywa w ciągu dnia.',
      'meter:read:location': 'Aplikacja zna pogodę i ceny w tym miejscu.'
    }
  },
  signIn: {
    title: brand => `Zaloguj się do ${brand}`,
    hint: (list, make) => html`Ta strona zastępuje stronę marki. Użyj konta wirtualnego: ${list} pokazuje istniejące, ${make} tworzy nowe.`,
    warning: 'Nigdy nie wpisuj tu hasła do prawdziwego konta.',
    failed: (brand, list, make) => html`Logowanie nie powiodło się: żadne konto wirtualne ${brand} nie ma tej nazwy użytkownika i tego hasła. Działają tu tylko konta wirtualne. Znajdź je przez ${list} albo utwórz przez ${make}.`,
    other: brand => `To konto ${brand}, ale nie to, z którym połączone są Twoje urządzenia. Zaloguj się na tamto. Aby połączyć inne konto, wróć do aplikacji i zacznij od nowa.`,
    username: 'Nazwa użytkownika',
    password: 'Hasło',
    submit: 'Zaloguj się'
  },
  devices: {
    title: count => count === 0 ? 'Nie znaleziono urządzeń' : count === 1 ? 'Znaleziono urządzenie' : 'Znaleziono urządzenia',
    lead: (count, brand) => `Na Twoim koncie ${brand} znaleźliśmy ${count === 1 ? 'to urządzenie' : 'te urządzenia'}.`,
    none: (brand, types) => `Na tym koncie ${brand} nie ma nic do połączenia. Aplikacja prosi o: ${types.join(', ')}.`,
    more: count => `i jeszcze ${count}`,
    connect: 'Połącz',
    other: 'Zaloguj się na inne konto'
  },
  success: {
    title: 'Połączono',
    lead: (count, brand) => `Aplikacja może teraz korzystać z ${count === 1 ? 'Twojego urządzenia' : 'Twoich urządzeń'} ${brand}.`,
    complete: 'Zakończ'
  },
  forDevelopers: 'Dla programistów:',
  trouble: {
    unknown: ['Nie znaleziono linku', 'Ten link nie istnieje. Być może został ucięty przy kopiowaniu albo serwer uruchomiono od tego czasu ponownie.'],
    used: ['Ten link został już użyty', 'Link łączy urządzenia tylko raz. Wróć do aplikacji i zacznij od nowa, aby połączyć kolejne.'],
    expired: ['Ten link wygasł', 'Link działa przez 24 godziny. Wróć do aplikacji i zacznij od nowa.'],
    malformed: ['To się nie udało', 'Formularz dotarł w postaci, której ta strona nie rozumie. Nic nie zostało zmienione. Wróć i spróbuj ponownie.'],
    broken: ['Coś poszło nie tak', 'mock-enode popełnił tu błąd. Więcej mówi jego dziennik; prosimy o zgłoszenie.']
  }
}
