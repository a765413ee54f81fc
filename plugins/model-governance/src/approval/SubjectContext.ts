import { createContext, useContext } from 'react';

/** What a request is about, for views of evidence that lead to more than they hold. */
export interface Subject {
  entityRef: string;
  modelVersion: string;
  approvalId: string;
}

const SubjectContext = createContext<Subject | undefined>(undefined);

export const SubjectProvider = SubjectContext.Provider;

/** Undefined where evidence is shown outside of a request. */
export const useSubject = (): Subject | undefined => useContext(SubjectContext);
