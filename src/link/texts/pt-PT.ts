import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'Testes',
  footer: 'Uma simulação do mock-enode. Nada aqui chega a uma marca, conta ou dispositivo real.',
  step: (at, of) => `Passo ${at} de ${of}`,
  exit: 'Sair',
  back: 'Voltar',
  continue: 'Continuar',
  error: 'Erro',
  intro: {
    title: 'Ligue os seus dispositivos',
    lead: 'Uma aplicação quer ligar-se aos seus dispositivos, em casa e na estrada.',
    points: [
      ['A escolha é sua', 'Escolha a marca e veja o que a aplicação pede antes de partilhar algo.'],
      ['Inicia sessão na marca', 'A aplicação nunca fica a saber a sua palavra-passe.'],
      ['O controlo é seu', 'Saia a qualquer momento antes de ligar e nada será partilhado.']
    ]
  },
  brand: {
    title: 'Escolha a sua marca',
    lead: 'Que marca quer ligar?',
    ready: 'Marcas com uma conta virtual',
    others: 'Outras marcas',
    all: 'Todas as marcas'
  },
  service: {
    title: 'Escolha a sua aplicação',
    lead: brand => `${brand} tem várias aplicações. Qual utiliza?`
  },
  elevated: {
    short: 'Pode exigir várias tentativas',
    says: brand => `A ligação a ${brand} está a falhar mais do que o habitual. Pode exigir várias tentativas.`
  },
  outage: {
    short: 'Indisponível de momento',
    title: brand => `${brand} não está disponível`,
    says: brand => `De momento não é possível ligar ${brand}. Nada foi alterado. Tente novamente mais tarde.`,
    other: 'Escolher outra marca',
    retry: 'Tentar novamente'
  },
  review: {
    title: 'Reveja o acesso aos dados',
    lead: brand => `Ao continuar, permite que a aplicação faça o seguinte com os seus dispositivos ${brand}.`,
    allow: 'Permitir e continuar',
    types: { vehicle: 'Veículo', charger: 'Carregador', hvac: 'Aquecimento e climatização', inverter: 'Inversor solar', battery: 'Bateria doméstica', meter: 'Contador' },
    scopes: {
      'vehicle:read:data': 'Ler os seus dados, como nível da bateria, autonomia, carregamento e quilometragem',
      'vehicle:read:location': 'Ver onde está',
      'vehicle:control:charging': 'Iniciar e parar o carregamento e definir limites',
      'charger:read:data': 'Ler os seus dados, como estado do carregamento e potência',
      'charger:control:charging': 'Iniciar e parar o carregamento e definir limites',
      'hvac:read:data': 'Ler os seus dados, como temperatura e modo',
      'hvac:control:mode': 'Definir temperatura e modo',
      'inverter:read:data': 'Ler os seus dados, como a produção solar',
      'inverter:read:location': 'Ver onde está',
      'battery:read:data': 'Ler os seus dados, como nível de carga e potência',
      'battery:read:location': 'Ver onde está',
      'battery:control:operation_mode': 'Definir como carrega e descarrega',
      'meter:read:data': 'Ler os seus dados, como o consumo',
      'meter:read:location': 'Ver onde está'
    },
    example: 'Exemplo:',
    examples: {
      'vehicle:read:data': 'Vê na aplicação até onde o carro ainda pode ir.',
      'vehicle:read:location': 'A aplicação sabe se o carro está em casa.',
      'vehicle:control:charging': 'O carro carrega de noite, quando a eletricidade é barata.',
      'charger:read:data': 'Vê se um carro está a carregar e a que velocidade.',
      'charger:control:charging': 'O carro carrega de noite, quando a eletricidade é barata.',
      'hvac:read:data': 'Vê que temperatura está em casa quando está fora.',
      'hvac:control:mode': 'A casa está quente quando chega.',
      'inverter:read:data': 'Vê o que o sol produz hoje.',
      'inverter:read:location': 'A aplicação conhece o tempo e os preços do lugar.',
      'battery:read:data': 'Vê quanto tempo a bateria dura esta noite.',
      'battery:read:location': 'A aplicação conhece o tempo e os preços do lugar.',
      'battery:control:operation_mode': 'Carrega quando a eletricidade é barata e alimenta a sua casa quando é cara.',
      'meter:read:data': 'Vê o que a sua casa consome num dia.',
      'meter:read:location': 'A aplicação conhece o tempo e os preços do lugar.'
    }
  },
  signIn: {
    title: brand => `Inicie sessão em ${brand}`,
    hint: (list, make) => html`Esta página faz as vezes da página da marca. Use uma conta virtual: ${list} mostra as que existem, ${make} cria uma.`,
    warning: 'Nunca escreva aqui a palavra-passe de uma conta real.',
    failed: (brand, list, make) => html`Não foi possível iniciar sessão: nenhuma conta virtual de ${brand} tem este nome de utilizador e esta palavra-passe. Aqui só funcionam contas virtuais. Procure uma com ${list} ou crie uma com ${make}.`,
    other: brand => `É uma conta de ${brand}, mas não aquela com que os seus dispositivos estão ligados. Inicie sessão com aquela. Para ligar outra conta, volte à aplicação e comece de novo.`,
    username: 'Nome de utilizador',
    password: 'Palavra-passe',
    submit: 'Iniciar sessão'
  },
  devices: {
    title: count => count === 0 ? 'Nenhum dispositivo encontrado' : count === 1 ? 'Dispositivo encontrado' : 'Dispositivos encontrados',
    lead: (count, brand) => `Encontrámos ${count === 1 ? 'este dispositivo' : 'estes dispositivos'} na sua conta ${brand}.`,
    none: (brand, types) => `Esta conta ${brand} não tem nada para ligar. A aplicação pede: ${types.join(', ')}.`,
    more: count => `e mais ${count}`,
    connect: 'Ligar',
    other: 'Iniciar sessão com outra conta'
  },
  success: {
    title: 'Ligação estabelecida',
    lead: (count, brand) => `A aplicação já pode usar ${count === 1 ? 'o seu dispositivo' : 'os seus dispositivos'} ${brand}.`,
    complete: 'Concluir'
  },
  forDevelopers: 'Para programadores:',
  trouble: {
    unknown: ['Endereço não encontrado', 'Este endereço não existe. Talvez tenha sido cortado ao copiar, ou o servidor foi reiniciado entretanto.'],
    used: ['Este endereço já foi usado', 'Cada endereço liga dispositivos uma só vez. Volte à aplicação e comece de novo para ligar mais.'],
    expired: ['Este endereço expirou', 'Cada endereço é válido durante 24 horas. Volte à aplicação e comece de novo.'],
    malformed: ['Não funcionou', 'O formulário chegou de uma forma que esta página não entende. Nada foi alterado. Volte atrás e tente novamente.'],
    broken: ['Algo correu mal', 'O mock-enode cometeu um erro. O registo diz mais; por favor comunique-o.']
  }
}
