import { type Texts } from './texts.ts'

const open = 'Öffnen Sie die App {app} und melden Sie sich an.'
const privacy = 'Öffnen Sie die Datenschutzeinstellungen auf dem Bildschirm des Fahrzeugs.'

export const deDE: Texts = {
  acceptTerms: ['Nutzungsbedingungen akzeptieren', open, 'Akzeptieren Sie die aktuellen Nutzungsbedingungen von {brand}, sobald Sie dazu aufgefordert werden.'],
  activateService: ['Vernetzte Dienste aktivieren', open, 'Fügen Sie Ihr Fahrzeug hinzu, falls es noch nicht aufgeführt ist.', 'Aktivieren Sie die vernetzten Dienste für das Fahrzeug.'],
  completeProfile: ['Profil bei {brand} vervollständigen', open, 'Gehen Sie zu Ihrem Profil und ergänzen Sie alle fehlenden Angaben.', 'Speichern Sie die Änderungen.'],
  becomePrimaryUser: ['Hauptnutzer des Fahrzeugs werden', 'Gehen Sie mit Ihrem Telefon und allen Schlüsseln zum Fahrzeug.', open, 'Wählen Sie aus, dass Sie Hauptnutzer werden möchten, und folgen Sie den Anweisungen auf dem Bildschirm des Fahrzeugs.'],
  renewSubscription: ['Abonnement verlängern', open, 'Prüfen Sie, ob Ihr Abonnement der vernetzten Dienste abgelaufen ist.', 'Verlängern Sie es.'],
  updateCarSoftware: ['Software des Fahrzeugs aktualisieren', 'Sehen Sie in den Einstellungen des Fahrzeugs nach, welche Softwareversion es hat.', 'Ist sie älter als 3.0, lassen Sie sie von einem Händler der Marke {brand} aktualisieren.'],
  shareParkingPosition: ['Parkposition freigeben', privacy, 'Schalten Sie die Freigabe der Parkposition ein.'],
  enableCharging: ['Steuerung des Ladens freigeben', privacy, 'Erlauben Sie {brand}, das Laden aus der Ferne auszulesen und zu steuern.'],
  pairKey: ['Virtuellen Schlüssel koppeln', 'Verbinden Sie Ihr Konto bei {brand} erneut und folgen Sie auf dem Telefon dem Link zum virtuellen Schlüssel.', 'Stellen Sie sich neben das Fahrzeug und bestätigen Sie den Schlüssel in der App {app}.'],
  grantAccessAgain: ['Zugriff erneut erlauben', 'Verbinden Sie Ihr Konto bei {brand} erneut.', 'Erlauben Sie bei der Anmeldung alles, worum Sie gebeten werden.'],
  allowControl: ['Fernsteuerung erlauben', open, 'Öffnen Sie die Einstellungen des Geräts.', 'Erlauben Sie anderen Diensten, es zu steuern.'],
  updateFirmware: ['Firmware aktualisieren', open, 'Suchen Sie in den Einstellungen des Geräts nach Aktualisierungen.', 'Installieren Sie die neueste Version und warten Sie, bis das Gerät neu gestartet ist.'],
  connectInternet: ['Gerät mit dem Internet verbinden', 'Stellen Sie sicher, dass das Gerät von {brand} eingeschaltet ist und ein Netzwerk erreicht.', open, 'Verbinden Sie das Gerät mit dem Netzwerk.'],
  installerAccess: ['Zugriff beim Installateur anfragen', 'Wenden Sie sich an den Betrieb, der Ihre Anlage von {brand} installiert hat.', 'Bitten Sie um vollen Zugriff auf die Anlage in der App {app}.'],
  installMeter: ['Energiezähler einbauen lassen', 'Fragen Sie einen Installateur, ob Ihre Anlage von {brand} einen Energiezähler hat.', 'Falls nicht, lassen Sie einen einbauen und mit der Anlage verbinden.'],
  finishInstallation: ['Installation abschließen lassen', 'Wenden Sie sich an den Betrieb, der Ihr Gerät von {brand} installiert hat.', 'Bitten Sie darum, die Einrichtung abzuschließen und das Gerät in Betrieb zu nehmen.']
}
