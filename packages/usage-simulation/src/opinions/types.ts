/** What somebody says about a model. Authors are entity refs of users. @public */
export interface SimulatedReview {
  author: string;
  entityRef: string;
  modelVersion: string;
  stars: { quality: number; speed: number; cost: number; ease: number };
  useCase: string;
  whatWorked: string;
  limitations: string;
  /** Whom it helped. */
  helpful: string[];
  /** What a member of the owning team answers. */
  reply?: { author: string; text: string };
}

/** Something that helps others with a model. @public */
export interface SimulatedTip {
  author: string;
  entityRef: string;
  kind: 'prompt' | 'preprocessing' | 'settings';
  title: string;
  body: string;
  settings?: Record<string, number | string>;
  helpful: string[];
}

/** A question, perhaps with an answer of the team that owns the model. @public */
export interface SimulatedQuestion {
  author: string;
  entityRef: string;
  title: string;
  body: string;
  answer?: { author: string; text: string; isAccepted: boolean };
}

/** What people say about models. @public */
export interface Opinions {
  reviews: SimulatedReview[];
  tips: SimulatedTip[];
  questions: SimulatedQuestion[];
}
