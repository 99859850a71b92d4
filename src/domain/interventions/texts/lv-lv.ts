import { type Texts } from './texts.ts'

const open = 'Atveriet lietotni {app} un pierakstieties.'
const privacy = 'Transportlīdzekļa ekrānā atveriet privātuma iestatījumus.'

export const lvLV: Texts = {
  acceptTerms: ['Piekrītiet noteikumiem un nosacījumiem', open, 'Kad tas tiek prasīts, piekrītiet zīmola {brand} pašreizējiem noteikumiem un nosacījumiem.'],
  activateService: ['Aktivizējiet tiešsaistes pakalpojumus', open, 'Pievienojiet savu transportlīdzekli, ja tā vēl nav sarakstā.', 'Aktivizējiet tam tiešsaistes pakalpojumus.'],
  completeProfile: ['Aizpildiet savu {brand} profilu', open, 'Atveriet savu profilu un aizpildiet visu, kas trūkst.', 'Saglabājiet izmaiņas.'],
  becomePrimaryUser: ['Kļūstiet par transportlīdzekļa galveno lietotāju', 'Dodieties pie transportlīdzekļa ar tālruni un visām atslēgām.', open, 'Izvēlieties kļūt par galveno lietotāju un izpildiet norādes transportlīdzekļa ekrānā.'],
  renewSubscription: ['Atjaunojiet abonementu', open, 'Pārbaudiet, vai tiešsaistes pakalpojumu abonementam nav beidzies termiņš.', 'Atjaunojiet to.'],
  updateCarSoftware: ['Atjauniniet transportlīdzekļa programmatūru', 'Transportlīdzekļa iestatījumos apskatiet programmatūras versiju.', 'Ja tā ir vecāka par 3.0, lūdziet {brand} pārstāvniecībai to atjaunināt.'],
  shareParkingPosition: ['Kopīgojiet stāvvietas atrašanās vietu', privacy, 'Ieslēdziet stāvvietas atrašanās vietas kopīgošanu.'],
  enableCharging: ['Atļaujiet uzlādes vadību', privacy, 'Atļaujiet zīmolam {brand} attālināti nolasīt un vadīt uzlādi.'],
  pairKey: ['Savienojiet pārī virtuālo atslēgu', 'Vēlreiz savienojiet savu {brand} kontu un tālrunī atveriet saiti uz virtuālo atslēgu.', 'Stāviet blakus transportlīdzeklim un apstipriniet atslēgu lietotnē {app}.'],
  grantAccessAgain: ['Vēlreiz piešķiriet piekļuvi', 'Vēlreiz savienojiet savu {brand} kontu.', 'Pierakstoties atļaujiet visu, kas tiek prasīts.'],
  allowControl: ['Atļaujiet attālo vadību', open, 'Atveriet ierīces iestatījumus.', 'Atļaujiet citiem pakalpojumiem to vadīt.'],
  updateFirmware: ['Atjauniniet programmaparatūru', open, 'Ierīces iestatījumos meklējiet atjauninājumus.', 'Instalējiet jaunāko versiju un pagaidiet, līdz ierīce restartējas.'],
  connectInternet: ['Savienojiet ierīci ar internetu', 'Pārliecinieties, ka {brand} ierīce ir ieslēgta un tīkls ir sasniedzams.', open, 'Savienojiet ierīci ar tīklu.'],
  installerAccess: ['Lūdziet piekļuvi uzstādītājam', 'Sazinieties ar to, kas uzstādīja jūsu {brand} sistēmu.', 'Lūdziet pilnu piekļuvi sistēmai lietotnē {app}.'],
  installMeter: ['Pasūtiet enerģijas skaitītāja uzstādīšanu', 'Jautājiet uzstādītājam, vai jūsu {brand} sistēmai ir enerģijas skaitītājs.', 'Ja tā nav, lūdziet to uzstādīt un pievienot sistēmai.'],
  finishInstallation: ['Lūdziet pabeigt uzstādīšanu', 'Sazinieties ar to, kas uzstādīja jūsu {brand} ierīci.', 'Lūdziet pabeigt iestatīšanu un nodot ierīci ekspluatācijā.']
}
