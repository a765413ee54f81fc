import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useLayoutEffect, useRef } from 'react';

/** Of the views that are on the page, the newest last. */
const shown: Array<{ title: string }> = [];
let applied: string | undefined;
let frame = 0;
let again: number[] = [];

/**
 * The counter of unread notifications writes titles of its own, up to a moment
 * later and at times the one before; so ours is looked after this long.
 */
const LOOK_AGAIN_MS = [300, 1000, 3000];

/** Puts our title back, behind the number that the counter wrote. */
function restore(): void {
  const [number] = /^\(\d+\) /.exec(document.title) ?? [''];
  if (applied !== undefined && document.title !== `${number}${applied}`) {
    document.title = `${number}${applied}`;
  }
}

/**
 * In the next frame, so that it comes after the titles that Backstage's headers
 * set by `react-helmet`. That library itself would lose titles here: it counts
 * views in while they render, and React hides and shows them again, or throws
 * a render away, while code is loaded.
 */
function applyNewest(portal: string): void {
  cancelAnimationFrame(frame);
  again.forEach(timer => window.clearTimeout(timer));
  again = [];
  const newest = shown.at(-1);
  if (newest) {
    frame = requestAnimationFrame(() => {
      applied = newest.title;
      document.title = applied;
      again = LOOK_AGAIN_MS.map(ms => window.setTimeout(restore, ms));
    });
  } else if (document.title === applied) {
    // Whoever comes next may have no title, but it is not this one.
    document.title = portal;
  }
}

/**
 * What the browser's tab and history call a view: `Queue · Model governance ·
 * Acme`, the particular first. It wins over the titles that Backstage's own
 * headers set; of several on one page, the one that came last. Give each view
 * its own and frames around views none.
 *
 * @public
 */
export function DocumentTitle(props: {
  /** Of this view; left out while it is not known. */
  title?: string;
  /** The place that it is part of. */
  place: string;
}) {
  const portal =
    useApi(configApiRef).getOptionalString('app.title') || 'Backstage';
  const title = [props.title, props.place, portal].filter(Boolean).join(' · ');
  const { current: view } = useRef({ title });

  useLayoutEffect(() => {
    shown.push(view);
    return () => {
      shown.splice(shown.indexOf(view), 1);
      applyNewest(portal);
    };
  }, [view, portal]);
  useLayoutEffect(() => {
    view.title = title;
    applyNewest(portal);
  }, [view, title, portal]);
  return null;
}
