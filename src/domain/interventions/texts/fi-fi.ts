import { type Texts } from './texts.ts'

const open = 'Avaa sovellus {app} ja kirjaudu sisään.'
const privacy = 'Avaa yksityisyysasetukset ajoneuvon näytöllä.'

export const fiFI: Texts = {
  acceptTerms: ['Hyväksy käyttöehdot', open, 'Hyväksy merkin {brand} voimassa olevat käyttöehdot, kun niitä pyydetään hyväksymään.'],
  activateService: ['Ota verkkopalvelut käyttöön', open, 'Lisää ajoneuvosi, jos sitä ei vielä ole luettelossa.', 'Ota ajoneuvon verkkopalvelut käyttöön.'],
  completeProfile: ['Täydennä {brand}-profiilisi', open, 'Siirry profiiliisi ja täytä kaikki puuttuvat tiedot.', 'Tallenna muutokset.'],
  becomePrimaryUser: ['Ryhdy ajoneuvon pääkäyttäjäksi', 'Ota puhelin ja kaikki avaimet mukaan ajoneuvon luo.', open, 'Valitse pääkäyttäjäksi ryhtyminen ja noudata ajoneuvon näytön ohjeita.'],
  renewSubscription: ['Uusi tilauksesi', open, 'Tarkista, onko verkkopalvelujen tilauksesi päättynyt.', 'Uusi tilaus.'],
  updateCarSoftware: ['Päivitä ajoneuvon ohjelmisto', 'Katso ohjelmistoversio ajoneuvon asetuksista.', 'Jos se on vanhempi kuin 3.0, päivitytä se merkin {brand} jälleenmyyjällä.'],
  shareParkingPosition: ['Jaa pysäköintipaikan sijainti', privacy, 'Ota pysäköintipaikan sijainnin jakaminen käyttöön.'],
  enableCharging: ['Salli latauksen ohjaus', privacy, 'Salli merkin {brand} palvelujen lukea ja ohjata latausta etänä.'],
  pairKey: ['Yhdistä virtuaaliavain', 'Yhdistä {brand}-tilisi uudelleen ja avaa puhelimessa linkki virtuaaliavaimeen.', 'Seiso ajoneuvon vieressä ja hyväksy avain sovelluksessa {app}.'],
  grantAccessAgain: ['Myönnä käyttöoikeus uudelleen', 'Yhdistä {brand}-tilisi uudelleen.', 'Salli kirjautuessasi kaikki, mitä pyydetään.'],
  allowControl: ['Salli etäohjaus', open, 'Avaa laitteen asetukset.', 'Salli muiden palvelujen ohjata laitetta.'],
  updateFirmware: ['Päivitä laiteohjelmisto', open, 'Etsi päivityksiä laitteen asetuksista.', 'Asenna uusin versio ja odota, kunnes laite on käynnistynyt uudelleen.'],
  connectInternet: ['Yhdistä laite internetiin', 'Varmista, että {brand}-laite on päällä ja verkon kantaman sisällä.', open, 'Yhdistä laite verkkoon.'],
  installerAccess: ['Pyydä käyttöoikeus asentajalta', 'Ota yhteyttä {brand}-järjestelmäsi asentajaan.', 'Pyydä täysi pääsy järjestelmään sovelluksessa {app}.'],
  installMeter: ['Asennuta energiamittari', 'Kysy asentajalta, onko {brand}-järjestelmässäsi energiamittari.', 'Jos ei ole, asennuta sellainen ja liitätä se järjestelmään.'],
  finishInstallation: ['Pyydä viimeistelemään asennus', 'Ota yhteyttä {brand}-laitteesi asentajaan.', 'Pyydä viimeistelemään asetukset ja ottamaan laite käyttöön.']
}
