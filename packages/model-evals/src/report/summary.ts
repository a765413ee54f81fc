import type { MetricComparison } from '../statistics';
import { plural } from './numbers';
import type { ResultView } from './view';

/** The most important of a result, a sentence each. */
export function summaryOf(view: ResultView, isOneOfSeveral: boolean): string[] {
  const { quality, comparisons, counts, failures, result } = view;
  const about = isOneOfSeveral ? `${view.heading}: ` : '';
  const judged = quality.filter(it => it.verdict);
  const missed = judged.filter(it => !it.verdict?.isMet);
  const lines: string[] = [];
  const asked = judged.length + view.notMeasured.length;
  if (asked > 0) {
    const open = [
      ...missed.map(it => it.title),
      ...view.notMeasured.map(it => `${it.metric} (not measured)`),
    ];
    lines.push(
      open.length === 0
        ? `${about}all ${plural(asked, 'criterion', 'criteria')} met.`
        : `${about}${open.length} of ${plural(
            asked,
            'criterion',
            'criteria',
          )} not met: ${open.join(', ')}.`,
    );
  }
  const standing = (wanted: MetricComparison['standing']) =>
    comparisons.filter(it => it.standing === wanted).map(it => it.title);
  const worse = standing('worse');
  const better = standing('better');
  if (worse.length > 0) {
    lines.push(
      `${about}significantly worse than the incumbent: ${worse.join(', ')}.`,
    );
  }
  if (better.length > 0) {
    lines.push(
      `${about}significantly better than the incumbent: ${better.join(', ')}.`,
    );
  }
  if (comparisons.length > 0 && worse.length + better.length === 0) {
    lines.push(`${about}no significant difference from the incumbent.`);
  }
  if (counts.failed > 0) {
    lines.push(`${about}${plural(counts.failed, 'case')} got no answer.`);
  }
  if (result.pack.type === 'safety' && failures.length > 0) {
    lines.push(`${about}${plural(failures.length, 'safety case')} went wrong.`);
  }
  if (result.partial) {
    lines.push(
      `${about}partial: ${counts.asked} of ${plural(
        result.pack.cases,
        'case',
      )} were run.`,
    );
  }
  return lines.map(line => line[0].toUpperCase() + line.slice(1));
}
