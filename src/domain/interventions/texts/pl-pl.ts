import { type Texts } from './texts.ts'

const open = 'Otwórz aplikację {app} i zaloguj się.'
const privacy = 'Na ekranie pojazdu otwórz ustawienia prywatności.'

export const plPL: Texts = {
  acceptTerms: ['Zaakceptuj regulamin', open, 'Gdy pojawi się taka prośba, zaakceptuj aktualny regulamin marki {brand}.'],
  activateService: ['Aktywuj usługi online', open, 'Dodaj swój pojazd, jeśli nie ma go jeszcze na liście.', 'Aktywuj dla niego usługi online.'],
  completeProfile: ['Uzupełnij swój profil {brand}', open, 'Przejdź do profilu i uzupełnij wszystkie brakujące dane.', 'Zapisz zmiany.'],
  becomePrimaryUser: ['Zostań głównym użytkownikiem pojazdu', 'Podejdź do pojazdu z telefonem i wszystkimi kluczykami.', open, 'Wybierz opcję zostania głównym użytkownikiem i postępuj zgodnie z instrukcjami na ekranie pojazdu.'],
  renewSubscription: ['Odnów subskrypcję', open, 'Sprawdź, czy subskrypcja usług online nie wygasła.', 'Odnów ją.'],
  updateCarSoftware: ['Zaktualizuj oprogramowanie pojazdu', 'Sprawdź wersję oprogramowania w ustawieniach pojazdu.', 'Jeśli jest starsza niż 3.0, zleć aktualizację w salonie marki {brand}.'],
  shareParkingPosition: ['Udostępnij pozycję parkowania', privacy, 'Włącz udostępnianie pozycji parkowania.'],
  enableCharging: ['Zezwól na sterowanie ładowaniem', privacy, 'Zezwól marce {brand} na zdalny odczyt i sterowanie ładowaniem.'],
  pairKey: ['Sparuj klucz wirtualny', 'Połącz ponownie swoje konto {brand} i otwórz na telefonie link do klucza wirtualnego.', 'Stań obok pojazdu i zatwierdź klucz w aplikacji {app}.'],
  grantAccessAgain: ['Przyznaj dostęp ponownie', 'Połącz ponownie swoje konto {brand}.', 'Podczas logowania zezwól na wszystko, o co zostaniesz poproszony.'],
  allowControl: ['Zezwól na zdalne sterowanie', open, 'Otwórz ustawienia urządzenia.', 'Zezwól innym usługom na sterowanie urządzeniem.'],
  updateFirmware: ['Zaktualizuj oprogramowanie układowe', open, 'Poszukaj aktualizacji w ustawieniach urządzenia.', 'Zainstaluj najnowszą wersję i poczekaj, aż urządzenie uruchomi się ponownie.'],
  connectInternet: ['Połącz urządzenie z internetem', 'Upewnij się, że urządzenie {brand} jest włączone i znajduje się w zasięgu sieci.', open, 'Połącz urządzenie z siecią.'],
  installerAccess: ['Poproś instalatora o dostęp', 'Skontaktuj się z firmą, która zainstalowała Twój system {brand}.', 'Poproś o pełny dostęp do systemu w aplikacji {app}.'],
  installMeter: ['Zleć montaż licznika energii', 'Zapytaj instalatora, czy Twój system {brand} ma licznik energii.', 'Jeśli go nie ma, zleć jego montaż i podłączenie do systemu.'],
  finishInstallation: ['Zleć dokończenie instalacji', 'Skontaktuj się z firmą, która zainstalowała Twoje urządzenie {brand}.', 'Poproś o dokończenie konfiguracji i uruchomienie urządzenia.']
}
