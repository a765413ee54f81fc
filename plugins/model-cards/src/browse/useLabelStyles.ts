import { makeStyles } from '@material-ui/core/styles';

/**
 * Labels of fields that stand on the page and not on a card: secondary text is
 * too pale for the grey there (4.47 : 1, where WCAG asks for 4.5 : 1).
 */
export const useLabelStyles = makeStyles(
  theme => ({ root: { color: theme.palette.text.primary } }),
  { name: 'ModelHubFieldLabel' },
);
