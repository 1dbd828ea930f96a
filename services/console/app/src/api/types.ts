import type { components as V1 } from '#types/v1';
import type { components as V2 } from '#types/v2';

/** As it comes over the wire: every field is there, and the documents leave the type of times open. */
type Wire<T> = { [K in keyof T]-?: unknown extends T[K] ? string | null : Exclude<T[K], undefined> };
type Schema<K extends keyof V2['schemas']> = Wire<V2['schemas'][K]>;

export type Ticket = Schema<'EnhancedTicket'>;
export type Job = Schema<'JobView'>;
export type Step = Schema<'StepView'>;
export type Artifact = Schema<'ArtifactView'>;
export type Intervention = Schema<'InterventionsView'>;
export type Batch = Schema<'BatchesView'>;
export type BatchRow = Schema<'ListBatchesView'>;
export type BatchItem = Schema<'BatchesItem'>;
export type Delivery = Schema<'DeliveriesView'>;
export type Breaker = Schema<'OperationsBreaker'>;
export type PortalRow = Schema<'OperationsPortalView'>;
export type Portal = Schema<'PortalRecipesView'>;
export type Recipe = Schema<'PortalRecipesRecipeView'>;
export type Overview = Schema<'OperationsOverviewView'>;
export type DeadLetter = Schema<'DeadLettersView'>;
export type AuditEntry = Schema<'ListAuditResponse'>;
export type Tenant = Schema<'GetTenantResponse'>;
export type Feature = Schema<'GetFeatureResponse'>;
export type ApiKey = Schema<'ListApiKeysResponse'>;
export type NewApiKey = Schema<'CreateApiKeyResponse'>;
export type FiscalProfile = Schema<'GetFiscalProfileResponse'>;
export type Constancia = Wire<V2['schemas']['ReadConstanciaResponse']> & { profile: Wire<V2['schemas']['ReadConstanciaProfile']> };
export type Metrics = Schema<'GetMetricsResponse'>;
export type Usage = Schema<'GetUsageResponse'>;
export type StatementRow = Schema<'ListStatementsResponse'>;
export type Budget = Schema<'GetBudgetResponse'>;
export type Check = V2['schemas']['CfdiCheck'];
export type Merchant = Wire<V1['schemas']['AddMerchantResponse']>;
