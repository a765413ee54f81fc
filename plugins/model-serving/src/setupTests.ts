import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages are found by role and name, which is slow in jsdom on a busy machine.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 15_000 });
