import { html } from '../html.ts'
import { type Texts } from './en-US.ts'

export const texts: Texts = {
  sandbox: 'テスト環境',
  footer: 'mock-enode によるシミュレーションです。実在のブランド、アカウント、機器には一切接続しません。',
  step: (at, of) => `ステップ ${at}/${of}`,
  exit: '終了',
  back: '戻る',
  continue: '続ける',
  error: 'エラー',
  intro: {
    title: '機器を接続する',
    lead: 'アプリが、ご自宅の機器やお車への接続を求めています。',
    points: [
      ['選ぶのはあなたです', 'ブランドを選び、共有する前にアプリが求める内容を確認できます。'],
      ['ブランドのページでサインインします', 'パスワードがアプリに知られることはありません。'],
      ['いつでもやめられます', '接続する前に終了すれば、何も共有されません。']
    ]
  },
  brand: {
    title: 'ブランドを選ぶ',
    lead: 'どのブランドを接続しますか？',
    ready: '仮想アカウントのあるブランド',
    others: 'その他のブランド',
    all: 'すべてのブランド'
  },
  service: {
    title: 'アプリを選ぶ',
    lead: brand => `${brand} には複数のアプリがあります。どれを使っていますか？`
  },
  elevated: {
    short: '数回の試行が必要な場合があります',
    says: brand => `現在、${brand} への接続は普段より失敗しやすくなっています。数回の試行が必要な場合があります。`
  },
  outage: {
    short: '現在利用できません',
    title: brand => `${brand} は利用できません`,
    says: brand => `現在、${brand} を接続できません。何も変更されていません。しばらくしてからもう一度お試しください。`,
    other: '別のブランドを選ぶ',
    retry: 'もう一度試す'
  },
  review: {
    title: 'データへのアクセスを確認する',
    lead: brand => `続けると、${brand} の機器についてアプリに次のことを許可します。`,
    allow: '許可して続ける',
    types: { vehicle: '車両', charger: '充電器', hvac: '冷暖房', inverter: '太陽光インバーター', battery: '家庭用蓄電池', meter: 'メーター' },
    scopes: {
      'vehicle:read:data': 'バッテリー残量、航続距離、充電、走行距離などのデータを読み取る',
      'vehicle:read:location': '位置を見る',
      'vehicle:control:charging': '充電を開始・停止し、上限を設定する',
      'charger:read:data': '充電状態や電力などのデータを読み取る',
      'charger:control:charging': '充電を開始・停止し、上限を設定する',
      'hvac:read:data': '温度や運転モードなどのデータを読み取る',
      'hvac:control:mode': '温度と運転モードを設定する',
      'inverter:read:data': '発電量などのデータを読み取る',
      'inverter:read:location': '位置を見る',
      'battery:read:data': '残量や電力などのデータを読み取る',
      'battery:read:location': '位置を見る',
      'battery:control:operation_mode': '充放電の方法を設定する',
      'meter:read:data': '消費量などのデータを読み取る',
      'meter:read:location': '位置を見る'
    },
    example: '例：',
    examples: {
      'vehicle:read:data': '車があとどれだけ走れるかをアプリで確認できます。',
      'vehicle:read:location': '車が自宅にあるかどうかをアプリが把握します。',
      'vehicle:control:charging': '電気代の安い夜間に車を充電します。',
      'charger:read:data': '車が充電中かどうか、その速さを確認できます。',
      'charger:control:charging': '電気代の安い夜間に車を充電します。',
      'hvac:read:data': '外出先から自宅の室温を確認できます。',
      'hvac:control:mode': '帰宅したときに部屋が暖まっています。',
      'inverter:read:data': '今日の太陽光による発電量を確認できます。',
      'inverter:read:location': 'その場所の天気と電気料金をアプリが把握します。',
      'battery:read:data': '今夜いつまで蓄電池が持つかを確認できます。',
      'battery:read:location': 'その場所の天気と電気料金をアプリが把握します。',
      'battery:control:operation_mode': '電気代が安いときに充電し、高いときに家庭へ供給します。',
      'meter:read:data': '家庭で一日に使う電力量を確認できます。',
      'meter:read:location': 'その場所の天気と電気料金をアプリが把握します。'
    }
  },
  signIn: {
    title: brand => `${brand} にサインイン`,
    hint: (list, make) => html`このページはブランドのページの代わりです。仮想アカウントを使ってください。${list} で一覧を表示し、${make} で作成できます。`,
    warning: '実在のアカウントのパスワードは絶対に入力しないでください。',
    failed: (brand, list, make) => html`サインインできませんでした。このユーザー名とパスワードを持つ ${brand} の仮想アカウントはありません。ここで使えるのは仮想アカウントだけです。${list} で探すか、${make} で作成してください。`,
    other: brand => `これは ${brand} のアカウントですが、機器が接続されているものとは別です。機器を接続したアカウントでサインインしてください。別のアカウントを接続するには、アプリに戻って最初からやり直してください。`,
    username: 'ユーザー名',
    password: 'パスワード',
    submit: 'サインイン'
  },
  devices: {
    title: count => count === 0 ? '機器が見つかりません' : '機器が見つかりました',
    lead: (_count, brand) => `${brand} のアカウントで次の機器が見つかりました。`,
    none: (brand, types) => `この ${brand} のアカウントには接続できるものがありません。アプリが求めているもの：${types.join('、')}。`,
    more: count => `ほか ${count} 台`,
    connect: '接続する',
    other: '別のアカウントでサインイン'
  },
  success: {
    title: '接続しました',
    lead: (_count, brand) => `アプリで ${brand} の機器を使えるようになりました。`,
    complete: '完了'
  },
  forDevelopers: '開発者向け：',
  trouble: {
    unknown: ['リンクが見つかりません', 'このリンクは存在しません。コピーの際に途切れたか、その後サーバーが再起動された可能性があります。'],
    used: ['このリンクは使用済みです', 'リンクで機器を接続できるのは一度だけです。さらに接続するには、アプリに戻って最初からやり直してください。'],
    expired: ['このリンクは期限切れです', 'リンクの有効期間は24時間です。アプリに戻って最初からやり直してください。'],
    malformed: ['うまくいきませんでした', 'フォームがこのページの理解できない形で届きました。何も変更されていません。戻ってもう一度お試しください。'],
    broken: ['問題が発生しました', 'mock-enode の側で誤りがありました。詳細はログにあります。ご報告ください。']
  }
}
