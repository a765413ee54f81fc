import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Grid from '@material-ui/core/Grid';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type {
  AccessProfile,
  ApprovalDetail,
  Purpose,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  errorText,
  modelGovernanceApiRef,
  ModelLink,
  Section,
  useFieldStyles,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { FormEvent, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useLive } from '../hooks/useLive';
import { nameOfRef } from '../lib/words';
import { approvalRouteRef } from '../routes';
import { noExpectedUse } from './expectedUse';
import { ExpectedUseSection } from './ExpectedUseSection';
import {
  fieldIds,
  firstVersion,
  formErrors,
  problemsNow,
  type RequestForm as Form,
  toBody,
} from './formState';
import { PreviewPanel } from './PreviewPanel';
import { TierField } from './TierField';

const useStyles = makeStyles(
  theme => ({
    fields: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2.5),
    },
    actions: { display: 'flex', gap: theme.spacing(1) },
  }),
  { name: 'ModelGovernanceRequestForm' },
);

/** Asks for a model: what is wanted on the left, what it takes on the right. */
export function RequestForm(props: {
  entityRef: string;
  initial: Partial<Form>;
  profiles: AccessProfile[];
  purposes: Purpose[];
  groups: string[];
}) {
  const { entityRef, initial, profiles, purposes, groups } = props;
  const classes = useStyles();
  const fieldClasses = useFieldStyles();
  const api = useApi(modelGovernanceApiRef);
  const approval = useRouteRef(approvalRouteRef);
  const navigate = useNavigate();
  const submission = useSubmission<ApprovalDetail>();
  const summary = useRef<HTMLDivElement>(null);
  const [showErrors, setShowErrors] = useState(0);
  const [form, setForm] = useState<Form>({
    modelVersion: '',
    tier: initial.tier ?? '',
    purpose: purposes.some(one => one.id === initial.purpose)
      ? initial.purpose!
      : '',
    profile:
      profiles.find(one => one.id === initial.profile)?.id ??
      profiles.find(one => one.mine)?.id ??
      '',
    requesterGroup: '',
    justification: '',
    expectedUse: noExpectedUse,
  });
  const [waiting, setWaiting] = useState(false);
  const change = (changes: Partial<Form>) => {
    setWaiting(false);
    setForm(previous => ({ ...previous, ...changes }));
  };

  const { tier, modelVersion, purpose, profile, requesterGroup } = form;
  const preview = useLive(
    JSON.stringify({
      entityRef,
      tier: tier || 'sandbox',
      modelVersion,
      purpose,
      profile,
      requesterGroup,
    }),
    (client, signal) =>
      client.previewApproval(
        {
          body: {
            entityRef,
            tier: tier || 'sandbox',
            ...(modelVersion && { modelVersion }),
            ...(purpose && { purpose }),
            ...(profile && { profile }),
            ...(requesterGroup && { requesterGroup }),
          },
        },
        { signal },
      ),
  );
  const [versions, setVersions] = useState(preview.value?.versions ?? []);
  useEffect(() => {
    if (!preview.value) return;
    const found = preview.value.versions;
    setVersions(found);
    setForm(previous =>
      previous.modelVersion
        ? previous
        : {
            ...previous,
            modelVersion: firstVersion(found, initial.modelVersion),
          },
    );
  }, [preview.value, initial.modelVersion]);

  const errors = formErrors(form);
  const problems = tier ? problemsNow(preview.value, form) : [];
  const invalid = (field: string) =>
    showErrors > 0 && errors.some(error => error.field === field);
  const chosenVersion = versions.find(version => version.name === modelVersion);

  useEffect(() => {
    if (showErrors > 0) summary.current?.focus();
  }, [showErrors]);

  const send = async () => {
    if (errors.length > 0 || problems.length > 0) {
      setShowErrors(count => count + 1);
      return;
    }
    const created = await submission.submit({
      body: toBody(entityRef, form),
      send: (body, idempotencyKey) =>
        api.createApproval({ body, idempotencyKey }),
    });
    if (created) navigate(approval({ id: created.id }));
  };
  /** Whether it is known which versions there are and what stands in the way. */
  const previewed =
    preview.error !== undefined ||
    (preview.value !== undefined &&
      (modelVersion !== '' || preview.value.versions.length === 0));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (previewed) void send();
    else setWaiting(true);
  };
  const sendNow = useRef(send);
  sendNow.current = send;
  useEffect(() => {
    if (!waiting || !previewed) return;
    setWaiting(false);
    void sendNow.current();
  }, [waiting, previewed]);
  const busy = waiting || submission.busy;

  return (
    <Grid container spacing={2}>
      <Grid item xs={12} md={7}>
        <Section title="Your request">
          <form
            onSubmit={submit}
            noValidate
            className={`${classes.fields} ${fieldClasses.form}`}
          >
            {showErrors > 0 && (errors.length > 0 || problems.length > 0) && (
              <Alert severity="error" role="alert">
                <div ref={summary} tabIndex={-1}>
                  <AlertTitle>Not sent yet</AlertTitle>
                  <ul>
                    {errors.map(error => (
                      <li key={error.field}>
                        <a
                          href={`#${error.field}`}
                          onClick={event => {
                            event.preventDefault();
                            document.getElementById(error.field)?.focus();
                          }}
                        >
                          {error.message}
                        </a>
                      </li>
                    ))}
                    {problems.map(problem => (
                      <li key={problem.code + problem.message}>
                        {problem.message}
                      </li>
                    ))}
                  </ul>
                </div>
              </Alert>
            )}
            <div>
              Model:{' '}
              <ModelLink entityRef={entityRef} title={nameOfRef(entityRef)} />
            </div>
            <ChoiceField
              id={fieldIds.modelVersion}
              label="Version"
              required
              value={modelVersion}
              none={versions.length ? undefined : 'No version yet'}
              choices={versions.map(version => ({
                value: version.name,
                label: version.pinned
                  ? `${version.name} (pinned)`
                  : `${version.name} (not pinned)`,
              }))}
              onChange={value => change({ modelVersion: value })}
              error={invalid(fieldIds.modelVersion)}
              helperText={
                chosenVersion?.pinned
                  ? `Pinned to ${chosenVersion.pin ?? 'its digest'}`
                  : chosenVersion?.missing ??
                    'An approval is for one version, by its digest.'
              }
            />
            <TierField
              value={tier}
              onChange={value => change({ tier: value })}
              error={invalid(fieldIds.tier)}
            />
            <ChoiceField
              id={fieldIds.purpose}
              label="Purpose"
              required
              value={purpose}
              none="Choose a purpose"
              choices={purposes.map(one => ({
                value: one.id,
                label: one.title,
              }))}
              onChange={value => change({ purpose: value })}
              error={invalid(fieldIds.purpose)}
              helperText={
                purposes.find(one => one.id === purpose)?.description ??
                'What it is used for. The purpose says which data may go in.'
              }
            />
            <ChoiceField
              id={fieldIds.profile}
              label="Access profile"
              required
              value={profile}
              none="Choose an access profile"
              choices={[...profiles]
                .sort((a, b) => Number(b.mine ?? 0) - Number(a.mine ?? 0))
                .map(one => ({
                  value: one.id,
                  label: one.mine ? `${one.title} (yours)` : one.title,
                }))}
              onChange={value => change({ profile: value })}
              error={invalid(fieldIds.profile)}
              helperText={
                profiles.find(one => one.id === profile)?.description ??
                'Who calls it: a named set of groups, components and people.'
              }
            />
            {groups.length > 1 && (
              <ChoiceField
                id="request-group"
                label="Asking for which of your groups"
                value={requesterGroup}
                none="The first one that has a lead"
                choices={groups.map(group => ({
                  value: group,
                  label: nameOfRef(group),
                }))}
                onChange={value => change({ requesterGroup: value })}
                helperText="Its lead is asked to sign."
              />
            )}
            <TextField
              id={fieldIds.justification}
              label="Justification"
              required
              multiline
              minRows={4}
              variant="outlined"
              value={form.justification}
              onChange={event => change({ justification: event.target.value })}
              error={invalid(fieldIds.justification)}
              helperText="What will you build, for whom, and why this model? The people who sign read this."
              inputProps={{ maxLength: 4000 }}
            />
            <ExpectedUseSection
              entityRef={entityRef}
              modelVersion={modelVersion}
              value={form.expectedUse}
              onChange={value => change({ expectedUse: value })}
              showErrors={showErrors > 0}
              demands={tier ? preview.value?.demands : undefined}
            />
            {submission.error !== undefined && (
              <Alert severity="error" role="alert">
                {errorText(submission.error)}
              </Alert>
            )}
            <div className={classes.actions}>
              <Button
                type="submit"
                variant="contained"
                color="primary"
                disabled={busy}
              >
                {busy ? 'Submitting…' : 'Submit request'}
              </Button>
              <Button onClick={() => navigate(-1)}>Cancel</Button>
            </div>
          </form>
        </Section>
      </Grid>
      <Grid item xs={12} md={5}>
        <PreviewPanel
          preview={tier ? preview : undefined}
          asked={
            tier && modelVersion && (purpose || profile)
              ? {
                  entityRef,
                  tier,
                  version: modelVersion,
                  purpose,
                  profile,
                  requesterGroup,
                }
              : undefined
          }
          problems={problems}
        />
      </Grid>
    </Grid>
  );
}
