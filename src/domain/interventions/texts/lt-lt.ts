import { type Texts } from './texts.ts'

const open = 'Atidarykite programėlę „{app}“ ir prisijunkite.'
const privacy = 'Transporto priemonės ekrane atidarykite privatumo nustatymus.'

export const ltLT: Texts = {
  acceptTerms: ['Sutikite su sąlygomis', open, 'Kai būsite paprašyti, sutikite su dabartinėmis „{brand}“ sąlygomis.'],
  activateService: ['Suaktyvinkite prijungtąsias paslaugas', open, 'Pridėkite savo transporto priemonę, jei jos dar nėra sąraše.', 'Suaktyvinkite jai prijungtąsias paslaugas.'],
  completeProfile: ['Užpildykite savo „{brand}“ profilį', open, 'Atidarykite savo profilį ir užpildykite viską, ko trūksta.', 'Išsaugokite pakeitimus.'],
  becomePrimaryUser: ['Tapkite pagrindiniu transporto priemonės naudotoju', 'Nueikite prie transporto priemonės su telefonu ir visais rakteliais.', open, 'Pasirinkite tapti pagrindiniu naudotoju ir vykdykite nurodymus transporto priemonės ekrane.'],
  renewSubscription: ['Atnaujinkite prenumeratą', open, 'Patikrinkite, ar nesibaigė prijungtųjų paslaugų prenumerata.', 'Atnaujinkite ją.'],
  updateCarSoftware: ['Atnaujinkite transporto priemonės programinę įrangą', 'Transporto priemonės nustatymuose pažiūrėkite programinės įrangos versiją.', 'Jei ji senesnė nei 3.0, paprašykite „{brand}“ atstovo ją atnaujinti.'],
  shareParkingPosition: ['Bendrinkite stovėjimo vietą', privacy, 'Įjunkite stovėjimo vietos bendrinimą.'],
  enableCharging: ['Leiskite valdyti įkrovimą', privacy, 'Leiskite „{brand}“ nuotoliniu būdu stebėti ir valdyti įkrovimą.'],
  pairKey: ['Susiekite virtualųjį raktą', 'Iš naujo prijunkite savo „{brand}“ paskyrą ir telefone atidarykite nuorodą į virtualųjį raktą.', 'Stovėkite šalia transporto priemonės ir patvirtinkite raktą programėlėje „{app}“.'],
  grantAccessAgain: ['Dar kartą suteikite prieigą', 'Iš naujo prijunkite savo „{brand}“ paskyrą.', 'Prisijungdami leiskite viską, ko prašoma.'],
  allowControl: ['Leiskite valdyti nuotoliniu būdu', open, 'Atidarykite įrenginio nustatymus.', 'Leiskite jį valdyti kitoms paslaugoms.'],
  updateFirmware: ['Atnaujinkite programinę aparatinę įrangą', open, 'Įrenginio nustatymuose ieškokite naujinimų.', 'Įdiekite naujausią versiją ir palaukite, kol įrenginys pasileis iš naujo.'],
  connectInternet: ['Prijunkite įrenginį prie interneto', 'Įsitikinkite, kad „{brand}“ įrenginys įjungtas ir pasiekia tinklą.', open, 'Prijunkite įrenginį prie tinklo.'],
  installerAccess: ['Paprašykite montuotojo prieigos', 'Susisiekite su tais, kas įrengė jūsų „{brand}“ sistemą.', 'Paprašykite visos prieigos prie sistemos programėlėje „{app}“.'],
  installMeter: ['Užsakykite energijos skaitiklio įrengimą', 'Paklauskite montuotojo, ar jūsų „{brand}“ sistema turi energijos skaitiklį.', 'Jei neturi, paprašykite jį įrengti ir prijungti prie sistemos.'],
  finishInstallation: ['Paprašykite užbaigti įrengimą', 'Susisiekite su tais, kas įrengė jūsų „{brand}“ įrenginį.', 'Paprašykite užbaigti sąranką ir pradėti įrenginio eksploataciją.']
}
