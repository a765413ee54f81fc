import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Findings in what Backstage draws around our pages, told by their HTML. */
const BACKSTAGE = [
  {
    rule: 'aria-valid-attr-value',
    html: 'bui-Tab',
    why: 'The tabs of the header lead to other pages, and still name panels that are not there.',
  },
  {
    rule: 'list',
    html: 'MuiList-dense',
    why: 'The home page puts other things than items into its list of recent visits.',
  },
];

/**
 * That what is on the page has no serious or critical finding.
 *
 * @param within - only look at this part, a CSS selector: of a dialog over a
 * page that was looked at, for a long page takes seconds
 */
export async function expectAccessible(
  page: Page,
  what: string,
  within?: string,
): Promise<void> {
  // Colours are only true when nothing fades in any more.
  for (const dialog of await page.locator('.MuiDialog-container').all()) {
    await expect(dialog).toHaveCSS('opacity', '1');
  }
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  if (within) axe.include(within);
  const { violations } = await axe.analyze();
  const findings = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes
        .filter(
          node =>
            !BACKSTAGE.some(
              ({ rule, html }) => rule === id && node.html.includes(html),
            ),
        )
        .map(node => `${id} (${help}): ${node.html}`),
    );
  expect.soft(findings, `What axe finds in ${what}`).toEqual([]);
}
