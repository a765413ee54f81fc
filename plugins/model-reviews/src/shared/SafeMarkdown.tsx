import { MarkdownContent } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { Component, type ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      ...theme.typography.body2,
      minWidth: 0,
      overflowWrap: 'anywhere',
      '& > div > :first-child': { marginTop: 0 },
      '& > div > :last-child': { marginBottom: 0 },
      // A heading inside a review is not one of the page.
      '& h1, & h2, & h3, & h4, & h5, & h6': {
        ...theme.typography.subtitle2,
        margin: theme.spacing(1, 0, 0.5),
      },
      // What scrolls sideways is out of reach for the keyboard.
      '& pre, & pre code': {
        whiteSpace: 'pre-wrap !important',
        overflowWrap: 'anywhere',
      },
    },
    plain: { whiteSpace: 'pre-wrap', margin: 0 },
  }),
  { name: 'ModelReviewsMarkdown' },
);

const PROTOCOLS = new Set(['http:', 'https:', 'mailto:']);

/**
 * Addresses that lead somewhere; the others become plain words. Backstage's
 * own links throw on what runs a script, which would take the page away.
 */
export function safeLink(address: string): string {
  try {
    const { protocol } = new URL(address, window.location.origin);
    return PROTOCOLS.has(protocol) ? address : '';
  } catch {
    return '';
  }
}

/** An address that nothing is fetched from, so that the picture's words are shown. */
const noPicture = () => 'data:,';

/** Quotes and lists one inside the other; nobody writes more, and each costs a level of the page. */
const TOO_DEEP = /^(?:[ \t]*(?:[>*+-]|\d+[.)])){20,}/;

/** A line across, however long. */
const RULE = /^[ \t]*([-*+_])(?:[ \t]*\1)*[ \t]*$/;

/** Brackets and emphasis that are never closed. */
const MANY_MARKS = /[[*_]{100,}/;

/** Whether a text was made to be hard to show. */
const isHostile = (text: string) =>
  text
    .split('\n')
    .some(
      line =>
        !RULE.test(line) && (TOO_DEEP.test(line) || MANY_MARKS.test(line)),
    );

/** Shows something else when its content cannot be shown. */
class Otherwise extends Component<
  { show: ReactNode; children: ReactNode },
  { failed: boolean }
> {
  static getDerivedStateFromError() {
    return { failed: true };
  }

  state = { failed: false };

  render() {
    return this.state.failed ? this.props.show : this.props.children;
  }
}

/**
 * Markdown of people whom nobody checked. HTML is shown as it was written,
 * which also keeps the tags that prompts are full of; no picture is fetched;
 * links lead to `http`, `https` and `mailto` alone; a text that cannot be shown
 * is shown plain.
 */
export function SafeMarkdown({ text }: { text: string }) {
  const classes = useStyles();
  const plain = <p className={classes.plain}>{text}</p>;
  return (
    <div className={classes.root}>
      {isHostile(text) ? (
        plain
      ) : (
        <Otherwise key={text} show={plain}>
          <MarkdownContent
            content={text}
            dialect="common-mark"
            linkTarget="_blank"
            transformLinkUri={safeLink}
            transformImageUri={noPicture}
          />
        </Otherwise>
      )}
    </div>
  );
}
