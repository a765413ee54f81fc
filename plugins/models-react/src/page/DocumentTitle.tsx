import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';
import { Helmet } from 'react-helmet';

/**
 * What the browser's tab and history call a view: `Queue · Model governance ·
 * Acme`, the particular first. Where views are nested the innermost wins, also
 * over the titles that Backstage's own headers set.
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
  // Helmet counts itself in while it renders, and the last one wins. A render
  // that React begins and throws away, as it does while code is loaded, would
  // leave one behind; so it comes only once this is on the page.
  const [isShown, setIsShown] = useState(false);
  useEffect(() => setIsShown(true), []);
  if (!isShown) return null;
  const title = [props.title, props.place, portal].filter(Boolean).join(' · ');
  return <Helmet titleTemplate="%s" title={title} />;
}
