import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import LinearProgress from '@material-ui/core/LinearProgress';
import type {
  PlaygroundBatch,
  PlaygroundColumns,
  PlaygroundFileCheck,
  PlaygroundTargets,
} from '@modelhub/backstage-plugin-models-common';
import {
  ErrorHint,
  modelServingApiRef,
  useFieldStyles,
} from '@modelhub/backstage-plugin-models-react';
import { useRef, useState } from 'react';
import { bytesText, fileText } from '../lib/files';
import { useChange } from '../lib/useChange';
import {
  initialSettings,
  settingsOf,
  settingsProblems,
} from '../playground/settings';
import { SettingsFields } from '../playground/SettingsFields';
import { TargetsBar } from '../playground/TargetsBar';
import { FileCheckView } from './FileCheckView';
import { FileDrop } from './FileDrop';
import {
  type ChosenFile,
  columnsProblem,
  formatOf,
  scorerChoices,
  scorersFor,
  settingOf,
  settingProblem,
} from './fileForm';
import { ScorerFields } from './ScorerFields';

/** A file with what the backend says of it. */
interface Checked {
  file: ChosenFile;
  check: PlaygroundFileCheck;
  columns: Partial<PlaygroundColumns>;
}

const isComplete = (
  columns: Partial<PlaygroundColumns>,
): columns is PlaygroundColumns => columnsProblem(columns) === undefined;

/** A file, what its columns are, how answers are judged, and go. */
export function InputsForm(props: {
  known: PlaygroundTargets;
  chosen: string[];
  onChoose: (ids: string[]) => void;
  onProfile: (id: string) => void;
  onStarted: (batch: PlaygroundBatch) => void;
}) {
  const { known, chosen, onStarted } = props;
  const { limits } = known;
  const api = useApi(modelServingApiRef);
  const fields = useFieldStyles();
  const latest = useRef(0);
  const [isChecking, setIsChecking] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const [checked, setChecked] = useState<Checked>();
  const [name, setName] = useState('');
  const [system, setSystem] = useState('');
  const [settings, setSettings] = useState({
    ...initialSettings,
    temperature: '0',
  });
  const [scorers, setScorers] = useState<string[]>();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const { send, busy, error } = useChange<PlaygroundBatch>();

  const look = async (
    file: ChosenFile,
    columns: Partial<PlaygroundColumns> | undefined,
  ) => {
    latest.current += 1;
    const turn = latest.current;
    setIsChecking(true);
    setProblem(undefined);
    try {
      const check = await api.checkPlaygroundFile({
        body: {
          text: file.text,
          format: formatOf(file.name),
          ...(columns && isComplete(columns) && { columns }),
        },
      });
      // A slow answer about an earlier choice says nothing any more.
      if (turn !== latest.current) return;
      setChecked({ file, check, columns: columns ?? check.guessed ?? {} });
      setScorers(undefined);
    } catch (cause) {
      if (turn !== latest.current) return;
      setProblem(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      if (turn === latest.current) setIsChecking(false);
    }
  };

  const take = async (chosenFile: File) => {
    setChecked(undefined);
    if (chosenFile.size > limits.fileBytes) {
      setProblem(
        new Error(
          `${chosenFile.name} has ${bytesText(
            chosenFile.size,
          )}; at most ${bytesText(limits.fileBytes)} can be taken.`,
        ),
      );
      return;
    }
    const file = { name: chosenFile.name, text: await fileText(chosenFile) };
    setName(chosenFile.name.replace(/\.[^.]+$/, '').slice(0, 100));
    await look(file, undefined);
  };

  const judged = checked && scorersFor(checked.check, known.scorers);
  const taken = scorers ?? judged?.first ?? [];
  const hasExpected = checked?.columns.expected !== undefined;
  const callable = chosen.filter(id =>
    known.items.some(target => target.id === id && target.available),
  );
  const isReady =
    checked !== undefined &&
    !isChecking &&
    checked.check.isUsable &&
    isComplete(checked.columns) &&
    callable.length > 0 &&
    name.trim() !== '' &&
    Object.keys(settingsProblems(settings, limits.answerTokens)).length === 0 &&
    taken.every(type => {
      const setting = settingOf(type);
      return (
        !setting ||
        settingProblem(setting, typed[type] ?? '', hasExpected) === undefined
      );
    });

  const start = async () => {
    if (!checked || !isComplete(checked.columns)) return;
    const sent = await send(
      {
        name: name.trim(),
        fileName: checked.file.name,
        text: checked.file.text,
        format: checked.check.format,
        columns: checked.columns,
        targets: callable,
        settings: settingsOf(settings),
        ...(system.trim() && { system: system.trim() }),
        scorers: scorerChoices(taken, typed),
        profile: known.profile,
      },
      (client, body, key) =>
        client.createPlaygroundBatch({ body, idempotencyKey: key }),
    );
    if (sent) onStarted(sent.answer);
  };

  return (
    <>
      <FileDrop
        disabled={busy}
        name={checked?.file.name}
        limit={`JSON Lines or CSV, at most ${bytesText(
          limits.fileBytes,
        )} and ${limits.rows.toLocaleString('en-GB')} rows.`}
        onFile={file => void take(file)}
      />
      {isChecking && <LinearProgress aria-label="Reads the file" />}
      {problem && (
        <ErrorHint title="The file cannot be taken" error={problem} />
      )}
      {checked && judged && (
        <>
          <FileCheckView
            check={checked.check}
            columns={checked.columns}
            onColumns={columns => {
              setChecked({ ...checked, columns });
              if (isComplete(columns)) void look(checked.file, columns);
            }}
          />
          <TargetsBar
            known={known}
            chosen={chosen}
            onChoose={props.onChoose}
            onProfile={props.onProfile}
          />
          <ScorerFields
            fitting={judged.fitting}
            chosen={taken}
            typed={typed}
            hasExpected={hasExpected}
            onChange={setScorers}
            onType={setTyped}
          />
          <div className={fields.fields}>
            <TextField
              id="inputs-name"
              label="Name"
              required
              value={name}
              onChange={event => setName(event.target.value)}
              helperText="The evaluation is called by it."
              inputProps={{ maxLength: 100 }}
              variant="outlined"
              size="small"
            />
            <TextField
              id="inputs-system"
              label="System prompt"
              value={system}
              onChange={event => setSystem(event.target.value)}
              helperText="Before each prompt whose row has none of its own."
              multiline
              minRows={2}
              maxRows={8}
              variant="outlined"
            />
          </div>
          <SettingsFields
            id="inputs"
            value={settings}
            answerTokens={limits.answerTokens}
            onChange={setSettings}
          />
          {error !== undefined && (
            <ErrorHint title="It could not be started" error={error} />
          )}
          <Button
            variant="contained"
            color="primary"
            disabled={!isReady || busy}
            onClick={() => void start()}
          >
            {busy ? 'Working…' : runText(checked.check.rows, callable.length)}
          </Button>
        </>
      )}
    </>
  );
}

/** `Run 20 rows through 2 models`. */
function runText(rows: number, targets: number): string {
  if (targets === 0) return 'Choose a model to run it';
  return `Run ${rows.toLocaleString('en-GB')} ${
    rows === 1 ? 'row' : 'rows'
  } through ${targets} ${targets === 1 ? 'model' : 'models'}`;
}
