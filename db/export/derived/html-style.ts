/** The desk's paper and ink, for one page without anything outside of it. */
export const STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#faf9f5,#181715);--rule:light-dark(#e2ded3,#34322d);--strong:light-dark(#8b8577,#7d776b);--ink:light-dark(#1e1c18,#ece8df);--soft:light-dark(#4d4a42,#bcb6aa);--faint:light-dark(#68645a,#9f998c);--line:light-dark(#dcaaa0,#6e4038);--sunk:light-dark(#f2f0e9,#131210)}
body{margin:0;background:var(--paper);color:var(--ink);font:400 15px/1.45 "Source Sans 3","Source Sans Pro",system-ui,sans-serif}
main{max-width:72rem;margin:0 auto;padding:2rem 1.25rem 5rem}
h1{font-size:1.75rem;margin:1.5rem 0 .5rem}
h2{font-size:1.15rem;margin:3rem 0 .5rem;padding-bottom:.3rem;border-bottom:1px solid var(--ink)}
.note{margin:0;padding:.6rem .9rem;background:var(--sunk);border-left:3px solid var(--line)}
dl{display:grid;grid-template-columns:8rem 1fr;gap:.2rem 1rem;margin:0}dt{color:var(--faint)}dd{margin:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse}th{font-size:.75rem;letter-spacing:.05em;text-transform:uppercase;color:var(--faint);text-align:left;border-bottom:1px solid var(--strong)}
td,th{padding:.35rem .6rem .35rem 0;vertical-align:top}td{border-bottom:1px solid var(--rule);overflow-wrap:anywhere}
tr:target td{background:var(--sunk)}
.n{font:.78rem/1.6 "Source Code Pro",ui-monospace,monospace;white-space:nowrap}
small{display:block;color:var(--faint);font-size:.8rem}q{display:block;margin-top:.15rem;color:var(--soft);white-space:pre-wrap}
.c{margin:.35rem 0 0;padding-left:.6rem;border-left:2px solid var(--strong);font-size:.9rem}
@media(max-width:46rem){thead{display:none}tr{display:grid;grid-template-columns:2.5rem 1fr;padding:.5rem 0;border-bottom:1px solid var(--rule)}td{border:0;padding:.1rem 0;grid-column:2}td:first-child{grid-column:1;grid-row:1}}
@media print{main{padding:0}h2{break-after:avoid}tr{break-inside:avoid}}
`
