const dark = `
  --page: #0e1412; --card: #17201d; --text: #eef3f1; --soft: #a9b8b2; --line: #3b4a45; --field: #0f1614;
  --accent: #5fd3a4; --on-accent: #06251a; --mark: #2a2410; --on-mark: #f2cf6b; --bad: #351a1a; --on-bad: #ffb4ab;`

/** The one style sheet, within each page: no other request is needed, and the content security policy allows none. */
export const styles = `
:root { color-scheme: light dark;
  --page: #f1f5f3; --card: #fff; --text: #14211c; --soft: #50605a; --line: #c3cfca; --field: #fff;
  --accent: #0b6b4b; --on-accent: #fff; --mark: #fdf0c8; --on-mark: #624700; --bad: #fdeceb; --on-bad: #8c1d18; }
@media (prefers-color-scheme: dark) { :root:not([data-scheme=light]) {${dark} } }
:root[data-scheme=light] { color-scheme: light }
:root[data-scheme=dark] { color-scheme: dark;${dark} }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: break-word }
header, main, footer { width: 100%; max-width: 30rem; margin: 0 auto; padding: 0 1rem }
header { display: flex; align-items: center; justify-content: space-between; gap: .5rem; min-height: 3.5rem }
.mark { display: flex; flex-wrap: wrap; align-items: center; gap: 0 .5rem; margin: 0; font-weight: 600 }
.pill { padding: .05rem .55rem; border-radius: 1rem; background: var(--mark); color: var(--on-mark); font-size: .8125rem }
main { flex: 1 }
.card { padding: 1.25rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card) }
.step { margin: 0 0 .25rem; color: var(--soft); font-size: .875rem }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25 }
h2 { margin: 1.25rem 0 .5rem; font-size: 1rem }
p { margin: 0 0 1rem }
.card > :last-child { margin-bottom: 0 }
ul { margin: 0 0 1rem; padding: 0 0 0 1.25rem }
.plain { padding: 0; list-style: none }
.plain li { padding: .75rem 0; border-top: 1px solid var(--line) }
.plain li:first-child { border-top: 0 }
.plain strong, .plain span { display: block }
.soft, .plain span { color: var(--soft) }
.alert, .notice { margin-top: .75rem; padding: .75rem 1rem; border-radius: .5rem; background: var(--bad); color: var(--on-bad) }
.notice { background: var(--mark); color: var(--on-mark) }
small { display: block; color: var(--soft); font-size: .8125rem; font-weight: 400; line-height: 1.3 }
li small { margin: .125rem 0 .5rem }
.brands small { color: var(--on-mark) }
.brands small.out { color: var(--on-bad) }
code { white-space: nowrap; font: .9em ui-monospace, Menlo, Consolas, monospace }
form { margin: 0 }
label { display: block; margin: 0 0 .25rem; font-weight: 600 }
input { display: block; width: 100%; min-height: 3rem; margin: 0 0 1rem; padding: 0 .75rem; border: 1px solid var(--soft); border-radius: .5rem;
  background: var(--field); color: inherit; font: inherit }
button, .button { display: block; width: 100%; min-height: 3rem; padding: .7rem 1rem; border: 1px solid transparent; border-radius: .75rem; background: var(--accent);
  color: var(--on-accent); font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer }
button:hover, .button:hover { filter: brightness(1.08) }
.brands { display: grid; grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); gap: .5rem }
.brands button { height: 100%; padding: .5rem; border-color: var(--line); background: var(--field); color: var(--text); font-weight: 500 }
.brands button:hover { border-color: var(--accent) }
a { color: var(--accent) }
a.button { color: var(--on-accent) }
.way { display: inline-block; min-height: 2.75rem; padding: .6rem 0 }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
footer { padding-top: 1rem; padding-bottom: 1.5rem; color: var(--soft); font-size: .8125rem }
footer p { margin: 0 }
`
