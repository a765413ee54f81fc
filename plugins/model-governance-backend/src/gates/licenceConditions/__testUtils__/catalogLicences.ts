/** A licence as public catalogs of models write it. */
export interface CatalogLicence {
  id: string;
  /** How many models of the catalogs are under it. */
  models: number;
}

/**
 * The licences of the 109 models in two public catalogs of validated open
 * models, as of November 2026. Facts only.
 */
export const catalogLicences: CatalogLicence[] = [
  { id: 'apache-2.0', models: 71 },
  { id: 'mit', models: 8 },
  { id: 'llama3.1', models: 6 },
  { id: 'llama4', models: 5 },
  { id: 'llama3.3', models: 4 },
  { id: 'nvidia-open-model-license', models: 4 },
  { id: 'gemma', models: 3 },
  { id: 'modified-mit', models: 3 },
  { id: 'nvidia-nemotron-open-model-license', models: 3 },
  { id: 'openmdw-1.1', models: 2 },
];
