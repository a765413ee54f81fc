import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/Check';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import RemoveIcon from '@material-ui/icons/Remove';
import type {
  ArtifactSignatureEvidence,
  ArtifactSigner,
  SignedFileStanding,
} from '@modelhub/backstage-plugin-models-common';
import {
  CopyButton,
  DataTable,
  Facts,
  RelativeTime,
  StatusChip,
  type StatusChipProps,
} from '@modelhub/backstage-plugin-models-react';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: { marginTop: theme.spacing(1) },
    heading: { margin: theme.spacing(2, 0, 0.5) },
    code: { overflowWrap: 'anywhere', fontSize: 12 },
    digest: { display: 'flex', alignItems: 'center', flexWrap: 'wrap' },
  }),
  { name: 'ModelGovernanceArtifactSignature' },
);

const formats: Record<
  NonNullable<ArtifactSignatureEvidence['signature']>['format'],
  string
> = {
  'openssf-model-signing': 'OpenSSF Model Signing',
  cosign: 'cosign',
};

const kinds: Record<ArtifactSigner['kind'], string> = {
  key: 'a key',
  certificate: 'a certificate',
  identity: 'an identity that Sigstore vouches for',
};

const clocks = {
  'transparency-log': 'by the transparency log',
  'timestamp-authority': 'by a timestamp authority',
};

const looks: Record<SignedFileStanding, StatusChipProps> = {
  matches: { icon: CheckIcon, label: 'As signed', tone: 'good' },
  differs: { icon: HighlightOffIcon, label: 'Changed', tone: 'bad' },
  missing: { icon: HighlightOffIcon, label: 'Missing', tone: 'bad' },
  unsigned: { icon: HighlightOffIcon, label: 'Not signed', tone: 'bad' },
  ignored: { icon: RemoveIcon, label: 'Left out' },
};

const countWords: Array<[SignedFileStanding, string]> = [
  ['matches', 'as signed'],
  ['differs', 'changed'],
  ['missing', 'missing'],
  ['unsigned', 'not signed'],
  ['ignored', 'left out on purpose'],
];

const day = (at: string) =>
  new Date(at).toLocaleDateString('en-GB', { timeZone: 'UTC' });

/** Who signed, with what, when; and how each file stands to what was signed. */
export function ArtifactSignatureView({
  evidence,
}: {
  evidence: ArtifactSignatureEvidence;
}) {
  const classes = useStyles();
  const { signature, files, counts, moreFiles, trusted } = evidence;
  const code = (text: string) => <code className={classes.code}>{text}</code>;
  return (
    <div className={classes.root}>
      <Facts
        items={[
          ...(signature
            ? signatureFacts(signature, code)
            : [['Signed by', 'nobody'] as [string, ReactNode]]),
          [
            'Trusted here',
            trusted.length > 0 ? trusted.join(', ') : 'nobody yet',
          ],
          ['Artifact', code(evidence.pinnedUri ?? evidence.uri)],
          ...(evidence.digest
            ? [
                [
                  'Digest',
                  <span className={classes.digest}>
                    {code(evidence.digest)}
                    <CopyButton
                      text={evidence.digest}
                      what="the digest of the artifact"
                    />
                  </span>,
                ] as [string, ReactNode],
              ]
            : []),
        ]}
      />
      {files.length > 0 && (
        <>
          <Typography
            variant="subtitle2"
            component="h4"
            className={classes.heading}
          >
            Files:{' '}
            {countWords
              .filter(([standing]) => counts[standing] > 0)
              .map(([standing, words]) => `${counts[standing]} ${words}`)
              .join(', ')}
          </Typography>
          <DataTable
            label="Signed files"
            rows={files}
            rowKey={({ path }) => path}
            columns={[
              { header: 'File', render: ({ path }) => code(path) },
              {
                header: 'Result',
                tight: true,
                render: ({ standing }) => <StatusChip {...looks[standing]} />,
              },
              {
                header: 'Digest',
                render: ({ signed, found, standing }) => (
                  <>
                    {found && code(found)}
                    {standing !== 'matches' && signed && (
                      <Typography variant="caption" component="p">
                        signed was {code(signed)}
                      </Typography>
                    )}
                  </>
                ),
              },
            ]}
          />
          {moreFiles > 0 && (
            <Typography variant="body2" color="textSecondary">
              And {moreFiles} more.
            </Typography>
          )}
        </>
      )}
    </div>
  );
}

function signatureFacts(
  signature: NonNullable<ArtifactSignatureEvidence['signature']>,
  code: (text: string) => ReactNode,
): Array<[string, ReactNode]> {
  const { signer, signedAt, signedAtBy, format, from } = signature;
  const facts: Array<[string, ReactNode]> = [
    [
      'Signed by',
      signer ? (
        <>
          <strong>{signer.name}</strong>, {kinds[signer.kind]}
        </>
      ) : (
        'somebody who is not known or trusted here'
      ),
    ],
    ['Signature', `${formats[format]}, from ${from}`],
  ];
  if (signer?.subject) facts.push(['Subject', signer.subject]);
  if (signer?.issuer) {
    const title = signer.kind === 'identity' ? 'Confirmed by' : 'Issued by';
    facts.push([title, signer.issuer]);
  }
  if (signer?.validFrom && signer.validTo) {
    facts.push([
      'Certificate',
      `${day(signer.validFrom)} to ${day(signer.validTo)}`,
    ]);
  }
  if (signer) facts.push(['Key', code(`SHA-256 ${signer.keyFingerprint}`)]);
  facts.push([
    'Signed',
    signedAt ? (
      <>
        <RelativeTime at={signedAt} />
        {signedAtBy && `, confirmed ${clocks[signedAtBy]}`}
        {signature.logIndex && ` (entry ${signature.logIndex})`}
      </>
    ) : (
      'nobody who is trusted says when'
    ),
  ]);
  if (signature.modelName) {
    facts.push(['Signed as', signature.modelName]);
  }
  return facts;
}
