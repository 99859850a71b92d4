import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Testiympäristö',
  footer: 'mock-enoden simulaatio. Mikään täällä ei tavoita oikeaa merkkiä, tiliä tai laitetta.',
  step: (at, of) => `Vaihe ${at}/${of}`,
  exit: 'Poistu',
  back: 'Takaisin',
  continue: 'Jatka',
  error: 'Virhe',
  intro: {
    title: 'Yhdistä laitteesi',
    lead: 'Sovellus haluaa muodostaa yhteyden laitteisiisi kotona ja tien päällä.',
    points: [
      ['Sinä valitset', 'Valitse merkki ja katso, mitä sovellus pyytää, ennen kuin mitään jaetaan.'],
      ['Kirjaudut merkin palveluun', 'Sovellus ei koskaan saa salasanaasi tietoonsa.'],
      ['Hallinta on sinulla', 'Poistu milloin tahansa ennen yhdistämistä, niin mitään ei jaeta.']
    ]
  },
  brand: {
    title: 'Valitse merkki',
    lead: 'Minkä merkin haluat yhdistää?',
    ready: 'Merkit, joilla on virtuaalitili',
    others: 'Muut merkit',
    all: 'Kaikki merkit'
  },
  service: {
    title: 'Valitse sovellus',
    lead: brand => `Merkillä ${brand} on useita sovelluksia. Mitä niistä käytät?`
  },
  elevated: {
    short: 'Voi vaatia useita yrityksiä',
    says: brand => `Yhteys palveluun ${brand} epäonnistuu juuri nyt tavallista useammin. Useita yrityksiä voidaan tarvita.`
  },
  outage: {
    short: 'Ei nyt käytettävissä',
    title: brand => `${brand} ei ole käytettävissä`,
    says: brand => `Merkkiä ${brand} ei voi yhdistää juuri nyt. Mitään ei muutettu. Yritä myöhemmin uudelleen.`,
    other: 'Valitse toinen merkki',
    retry: 'Yritä uudelleen'
  },
  review: {
    title: 'Tarkista tietojen käyttö',
    lead: brand => `Jatkamalla annat sovellukselle luvan tehdä seuraavaa laitteillasi, joiden merkki on ${brand}.`,
    allow: 'Salli ja jatka',
    types: { vehicle: 'Ajoneuvo', charger: 'Latausasema', hvac: 'Lämmitys ja jäähdytys', inverter: 'Aurinkosähköinvertteri', battery: 'Kotiakku', meter: 'Mittari' },
    scopes: {
      'vehicle:read:data': 'Lukea tietoja, kuten akun varaus, toimintamatka, lataus ja ajetut kilometrit',
      'vehicle:read:location': 'Nähdä sijainti',
      'vehicle:control:charging': 'Aloittaa ja lopettaa lataus sekä asettaa rajoja',
      'charger:read:data': 'Lukea tietoja, kuten latauksen tila ja teho',
      'charger:control:charging': 'Aloittaa ja lopettaa lataus sekä asettaa rajoja',
      'hvac:read:data': 'Lukea tietoja, kuten lämpötila ja tila',
      'hvac:control:mode': 'Säätää lämpötilaa ja tilaa',
      'inverter:read:data': 'Lukea tietoja, kuten aurinkosähkön tuotto',
      'inverter:read:location': 'Nähdä sijainti',
      'battery:read:data': 'Lukea tietoja, kuten varaustaso ja teho',
      'battery:read:location': 'Nähdä sijainti',
      'battery:control:operation_mode': 'Säätää latausta ja purkua',
      'meter:read:data': 'Lukea tietoja, kuten kulutus',
      'meter:read:location': 'Nähdä sijainti'
    },
    example: 'Esimerkki:',
    examples: {
      'vehicle:read:data': 'Näet sovelluksesta, kuinka pitkälle autolla pääsee vielä.',
      'vehicle:read:location': 'Sovellus tietää, onko auto kotona.',
      'vehicle:control:charging': 'Auto latautuu yöllä, kun sähkö on halpaa.',
      'charger:read:data': 'Näet, latautuuko auto ja kuinka nopeasti.',
      'charger:control:charging': 'Auto latautuu yöllä, kun sähkö on halpaa.',
      'hvac:read:data': 'Näet muualla ollessasi, kuinka lämmintä kotona on.',
      'hvac:control:mode': 'Kotona on lämmintä, kun tulet kotiin.',
      'inverter:read:data': 'Näet, mitä aurinko tuottaa tänään.',
      'inverter:read:location': 'Sovellus tietää paikan sään ja hinnat.',
      'battery:read:data': 'Näet, kuinka pitkään akku riittää tänä iltana.',
      'battery:read:location': 'Sovellus tietää paikan sään ja hinnat.',
      'battery:control:operation_mode': 'Akku latautuu, kun sähkö on halpaa, ja syöttää kotia, kun se on kallista.',
      'meter:read:data': 'Näet, mitä kotisi kuluttaa päivässä.',
      'meter:read:location': 'Sovellus tietää paikan sään ja hinnat.'
    }
  },
  signIn: {
    title: brand => `Kirjaudu: ${brand}`,
    hint: (list, make) => html`Tämä sivu korvaa merkin oman sivun. Käytä virtuaalitiliä: ${list} näyttää olemassa olevat, ${make} luo uuden.`,
    warning: 'Älä koskaan kirjoita tähän oikean tilin salasanaa.',
    failed: (brand, list, make) => html`Kirjautuminen epäonnistui: millään merkin ${brand} virtuaalitilillä ei ole tätä käyttäjätunnusta ja salasanaa. Täällä toimivat vain virtuaalitilit. Etsi sellainen kutsulla ${list} tai luo uusi kutsulla ${make}.`,
    other: brand => `Tämä on merkin ${brand} tili, mutta ei se, jolla laitteesi on yhdistetty. Kirjaudu sillä tilillä. Jos haluat yhdistää toisen tilin, palaa sovellukseen ja aloita alusta.`,
    username: 'Käyttäjätunnus',
    password: 'Salasana',
    submit: 'Kirjaudu'
  },
  devices: {
    title: count => count === 0 ? 'Laitteita ei löytynyt' : count === 1 ? 'Laite löytyi' : 'Laitteita löytyi',
    lead: (count, brand) => `Löysimme ${count === 1 ? 'tämän laitteen' : 'nämä laitteet'} tililtäsi: ${brand}.`,
    none: (brand, types) => `Tällä tilillä (${brand}) ei ole mitään yhdistettävää. Sovellus pyytää: ${types.join(', ')}.`,
    more: count => `ja ${count} muuta`,
    connect: 'Yhdistä',
    other: 'Kirjaudu toisella tilillä'
  },
  success: {
    title: 'Yhteys on muodostettu',
    lead: (count, brand) => `Sovellus voi nyt käyttää ${count === 1 ? 'laitettasi' : 'laitteitasi'}: ${brand}.`,
    complete: 'Valmis'
  },
  forDevelopers: 'Kehittäjille:',
  trouble: {
    unknown: ['Linkkiä ei löytynyt', 'Tätä linkkiä ei ole. Ehkä se katkesi kopioitaessa, tai palvelin on sen jälkeen käynnistetty uudelleen.'],
    used: ['Tämä linkki on jo käytetty', 'Linkki yhdistää laitteita kerran. Palaa sovellukseen ja aloita alusta, jos haluat yhdistää lisää.'],
    expired: ['Tämä linkki on vanhentunut', 'Linkki toimii 24 tuntia. Palaa sovellukseen ja aloita alusta.'],
    malformed: ['Se ei onnistunut', 'Lomake saapui muodossa, jota tämä sivu ei ymmärrä. Mitään ei muutettu. Palaa takaisin ja yritä uudelleen.'],
    broken: ['Jokin meni pieleen', 'mock-enode teki virheen. Sen loki kertoo lisää; ilmoita siitä, kiitos.']
  }
}
