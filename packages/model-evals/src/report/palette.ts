/**
 * The look of a report, in light, in dark and on paper. Text has a contrast of
 * 4.5 at least, marks of 3; nothing is told by colour alone.
 */
export const STYLE = `
:root{color-scheme:light dark;--text:#1f2430;--quiet:#565d6d;--page:#fff;--box:#f5f6f8;--line:#c9ced8;--own:#2b62c9;--soft:#c3d3f3;--other:#8a5a00;--good:#1b7340;--bad:#b3261e;--open:#7a5200}
@media (prefers-color-scheme:dark){:root{--text:#e7e9ee;--quiet:#aeb5c4;--page:#15181e;--box:#1f232c;--line:#434a59;--own:#86aef9;--soft:#2c4577;--other:#e2b04a;--good:#6fce96;--bad:#ff9a92;--open:#e8bf6a}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main,header,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
h1{font-size:1.75rem;line-height:1.25;margin:0 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.35rem;line-height:1.3;margin:2.5rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
h3{font-size:1.05rem;margin:1.75rem 0 .5rem}
p{margin:.5rem 0}
.quiet{color:var(--quiet)}
a{color:var(--own)}
.summary{background:var(--box);border-radius:8px;padding:.75rem 1rem;margin:1rem 0}
.summary ul{margin:0;padding-left:1.2rem}
figure{margin:1rem 0}
figure svg{display:block;width:100%;min-width:34rem;height:auto}
figcaption{color:var(--quiet);font-size:.875rem;margin-top:.25rem}
.wide{overflow-x:auto}
.wide:focus-visible,summary:focus-visible,a:focus-visible{outline:3px solid var(--own);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0}
caption{text-align:left;color:var(--quiet);font-size:.875rem;padding:.25rem 0}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
th{font-weight:600}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.good{color:var(--good)}.bad{color:var(--bad)}.open{color:var(--open)}
.good,.bad,.open{font-weight:600}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.25rem 0}
.cases>details{border:1px solid var(--line);border-radius:8px;padding:.25rem .75rem}
pre{background:var(--box);border-radius:8px;padding:.75rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem;margin:.25rem 0 .75rem}
code{overflow-wrap:anywhere;font-size:.85em}
footer{color:var(--quiet);font-size:.875rem;padding-top:1.5rem;padding-bottom:2rem}
svg text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--text)}
svg .soft{fill:var(--quiet);font-size:12px}
svg .end{text-anchor:end}svg .mid{text-anchor:middle}
svg .track{fill:var(--box)}
svg .bar{fill:var(--soft);stroke:var(--own)}
svg .own{stroke:var(--own);stroke-width:2;fill:none}
svg .dot{fill:var(--own)}
svg .other{fill:var(--page);stroke:var(--other);stroke-width:2}
svg .otherline{fill:none;stroke:var(--other);stroke-width:2}
svg .limit{stroke:var(--bad);stroke-width:2;stroke-dasharray:4 3;fill:none}
svg .axis{stroke:var(--line);stroke-width:1;fill:none}
@media print{:root{color-scheme:light;--text:#000;--quiet:#444;--page:#fff;--box:#f3f3f3;--line:#bbb;--own:#1c4da8;--soft:#cfdcf5;--other:#6b4600;--good:#14592f;--bad:#9c1c15;--open:#5f4000}
body{font-size:11pt}main,header,footer{max-width:none;padding-left:0;padding-right:0}
figure,tr,.summary{break-inside:avoid}h2,h3{break-after:avoid}
.wide{overflow:visible}figure svg{min-width:0}.figures::details-content{content-visibility:visible;display:block}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;
