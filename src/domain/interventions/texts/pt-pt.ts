import { type Texts } from './texts.ts'

const open = 'Abra a aplicação {app} e inicie sessão.'
const privacy = 'Abra as definições de privacidade no ecrã do veículo.'

export const ptPT: Texts = {
  acceptTerms: ['Aceitar os termos e condições', open, 'Aceite os termos e condições atuais da {brand} quando lhe for pedido.'],
  activateService: ['Ativar os serviços conectados', open, 'Adicione o seu veículo se ainda não constar da lista.', 'Ative os serviços conectados para o veículo.'],
  completeProfile: ['Completar o seu perfil {brand}', open, 'Vá ao seu perfil e preencha tudo o que falta.', 'Guarde as alterações.'],
  becomePrimaryUser: ['Tornar-se o utilizador principal do veículo', 'Leve o telemóvel e todas as chaves até ao veículo.', open, 'Escolha tornar-se o utilizador principal e siga as instruções no ecrã do veículo.'],
  renewSubscription: ['Renovar a sua subscrição', open, 'Verifique se a sua subscrição dos serviços conectados expirou.', 'Renove-a.'],
  updateCarSoftware: ['Atualizar o software do veículo', 'Consulte a versão do software nas definições do veículo.', 'Se for anterior à 3.0, peça a um concessionário {brand} que o atualize.'],
  shareParkingPosition: ['Partilhar a posição de estacionamento', privacy, 'Ative a partilha da posição de estacionamento.'],
  enableCharging: ['Permitir o controlo do carregamento', privacy, 'Permita que a {brand} consulte e controle o carregamento à distância.'],
  pairKey: ['Emparelhar uma chave virtual', 'Ligue novamente a sua conta {brand} e siga no telemóvel a hiperligação para a chave virtual.', 'Fique junto ao veículo e aprove a chave na aplicação {app}.'],
  grantAccessAgain: ['Conceder novamente o acesso', 'Ligue novamente a sua conta {brand}.', 'Permita tudo o que lhe for pedido ao iniciar sessão.'],
  allowControl: ['Permitir o controlo remoto', open, 'Abra as definições do dispositivo.', 'Permita que outros serviços o controlem.'],
  updateFirmware: ['Atualizar o firmware', open, 'Procure atualizações nas definições do dispositivo.', 'Instale a versão mais recente e aguarde que o dispositivo reinicie.'],
  connectInternet: ['Ligar o dispositivo à Internet', 'Certifique-se de que o dispositivo {brand} está ligado e ao alcance de uma rede.', open, 'Ligue o dispositivo à rede.'],
  installerAccess: ['Pedir acesso ao instalador', 'Contacte quem instalou o seu sistema {brand}.', 'Peça acesso total ao sistema na aplicação {app}.'],
  installMeter: ['Mandar instalar um contador de energia', 'Pergunte a um instalador se o seu sistema {brand} tem um contador de energia.', 'Se não tiver, mande instalar um e ligá-lo ao sistema.'],
  finishInstallation: ['Mandar concluir a instalação', 'Contacte quem instalou o seu dispositivo {brand}.', 'Peça que a configuração seja concluída e o dispositivo colocado em funcionamento.']
}
