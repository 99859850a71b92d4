import { type Texts } from './texts.ts'

const open = 'Abra la aplicación {app} e inicie sesión.'
const privacy = 'Abra los ajustes de privacidad en la pantalla del vehículo.'

export const esES: Texts = {
  acceptTerms: ['Aceptar los términos y condiciones', open, 'Acepte los términos y condiciones vigentes de {brand} cuando se le pida.'],
  activateService: ['Activar los servicios conectados', open, 'Añada su vehículo si aún no aparece en la lista.', 'Active los servicios conectados para el vehículo.'],
  completeProfile: ['Completar su perfil de {brand}', open, 'Vaya a su perfil y rellene todo lo que falte.', 'Guarde los cambios.'],
  becomePrimaryUser: ['Convertirse en el usuario principal del vehículo', 'Lleve su teléfono y todas las llaves al vehículo.', open, 'Elija ser el usuario principal y siga las instrucciones de la pantalla del vehículo.'],
  renewSubscription: ['Renovar su suscripción', open, 'Compruebe si su suscripción a los servicios conectados ha caducado.', 'Renuévela.'],
  updateCarSoftware: ['Actualizar el software del vehículo', 'Consulte la versión del software en los ajustes del vehículo.', 'Si es anterior a la 3.0, pida a un concesionario de {brand} que lo actualice.'],
  shareParkingPosition: ['Compartir la posición de estacionamiento', privacy, 'Active el uso compartido de la posición de estacionamiento.'],
  enableCharging: ['Permitir el control de la carga', privacy, 'Permita que {brand} consulte y controle la carga a distancia.'],
  pairKey: ['Vincular una llave virtual', 'Conecte de nuevo su cuenta de {brand} y siga en el teléfono el enlace a la llave virtual.', 'Sitúese junto al vehículo y apruebe la llave en la aplicación {app}.'],
  grantAccessAgain: ['Volver a conceder el acceso', 'Conecte de nuevo su cuenta de {brand}.', 'Permita todo lo que se le pida al iniciar sesión.'],
  allowControl: ['Permitir el control remoto', open, 'Abra los ajustes del dispositivo.', 'Permita que otros servicios lo controlen.'],
  updateFirmware: ['Actualizar el firmware', open, 'Busque actualizaciones en los ajustes del dispositivo.', 'Instale la última versión y espere a que el dispositivo se reinicie.'],
  connectInternet: ['Conectar el dispositivo a internet', 'Asegúrese de que el dispositivo de {brand} está encendido y tiene una red a su alcance.', open, 'Conecte el dispositivo a la red.'],
  installerAccess: ['Pedir acceso a su instalador', 'Póngase en contacto con quien instaló su sistema de {brand}.', 'Pida acceso completo al sistema en la aplicación {app}.'],
  installMeter: ['Encargar la instalación de un contador de energía', 'Pregunte a un instalador si su sistema de {brand} tiene un contador de energía.', 'Si no lo tiene, encargue que se instale uno y se conecte al sistema.'],
  finishInstallation: ['Encargar que se complete la instalación', 'Póngase en contacto con quien instaló su dispositivo de {brand}.', 'Pida que se complete la configuración y se ponga en marcha el dispositivo.']
}
