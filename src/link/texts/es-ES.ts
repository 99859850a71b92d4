import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Pruebas',
  footer: 'Una simulación de mock-enode. Nada de esto llega a una marca, una cuenta o un dispositivo real.',
  step: (at, of) => `Paso ${at} de ${of}`,
  exit: 'Salir',
  back: 'Atrás',
  continue: 'Continuar',
  error: 'Error',
  intro: {
    title: 'Conecta tus dispositivos',
    lead: 'Una aplicación quiere conectarse a tus dispositivos, en casa y en la carretera.',
    points: [
      ['Tú eliges', 'Elige la marca y mira qué pide la aplicación antes de compartir nada.'],
      ['Inicias sesión en la marca', 'La aplicación nunca conoce tu contraseña.'],
      ['Tú tienes el control', 'Sal cuando quieras antes de conectar y no se compartirá nada.']
    ]
  },
  brand: {
    title: 'Elige tu marca',
    lead: '¿Qué marca quieres conectar?',
    ready: 'Marcas con una cuenta virtual',
    others: 'Otras marcas',
    all: 'Todas las marcas'
  },
  service: {
    title: 'Elige tu aplicación',
    lead: brand => `${brand} tiene varias aplicaciones. ¿Cuál usas?`
  },
  elevated: {
    short: 'Puede requerir varios intentos',
    says: brand => `La conexión con ${brand} falla ahora más de lo habitual. Puede requerir varios intentos.`
  },
  outage: {
    short: 'No disponible ahora',
    title: brand => `${brand} no está disponible`,
    says: brand => `Ahora no se puede conectar ${brand}. No se ha cambiado nada. Inténtalo de nuevo más tarde.`,
    other: 'Elegir otra marca',
    retry: 'Intentar de nuevo'
  },
  review: {
    title: 'Revisa el acceso a los datos',
    lead: brand => `Al continuar permites que la aplicación haga lo siguiente con tus dispositivos ${brand}.`,
    allow: 'Permitir y continuar',
    types: { vehicle: 'Vehículo', charger: 'Cargador', hvac: 'Calefacción y climatización', inverter: 'Inversor solar', battery: 'Batería doméstica', meter: 'Contador' },
    scopes: {
      'vehicle:read:data': 'Leer sus datos, como nivel de batería, autonomía, carga y kilometraje',
      'vehicle:read:location': 'Ver dónde está',
      'vehicle:control:charging': 'Iniciar y detener la carga, y fijar límites',
      'charger:read:data': 'Leer sus datos, como estado de carga y potencia',
      'charger:control:charging': 'Iniciar y detener la carga, y fijar límites',
      'hvac:read:data': 'Leer sus datos, como temperatura y modo',
      'hvac:control:mode': 'Ajustar temperatura y modo',
      'inverter:read:data': 'Leer sus datos, como la producción solar',
      'inverter:read:location': 'Ver dónde está',
      'battery:read:data': 'Leer sus datos, como nivel de carga y potencia',
      'battery:read:location': 'Ver dónde está',
      'battery:control:operation_mode': 'Ajustar cómo se carga y descarga',
      'meter:read:data': 'Leer sus datos, como el consumo',
      'meter:read:location': 'Ver dónde está'
    },
    example: 'Ejemplo:',
    examples: {
      'vehicle:read:data': 'Ves en la aplicación cuánto más puede recorrer el coche.',
      'vehicle:read:location': 'La aplicación sabe si el coche está en casa.',
      'vehicle:control:charging': 'El coche se carga de noche, cuando la electricidad es barata.',
      'charger:read:data': 'Ves si un coche se está cargando y a qué velocidad.',
      'charger:control:charging': 'El coche se carga de noche, cuando la electricidad es barata.',
      'hvac:read:data': 'Ves qué temperatura hay en casa cuando estás fuera.',
      'hvac:control:mode': 'La casa está caliente cuando llegas.',
      'inverter:read:data': 'Ves lo que produce hoy el sol.',
      'inverter:read:location': 'La aplicación conoce el tiempo y los precios del lugar.',
      'battery:read:data': 'Ves cuánto durará la batería esta noche.',
      'battery:read:location': 'La aplicación conoce el tiempo y los precios del lugar.',
      'battery:control:operation_mode': 'Se carga cuando la electricidad es barata y alimenta tu casa cuando es cara.',
      'meter:read:data': 'Ves lo que consume tu casa en un día.',
      'meter:read:location': 'La aplicación conoce el tiempo y los precios del lugar.'
    }
  },
  signIn: {
    title: brand => `Inicia sesión en ${brand}`,
    hint: (list, make) => html`Esta página hace las veces de la de la marca. Usa una cuenta virtual: ${list} muestra las que hay, ${make} crea una.`,
    warning: 'No escribas aquí nunca la contraseña de una cuenta real.',
    failed: (brand, list, make) => html`No se pudo iniciar sesión: ninguna cuenta virtual de ${brand} tiene este usuario y esta contraseña. Aquí solo sirven cuentas virtuales. Busca una con ${list} o crea una con ${make}.`,
    other: brand => `Es una cuenta de ${brand}, pero no aquella con la que están conectados tus dispositivos. Inicia sesión con aquella. Para conectar otra cuenta, vuelve a la aplicación y empieza de nuevo.`,
    username: 'Usuario',
    password: 'Contraseña',
    submit: 'Iniciar sesión'
  },
  devices: {
    title: count => count === 0 ? 'No se encontraron dispositivos' : count === 1 ? 'Dispositivo encontrado' : 'Dispositivos encontrados',
    lead: (count, brand) => `Hemos encontrado ${count === 1 ? 'este dispositivo' : 'estos dispositivos'} en tu cuenta de ${brand}.`,
    none: (brand, types) => `Esta cuenta de ${brand} no tiene nada que conectar. La aplicación pide: ${types.join(', ')}.`,
    more: count => `y ${count} más`,
    connect: 'Conectar',
    other: 'Iniciar sesión con otra cuenta'
  },
  success: {
    title: 'Conexión establecida',
    lead: (count, brand) => `La aplicación ya puede usar ${count === 1 ? 'tu dispositivo' : 'tus dispositivos'} de ${brand}.`,
    complete: 'Finalizar'
  },
  forDevelopers: 'Para desarrolladores:',
  trouble: {
    unknown: ['Enlace no encontrado', 'Este enlace no existe. Quizá se cortó al copiarlo, o el servidor se ha reiniciado desde entonces.'],
    used: ['Este enlace ya se usó', 'Un enlace conecta dispositivos una sola vez. Vuelve a la aplicación y empieza de nuevo para conectar más.'],
    expired: ['Este enlace ha caducado', 'Un enlace vale 24 horas. Vuelve a la aplicación y empieza de nuevo.'],
    malformed: ['No ha funcionado', 'El formulario llegó de una forma que esta página no entiende. No se ha cambiado nada. Vuelve atrás e inténtalo de nuevo.'],
    broken: ['Algo ha salido mal', 'mock-enode ha cometido un error. Su registro dice más; avísanos, por favor.']
  }
}
