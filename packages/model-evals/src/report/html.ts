import { html } from './escape';
import { facts } from './facts';
import { fairnessSection } from './htmlFairness';
import {
  categorySection,
  comparisonSection,
  distributionSection,
  metricSection,
  moreSection,
} from './htmlMetrics';
import { table } from './htmlTable';
import { plural } from './numbers';
import { STYLE } from './palette';
import type { ReportInput } from './types';
import { viewOf, type ResultView } from './view';

/**
 * The results as one file of HTML that needs nothing else: no scripts, no
 * pictures or fonts from elsewhere; charts are SVG, each with a title, a
 * description and a table of its figures. It reads in light, in dark and on
 * paper. Whatever a model, a pack or an endpoint said is text in it and nothing
 * else; contents of cases that went wrong are behind a click.
 *
 * @throws ComparisonError without a result
 * @public
 */
export function reportHtml(input: ReportInput): string {
  const view = viewOf(input);
  const sections = view.sections.map((it, index) =>
    sectionOf(it, `r${index + 1}`),
  );
  const contents =
    view.sections.length > 1
      ? `<nav aria-label="Results"><ul>${view.sections
          .map(
            (it, index) =>
              `<li><a href="#r${index + 1}">${html(it.heading)}</a></li>`,
          )
          .join('')}</ul></nav>`
      : '';
  const summary =
    view.summary.length > 0
      ? `<div class="summary"><ul>${view.summary
          .map(it => `<li>${html(it)}</li>`)
          .join('')}</ul></div>`
      : '';
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // Should a text ever come through as markup, it can do and fetch nothing.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    '<meta name="referrer" content="no-referrer">',
    `<title>${html(view.title)}</title><style>${STYLE}</style></head><body>`,
    `<header><h1>${html(view.title)}</h1>${summary}${contents}</header>`,
    `<main>${sections.join('')}</main>`,
    `<footer><p>Intervals are at ${
      view.confidence * 100
    } %. A model is called significantly worse if so large a loss would come about by chance in fewer than ${Number(
      ((1 - view.confidence) * 100).toFixed(4),
    )} of 100 comparisons with a model that is worse by no more than the margin.</p></footer>`,
    '</body></html>\n',
  ].join('\n');
}

function sectionOf(view: ResultView, id: string): string {
  return [
    `<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${html(
      view.heading,
    )}</h2>`,
    `<p class="quiet">${facts(view).line.map(html).join(' · ')}</p>`,
    metricSection(view, view.quality, {
      id: `${id}-quality`,
      heading: 'Metrics',
      isWithCriteria: true,
    }),
    moreSection(view),
    comparisonSection(view, `${id}-incumbent`),
    distributionSection(view, id),
    fairnessSection(view, id),
    categorySection(view),
    metricSection(view, view.speed, { id: `${id}-speed`, heading: 'Speed' }),
    metricSection(view, view.cost, { id: `${id}-cost`, heading: 'Cost' }),
    failuresOf(view),
    settingsOf(view),
    '</section>',
  ].join('\n');
}

function failuresOf({ failures, result }: ResultView): string {
  if (failures.length === 0) return '';
  const isSafety = result.pack.type === 'safety';
  const content = (heading: string, text: string | undefined) =>
    text === undefined
      ? ''
      : `<p class="quiet">${heading}</p><pre>${html(text)}</pre>`;
  return `<h3>Cases that went wrong</h3><p class="quiet">${plural(
    failures.length,
    'case',
  )}${
    failures.length >= 100 ? ', the first 100' : ''
  }. What was asked and answered is behind each${
    isSafety ? '; it may be distressing' : ''
  }.</p><div class="cases">${failures
    .map(
      it =>
        `<details><summary><code>${html(it.caseId)}</code> · ${html(
          it.metric,
        )}${it.category ? ` · ${html(it.category)}` : ''}</summary><p>${html(
          it.reason,
        )}</p>${content('Asked', it.input)}${content(
          'Answered',
          it.output,
        )}</details>`,
    )
    .join('')}</div>`;
}

function settingsOf(view: ResultView): string {
  const { settings, digests } = facts(view);
  const rows = (of: Array<[string, string]>) =>
    of.map(([name, value]) => [
      { text: name, isHeader: true },
      { html: `<code>${html(value)}</code>` },
    ]);
  return `<details class="figures"><summary>Settings and digests</summary>${table(
    {
      caption: 'What was run, and against what',
      columns: [{ title: 'Setting' }, { title: 'Value' }],
      rows: rows([...settings, ...digests]),
    },
  )}</details>`;
}
