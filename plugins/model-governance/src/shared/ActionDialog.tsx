import {
  ActionDialog as SharedActionDialog,
  type ActionDialogProps,
} from '@modelhub/backstage-plugin-models-react';
import { Problem } from './Problem';

/** Asks before something is done; who lacks a passkey for it is told where to enrol one. */
export function ActionDialog(props: Omit<ActionDialogProps, 'problem'>) {
  return (
    <SharedActionDialog {...props} problem={<Problem error={props.error} />} />
  );
}
