import { type Texts } from './texts.ts'

const open = 'Ouvrez l’application {app} et connectez-vous.'
const privacy = 'Ouvrez les paramètres de confidentialité sur l’écran du véhicule.'

export const frFR: Texts = {
  acceptTerms: ['Accepter les conditions générales', open, 'Acceptez les conditions générales en vigueur de {brand} lorsque vous y êtes invité.'],
  activateService: ['Activer les services connectés', open, 'Ajoutez votre véhicule s’il n’apparaît pas encore.', 'Activez les services connectés pour ce véhicule.'],
  completeProfile: ['Compléter votre profil {brand}', open, 'Accédez à votre profil et renseignez tout ce qui manque.', 'Enregistrez vos modifications.'],
  becomePrimaryUser: ['Devenir l’utilisateur principal du véhicule', 'Rendez-vous au véhicule avec votre téléphone et toutes les clés.', open, 'Choisissez de devenir l’utilisateur principal et suivez les instructions sur l’écran du véhicule.'],
  renewSubscription: ['Renouveler votre abonnement', open, 'Vérifiez si votre abonnement aux services connectés a expiré.', 'Renouvelez-le.'],
  updateCarSoftware: ['Mettre à jour le logiciel du véhicule', 'Consultez la version du logiciel dans les paramètres du véhicule.', 'Si elle est antérieure à 3.0, faites-la mettre à jour par un concessionnaire {brand}.'],
  shareParkingPosition: ['Partager la position de stationnement', privacy, 'Activez le partage de la position de stationnement.'],
  enableCharging: ['Autoriser le contrôle de la recharge', privacy, 'Autorisez {brand} à consulter et à contrôler la recharge à distance.'],
  pairKey: ['Associer une clé virtuelle', 'Connectez de nouveau votre compte {brand} et suivez le lien vers la clé virtuelle sur votre téléphone.', 'Placez-vous près du véhicule et approuvez la clé dans l’application {app}.'],
  grantAccessAgain: ['Accorder de nouveau l’accès', 'Connectez de nouveau votre compte {brand}.', 'Lors de la connexion, autorisez tout ce qui vous est demandé.'],
  allowControl: ['Autoriser le contrôle à distance', open, 'Ouvrez les paramètres de l’appareil.', 'Autorisez d’autres services à le contrôler.'],
  updateFirmware: ['Mettre à jour le micrologiciel', open, 'Recherchez les mises à jour dans les paramètres de l’appareil.', 'Installez la dernière version et attendez que l’appareil redémarre.'],
  connectInternet: ['Connecter l’appareil à Internet', 'Assurez-vous que l’appareil {brand} est allumé et à portée d’un réseau.', open, 'Connectez l’appareil au réseau.'],
  installerAccess: ['Demander l’accès à votre installateur', 'Contactez l’entreprise qui a installé votre système {brand}.', 'Demandez un accès complet au système dans l’application {app}.'],
  installMeter: ['Faire installer un compteur d’énergie', 'Demandez à un installateur si votre système {brand} possède un compteur d’énergie.', 'Sinon, faites-en installer un et raccorder au système.'],
  finishInstallation: ['Faire terminer l’installation', 'Contactez l’entreprise qui a installé votre appareil {brand}.', 'Demandez que la configuration soit terminée et l’appareil mis en service.']
}
