import { makeStyles } from '@material-ui/core/styles';
import { Facts } from '@modelhub/backstage-plugin-models-react';
import { aspects, starsText, tipKinds, versionText } from '../lib/words';
import { SafeMarkdown } from './SafeMarkdown';
import { SettingsBlock } from './SettingsBlock';

const useStyles = makeStyles(
  theme => ({
    root: {
      borderLeft: `3px solid ${theme.palette.divider}`,
      margin: theme.spacing(0.5, 0, 2),
      paddingLeft: theme.spacing(1.5),
    },
  }),
  { name: 'ModelReviewsWrittenContent' },
);

const textOf = (value: unknown) =>
  typeof value === 'string' && value ? value : undefined;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function starsOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  return aspects
    .filter(({ id }) => typeof value[id] === 'number')
    .map(({ id, label }) => `${label}: ${starsText(Number(value[id]))}`)
    .join(', ');
}

/**
 * What somebody wrote, by the fields of its input; for histories and moderators,
 * who see all kinds in one list.
 */
export function WrittenContent(props: { content: Record<string, unknown> }) {
  const { content } = props;
  const classes = useStyles();
  const markdown = (name: string) => {
    const text = textOf(content[name]);
    return text && <SafeMarkdown text={text} />;
  };
  return (
    <div className={classes.root}>
      <Facts
        items={[
          ['Title', textOf(content.title)],
          ['Kind', tipKinds.find(({ value }) => value === content.kind)?.label],
          ['Version', versionText(textOf(content.modelVersion))],
          ['Stars', starsOf(content.stars)],
          ['Use case', textOf(content.useCase)],
          ['What worked', markdown('whatWorked')],
          ['Limitations', markdown('limitations')],
          ['Text', markdown('text') ?? markdown('body')],
          [
            'Settings',
            isObject(content.settings) && (
              <SettingsBlock settings={content.settings} />
            ),
          ],
        ]}
      />
    </div>
  );
}
