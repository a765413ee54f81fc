import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  type LicenceOccasion,
  licenceSummary,
  type LicenceSummary,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import { LicenceText } from '@modelhub/backstage-plugin-models-react';
import { formatNumber } from '../format';
import {
  Columns,
  FactList,
  NotStated,
  SectionCard,
  TitledList,
} from './SectionCard';
import { useModelEntity } from './useModelEntity';

type License = NonNullable<ModelEntityV1alpha1['spec']['license']>;

const useStyles = makeStyles(
  theme => ({
    owner: {
      ...theme.typography.body2,
      '& summary': { cursor: 'pointer' },
    },
  }),
  { name: 'ModelHubLicenceCard' },
);

const occasions: Array<[occasion: LicenceOccasion, title: string]> = [
  ['use', 'When you use it'],
  ['product', 'When people see your product'],
  ['derive', 'When you make another model from it or its output'],
  ['distribute', 'When you hand on its weights or access to them'],
];

const list = (links: Array<{ to: string; text: string }>) =>
  links.length ? (
    <>
      {links.map(({ to, text }, index) => (
        <span key={to}>
          {index > 0 && ', '}
          <Link to={to}>{text}</Link>
        </span>
      ))}
    </>
  ) : undefined;

const facts = (
  license: License,
  userThreshold: number | undefined,
  attribution: string | undefined,
): Array<[string, string | undefined]> => [
  ['Notice to show', attribution],
  [
    'Needs another licence above',
    userThreshold === undefined
      ? undefined
      : `${formatNumber(userThreshold)} monthly users`,
  ],
  ['Licence id', license.id],
];

/** What the owner of the model wrote, where Model Hub has duties of its own to show. */
function OwnersWords({ conditions }: { conditions?: string[] }) {
  const classes = useStyles();
  if (!conditions?.length) return null;
  return (
    <details className={classes.owner}>
      <summary>What the owner of this model wrote about it</summary>
      <ul>
        {conditions.map(condition => (
          <li key={condition}>{condition}</li>
        ))}
      </ul>
    </details>
  );
}

function KnownLicence(props: { license: License; summary: LicenceSummary }) {
  const { license, summary } = props;
  const { duties, licences, acceptableUses } = summary;
  return (
    <>
      <Typography variant="body1">{summary.summary}</Typography>
      <Columns>
        {occasions.map(([occasion, title]) => (
          <TitledList
            key={occasion}
            title={title}
            items={duties
              .filter(({ when }) => when === occasion)
              .map(({ text }) => text)}
          />
        ))}
      </Columns>
      <FactList
        facts={[
          ...facts(
            license,
            summary.userThreshold ?? license.userThreshold,
            summary.attributions.join('; ') || license.attribution,
          ),
          [
            'Text of the licence',
            list(licences.map(({ url, name }) => ({ to: url, text: name }))),
          ],
          [
            'Forbidden uses',
            list(
              acceptableUses.map(url => ({
                to: url,
                text: new URL(url).hostname,
              })),
            ),
          ],
        ]}
      />
      <OwnersWords conditions={license.conditions} />
      <Typography variant="caption" color="textSecondary" component="p">
        Put into plain words from the texts linked here. Not legal advice.
      </Typography>
    </>
  );
}

/** A licence that Model Hub has no duties for: what the owner of the model says. */
function OtherLicence({ license }: { license: License }) {
  return (
    <>
      <Typography variant="body1">
        <LicenceText licence={license} />.
      </Typography>
      <TitledList title="What it asks of you" items={license.conditions} />
      <FactList
        facts={facts(license, license.userThreshold, license.attribution)}
      />
      <Typography variant="caption" color="textSecondary" component="p">
        As the owner of this model says it: Model Hub does not know this
        licence, so the licence check asks a person to look.
      </Typography>
    </>
  );
}

/** The licence in plain words, what it asks of whoever uses the model, and where that is written. */
export function LicenceCard() {
  const { license } = useModelEntity().spec;
  const summary = license && licenceSummary(license.id);
  return (
    <SectionCard title="Licence">
      {license && summary?.known && (
        <KnownLicence license={license} summary={summary} />
      )}
      {license && !summary?.known && <OtherLicence license={license} />}
      {!license && (
        <NotStated>
          The card names no licence. Without one, nobody has the right to use
          the model.
        </NotStated>
      )}
    </SectionCard>
  );
}
