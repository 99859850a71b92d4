import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Bac à sable',
  footer: 'Une simulation de mock-enode. Rien ici n’atteint une vraie marque, un vrai compte ou un vrai appareil.',
  step: (at, of) => `Étape ${at} sur ${of}`,
  exit: 'Quitter',
  back: 'Retour',
  continue: 'Continuer',
  error: 'Erreur',
  intro: {
    title: 'Connectez vos appareils',
    lead: 'Une application souhaite se connecter à vos appareils, chez vous et sur la route.',
    points: [
      ['Vous choisissez', 'Choisissez la marque et voyez ce que l’application demande avant tout partage.'],
      ['Vous vous identifiez auprès de la marque', 'L’application ne connaît jamais votre mot de passe.'],
      ['Vous gardez le contrôle', 'Quittez à tout moment avant de connecter, et rien n’est partagé.']
    ]
  },
  brand: {
    title: 'Choisissez votre marque',
    lead: 'Quelle marque souhaitez-vous connecter ?',
    ready: 'Marques avec un compte virtuel',
    others: 'Autres marques',
    all: 'Toutes les marques'
  },
  service: {
    title: 'Choisissez votre application',
    lead: brand => `${brand} propose plusieurs applications. Laquelle utilisez-vous ?`
  },
  elevated: {
    short: 'Plusieurs essais possibles',
    says: brand => `La connexion à ${brand} échoue plus souvent que d’habitude en ce moment. Plusieurs essais peuvent être nécessaires.`
  },
  outage: {
    short: 'Indisponible en ce moment',
    title: brand => `${brand} est indisponible`,
    says: brand => `${brand} ne peut pas être connecté en ce moment. Rien n’a été modifié. Veuillez réessayer plus tard.`,
    other: 'Choisir une autre marque',
    retry: 'Réessayer'
  },
  review: {
    title: 'Vérifiez l’accès aux données',
    lead: brand => `En continuant, vous autorisez l’application à faire ceci avec vos appareils ${brand}.`,
    allow: 'Autoriser et continuer',
    types: { vehicle: 'Véhicule', charger: 'Borne de recharge', hvac: 'Chauffage et climatisation', inverter: 'Onduleur solaire', battery: 'Batterie domestique', meter: 'Compteur' },
    scopes: {
      'vehicle:read:data': 'Lire ses données, comme le niveau de batterie, l’autonomie, la recharge et le kilométrage',
      'vehicle:read:location': 'Voir où il se trouve',
      'vehicle:control:charging': 'Démarrer et arrêter la recharge, et fixer des limites',
      'charger:read:data': 'Lire ses données, comme l’état de recharge et la puissance',
      'charger:control:charging': 'Démarrer et arrêter la recharge, et fixer des limites',
      'hvac:read:data': 'Lire ses données, comme la température et le mode',
      'hvac:control:mode': 'Régler la température et le mode',
      'inverter:read:data': 'Lire ses données, comme la production solaire',
      'inverter:read:location': 'Voir où il se trouve',
      'battery:read:data': 'Lire ses données, comme le niveau de charge et la puissance',
      'battery:read:location': 'Voir où elle se trouve',
      'battery:control:operation_mode': 'Régler sa charge et sa décharge',
      'meter:read:data': 'Lire ses données, comme la consommation',
      'meter:read:location': 'Voir où il se trouve'
    },
    example: 'Exemple :',
    examples: {
      'vehicle:read:data': 'Vous voyez dans l’application jusqu’où la voiture peut encore aller.',
      'vehicle:read:location': 'L’application sait si la voiture est à la maison.',
      'vehicle:control:charging': 'La voiture se recharge la nuit, quand l’électricité est bon marché.',
      'charger:read:data': 'Vous voyez si une voiture se recharge, et à quelle vitesse.',
      'charger:control:charging': 'La voiture se recharge la nuit, quand l’électricité est bon marché.',
      'hvac:read:data': 'Vous voyez quelle température il fait chez vous pendant votre absence.',
      'hvac:control:mode': 'Il fait chaud quand vous rentrez.',
      'inverter:read:data': 'Vous voyez ce que le soleil produit aujourd’hui.',
      'inverter:read:location': 'L’application connaît la météo et les prix sur place.',
      'battery:read:data': 'Vous voyez combien de temps la batterie tiendra ce soir.',
      'battery:read:location': 'L’application connaît la météo et les prix sur place.',
      'battery:control:operation_mode': 'Elle se charge quand l’électricité est bon marché et alimente votre logement quand elle est chère.',
      'meter:read:data': 'Vous voyez ce que votre logement consomme en une journée.',
      'meter:read:location': 'L’application connaît la météo et les prix sur place.'
    }
  },
  signIn: {
    title: brand => `Identifiez-vous chez ${brand}`,
    hint: (list, make) => html`Cette page remplace celle de la marque. Utilisez un compte virtuel : ${list} montre ceux qui existent, ${make} en crée un.`,
    warning: 'Ne saisissez jamais ici le mot de passe d’un vrai compte.',
    failed: (brand, list, make) => html`Échec de l’identification : aucun compte virtuel ${brand} n’a ce nom d’utilisateur et ce mot de passe. Seuls les comptes virtuels fonctionnent ici. Trouvez-en un avec ${list} ou créez-en un avec ${make}.`,
    other: brand => `C’est bien un compte ${brand}, mais pas celui avec lequel vos appareils sont connectés. Identifiez-vous avec celui-là. Pour connecter un autre compte, retournez à l’application et recommencez.`,
    username: 'Nom d’utilisateur',
    password: 'Mot de passe',
    submit: 'S’identifier'
  },
  devices: {
    title: count => count === 0 ? 'Aucun appareil trouvé' : count === 1 ? 'Appareil trouvé' : 'Appareils trouvés',
    lead: (count, brand) => `Nous avons trouvé ${count === 1 ? 'cet appareil' : 'ces appareils'} dans votre compte ${brand}.`,
    none: (brand, types) => `Ce compte ${brand} ne contient rien à connecter. L’application demande : ${types.join(', ')}.`,
    more: count => `et ${count} de plus`,
    connect: 'Connecter',
    other: 'S’identifier avec un autre compte'
  },
  success: {
    title: 'Connexion établie',
    lead: (count, brand) => `L’application peut maintenant utiliser ${count === 1 ? 'votre appareil' : 'vos appareils'} ${brand}.`,
    complete: 'Terminer'
  },
  forDevelopers: 'Pour les développeurs :',
  trouble: {
    unknown: ['Lien introuvable', 'Ce lien n’existe pas. Il a peut-être été tronqué à la copie, ou le serveur a été redémarré depuis.'],
    used: ['Ce lien a déjà servi', 'Un lien ne connecte des appareils qu’une fois. Retournez à l’application et recommencez pour en connecter d’autres.'],
    expired: ['Ce lien a expiré', 'Un lien est valable 24 heures. Retournez à l’application et recommencez.'],
    malformed: ['Cela n’a pas fonctionné', 'Le formulaire est arrivé sous une forme que cette page ne comprend pas. Rien n’a été modifié. Revenez en arrière et réessayez.'],
    broken: ['Un problème est survenu', 'mock-enode a commis une erreur ici. Son journal en dit plus ; merci de la signaler.']
  }
}
