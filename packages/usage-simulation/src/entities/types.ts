/** An entity of a Backstage catalog. @public */
export interface CatalogEntity {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string } & Record<string, unknown>;
  spec: Record<string, unknown>;
}
