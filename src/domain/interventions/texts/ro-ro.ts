import { type Texts } from './texts.ts'

const open = 'Deschideți aplicația {app} și conectați-vă.'
const privacy = 'Deschideți setările de confidențialitate pe ecranul vehiculului.'

export const roRO: Texts = {
  acceptTerms: ['Acceptați termenii și condițiile', open, 'Acceptați termenii și condițiile actuale {brand} atunci când vi se cere.'],
  activateService: ['Activați serviciile conectate', open, 'Adăugați vehiculul dacă nu apare încă în listă.', 'Activați serviciile conectate pentru acesta.'],
  completeProfile: ['Completați-vă profilul {brand}', open, 'Accesați profilul și completați tot ce lipsește.', 'Salvați modificările.'],
  becomePrimaryUser: ['Deveniți utilizatorul principal al vehiculului', 'Mergeți la vehicul cu telefonul și toate cheile.', open, 'Alegeți să deveniți utilizatorul principal și urmați instrucțiunile de pe ecranul vehiculului.'],
  renewSubscription: ['Reînnoiți abonamentul', open, 'Verificați dacă abonamentul la serviciile conectate a expirat.', 'Reînnoiți-l.'],
  updateCarSoftware: ['Actualizați software-ul vehiculului', 'Consultați versiunea de software în setările vehiculului.', 'Dacă este mai veche decât 3.0, cereți unui dealer {brand} să o actualizeze.'],
  shareParkingPosition: ['Partajați poziția de parcare', privacy, 'Activați partajarea poziției de parcare.'],
  enableCharging: ['Permiteți controlul încărcării', privacy, 'Permiteți ca {brand} să citească și să controleze încărcarea de la distanță.'],
  pairKey: ['Asociați o cheie virtuală', 'Conectați din nou contul {brand} și deschideți pe telefon linkul către cheia virtuală.', 'Stați lângă vehicul și aprobați cheia în aplicația {app}.'],
  grantAccessAgain: ['Acordați din nou accesul', 'Conectați din nou contul {brand}.', 'La conectare, permiteți tot ce vi se cere.'],
  allowControl: ['Permiteți controlul de la distanță', open, 'Deschideți setările dispozitivului.', 'Permiteți altor servicii să îl controleze.'],
  updateFirmware: ['Actualizați firmware-ul', open, 'Căutați actualizări în setările dispozitivului.', 'Instalați cea mai nouă versiune și așteptați repornirea dispozitivului.'],
  connectInternet: ['Conectați dispozitivul la internet', 'Asigurați-vă că dispozitivul {brand} este pornit și are o rețea în raza de acțiune.', open, 'Conectați dispozitivul la rețea.'],
  installerAccess: ['Cereți acces instalatorului', 'Contactați firma care a instalat sistemul {brand}.', 'Cereți acces complet la sistem în aplicația {app}.'],
  installMeter: ['Solicitați montarea unui contor de energie', 'Întrebați un instalator dacă sistemul {brand} are un contor de energie.', 'Dacă nu are, solicitați montarea unuia și conectarea lui la sistem.'],
  finishInstallation: ['Solicitați finalizarea instalării', 'Contactați firma care a instalat dispozitivul {brand}.', 'Cereți finalizarea configurării și punerea în funcțiune a dispozitivului.']
}
