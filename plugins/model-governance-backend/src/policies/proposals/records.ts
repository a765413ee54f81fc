import type { PolicySource } from '@modelhub/policies';

/** One file of a proposal; without content it is removed. */
export interface ChangedFile {
  name: string;
  content?: string;
}

/** A proposal as it is kept. Times are ISO 8601 in UTC. */
export interface ProposalRecord {
  id: string;
  title: string;
  reason: string;
  /** Entity ref of the user. */
  author: string;
  state: 'open' | 'activated' | 'withdrawn';
  revision: number;
  /** What was in force when it was begun or rebased. */
  baseVersion: string;
  baseHash: string;
  files: ChangedFile[];
  /** The same files as they were then. */
  baseFiles: ChangedFile[];
  createdAt: string;
  updatedAt: string;
  endedAt?: string;
  /** Undefined where the folder changed. */
  endedBy?: string;
  endReason?: string;
  activationId?: number;
}

/** One time that other policies came into force. */
export interface ActivationRecord {
  id: number;
  version: string;
  at: string;
  how: 'folder' | 'portal';
  by?: string;
  proposalId?: string;
  reason?: string;
  /** Hash of the text by file. */
  files: Record<string, string>;
  /** What differs from the activation before. */
  changed: string[];
}

/** A file of the portal that lies over the folder. */
export interface OverlayFile {
  file: string;
  /** Undefined where the portal removed it. */
  text?: string;
  hash?: string;
  /** Of the file in the folder when the portal's was activated. */
  folderHash?: string;
}

export interface Overlay {
  /** Counts changes; replicas compare it. */
  revision: number;
  files: OverlayFile[];
}

/** The folder says something else than what the portal put over it. */
export interface PolicyConflict {
  file: string;
  /** Undefined where the folder has no such file any more. */
  folderText?: string;
  folderHash?: string;
}

/** Every file, and what the folder says besides. */
export interface PolicyFiles {
  files: PolicySource[];
  conflicts: PolicyConflict[];
  overlayRevision: number;
}
