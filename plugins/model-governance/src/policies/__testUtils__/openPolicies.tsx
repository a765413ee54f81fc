import { fireEvent, screen } from '@testing-library/react';
import type { FakeBackend } from '../../__testUtils__/FakeBackend';
import { renderGovernance } from '../../__testUtils__/renderGovernance';
import { PoliciesRoutes } from '../PoliciesRoutes';

export const open = (at: string, fake: FakeBackend) =>
  renderGovernance(<PoliciesRoutes />, { at, backend: fake });

export const click = (button: HTMLElement) => fireEvent.click(button);
export const write = (field: HTMLElement, value: string) =>
  fireEvent.change(field, { target: { value } });
export const editor = () =>
  screen.findByRole('textbox', { name: 'Text of sandbox.yaml' });
