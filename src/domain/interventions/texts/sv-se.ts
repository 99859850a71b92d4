import { type Texts } from './texts.ts'

const open = 'Öppna appen {app} och logga in.'
const privacy = 'Öppna sekretessinställningarna på skärmen i bilen.'

export const svSE: Texts = {
  acceptTerms: ['Godkänn villkoren', open, 'Godkänn de aktuella villkoren från {brand} när du blir ombedd.'],
  activateService: ['Aktivera de uppkopplade tjänsterna', open, 'Lägg till din bil om den inte finns i listan än.', 'Aktivera de uppkopplade tjänsterna för bilen.'],
  completeProfile: ['Komplettera din profil hos {brand}', open, 'Gå till din profil och fyll i allt som saknas.', 'Spara ändringarna.'],
  becomePrimaryUser: ['Bli huvudanvändare av bilen', 'Ta med dig telefonen och alla nycklar till bilen.', open, 'Välj att bli huvudanvändare och följ anvisningarna på skärmen i bilen.'],
  renewSubscription: ['Förnya ditt abonnemang', open, 'Kontrollera om ditt abonnemang på de uppkopplade tjänsterna har gått ut.', 'Förnya det.'],
  updateCarSoftware: ['Uppdatera programvaran i bilen', 'Se efter vilken programvaruversion som anges i bilens inställningar.', 'Om den är äldre än 3.0 låter du en återförsäljare för {brand} uppdatera den.'],
  shareParkingPosition: ['Dela parkeringspositionen', privacy, 'Slå på delning av parkeringspositionen.'],
  enableCharging: ['Tillåt styrning av laddningen', privacy, 'Tillåt att {brand} läser av och styr laddningen på distans.'],
  pairKey: ['Parkoppla en virtuell nyckel', 'Anslut ditt konto hos {brand} igen och följ länken till den virtuella nyckeln på telefonen.', 'Stå bredvid bilen och godkänn nyckeln i appen {app}.'],
  grantAccessAgain: ['Ge åtkomst igen', 'Anslut ditt konto hos {brand} igen.', 'Tillåt allt som efterfrågas när du loggar in.'],
  allowControl: ['Tillåt fjärrstyrning', open, 'Öppna inställningarna för enheten.', 'Tillåt att andra tjänster styr den.'],
  updateFirmware: ['Uppdatera den fasta programvaran', open, 'Sök efter uppdateringar i inställningarna för enheten.', 'Installera den senaste versionen och vänta tills enheten har startat om.'],
  connectInternet: ['Anslut enheten till internet', 'Se till att enheten från {brand} är påslagen och har ett nätverk inom räckhåll.', open, 'Anslut enheten till nätverket.'],
  installerAccess: ['Be din installatör om åtkomst', 'Kontakta den som installerade ditt system från {brand}.', 'Be om full åtkomst till systemet i appen {app}.'],
  installMeter: ['Låt installera en energimätare', 'Fråga en installatör om ditt system från {brand} har en energimätare.', 'Om inte, låt installera en och ansluta den till systemet.'],
  finishInstallation: ['Låt slutföra installationen', 'Kontakta den som installerade din enhet från {brand}.', 'Be om att konfigurationen slutförs och att enheten tas i drift.']
}
