/** The wire's shapes: those of the trade are made from the operations (wire.ts), those of proposals and sessions stand here. */

import type { Organization } from "./wire";

export type * from "./wire";

export type Page<T> = { items: T[]; next_cursor: string | null };

export type FieldChange = { name: string; before: unknown; after: unknown };

export type Change = {
  table: string;
  action: "insert" | "update" | "delete";
  id: string;
  label: string;
  fields: FieldChange[];
};

export type StepInput = Record<string, unknown>;

export type ProposalStep = {
  index: number;
  operation: string;
  input: StepInput;
  enabled: boolean;
  effect: "write" | "money" | "external" | "read";
};

export type RevisedStep = Pick<ProposalStep, "operation" | "input" | "enabled">;

export type StepError = { code: string; message?: string; detail?: string; remedy?: string | null };

export type StepPreview = {
  index: number;
  operation: string;
  ok: boolean | null;
  summary: string;
  result: unknown;
  changes: Change[];
  warnings: string[];
  error: StepError | null;
};

export type Total = { label: string; amount: number; currency: string };

export type Preview = {
  ok: boolean;
  steps: StepPreview[];
  totals: Total[];
  warnings: string[];
  conflicts: string[];
};

export type ProposalState =
  | "proposed"
  | "approved"
  | "applied"
  | "undone"
  | "rejected"
  | "expired"
  | "stale"
  | "failed";

export type Proposal = {
  id: string;
  thread_id: string | null;
  title: string;
  status: ProposalState;
  digest: string;
  revision: number;
  version: number;
  steps: ProposalStep[];
  preview: Preview;
  replaces: string | null;
  undo_of: string | null;
  undone_by: string | null;
  can_undo: boolean;
  created_at: string;
  expires_at: string;
  decided_at: string | null;
  applied_at: string | null;
  failure: StepError | null;
};

export type Problem = {
  type?: string;
  title?: string;
  status: number;
  detail?: string;
  code: string;
  errors?: { pointer: string; message: string }[];
  remedy?: string | null;
  allowed_next_states?: string[];
  available?: number | null;
  retryable?: boolean;
  request_id?: string;
};

export type Session = {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  expires_at?: number;
  token_type?: string;
};

export type Me = {
  user: { id: string; email: string; name: string };
  /** The one this tab works in. */
  organization: Organization | null;
  organizations: Organization[];
  scopes: string[];
};

export type Role = Organization["role"];

/** What an invitation's link holds, for whoever opens it. */
export type InvitationOffer = { organization: string; email: string; role: Role; expires_at: string };

export type Health = {
  status?: string;
  demo?: boolean;
  model?: { provider: string; name: string; description?: string; coverage?: unknown };
};
