import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { ModelReviewCase } from '@modelhub/backstage-plugin-models-common';
import { Person, RelativeTime } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { kindText, reportReasons } from '../lib/words';
import { Byline } from '../shared/Byline';
import { ContributionState } from '../shared/ContributionState';
import {
  ModerateDialog,
  type ModerationAction,
} from '../shared/ModerateDialog';
import { useListStyles } from '../shared/useListStyles';
import { WrittenContent } from '../shared/WrittenContent';

const done: Record<ModerationAction, string> = {
  hide: 'hid it',
  restore: 'restored it',
  dismiss: 'left it as it was',
};

/** Something reported or hidden, with all that one needs to decide. */
export function CaseItem(props: {
  item: ModelReviewCase;
  onChanged: () => void;
}) {
  const { item, onChanged } = props;
  const { contribution, reports, log } = item;
  const classes = useListStyles();
  const [action, setAction] = useState<ModerationAction>();
  const noun = kindText[item.kind];
  const what = `${noun} of ${new Date(
    contribution.createdAt,
  ).toLocaleDateString('en-GB')}`;
  const mayDecide = contribution.mayModerate && !contribution.mine;
  const button = (ask: ModerationAction, label: string) => (
    <Button
      size="small"
      variant="outlined"
      aria-label={`${label}: ${what}`}
      onClick={() => setAction(ask)}
    >
      {label}
    </Button>
  );
  return (
    <article aria-label={what}>
      <h3 className={classes.title}>
        {noun[0].toLocaleUpperCase('en-GB') + noun.slice(1)}
        {item.title && `: ${item.title}`}
      </h3>
      <Byline contribution={contribution} withModel />
      <ContributionState
        contribution={contribution}
        noun={noun}
        onChanged={onChanged}
      />
      <WrittenContent content={item.content} />
      {reports.length > 0 && (
        <>
          <h4 className={classes.part}>Reports</h4>
          <ul>
            {reports.map(({ reporter, reason, comment, at }) => (
              <li key={reporter}>
                <Typography variant="body2" component="div">
                  {reportReasons.find(({ value }) => value === reason)?.label},
                  says <Person entityRef={reporter} />, <RelativeTime at={at} />
                  {comment && `: “${comment}”`}
                </Typography>
              </li>
            ))}
          </ul>
        </>
      )}
      {log.length > 0 && (
        <>
          <h4 className={classes.part}>What moderators did</h4>
          <ul>
            {log.map(entry => (
              <li key={entry.at}>
                <Typography variant="body2" component="div">
                  <Person entityRef={entry.by} /> {done[entry.action]},{' '}
                  <RelativeTime at={entry.at} />: {entry.reason}
                </Typography>
              </li>
            ))}
          </ul>
        </>
      )}
      {mayDecide ? (
        <div className={classes.filters}>
          {contribution.state === 'published' && button('hide', 'Hide')}
          {contribution.state === 'hidden' && button('restore', 'Restore')}
          {reports.length > 0 && button('dismiss', 'Leave as it is')}
        </div>
      ) : (
        <Typography variant="body2" color="textSecondary">
          {contribution.mine
            ? 'It is yours: another moderator decides.'
            : 'Another moderator decides.'}
        </Typography>
      )}
      {action && (
        <ModerateDialog
          id={contribution.id}
          action={action}
          noun={noun}
          onClose={() => setAction(undefined)}
          onDone={() => {
            setAction(undefined);
            onChanged();
          }}
        />
      )}
    </article>
  );
}
