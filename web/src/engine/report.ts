// "bandkeeper.report/1" and its relatives, as `--json` prints them (docs/page-api.md). Only what the page shows.
// Every text here may come from a phone or a file: it is shown as text, never as markup.

export interface Where {
  file?: string;
  member?: string;
  line?: number;
  packet?: number;
  offset?: number;
  time?: { clock: string; text: string };
}

export type LayerState = 'ok' | 'trouble' | 'unknown';

export interface Layer {
  id: string;
  state: LayerState;
  probability: number;
  text: string;
  shown_by?: string[];
}

export interface Cause {
  id: string;
  layer: string;
  probability: number;
}

export interface Finding {
  id: string;
  value: boolean | string;
  source: string;
  where: Where;
  text: string;
}

export interface Loss {
  kind: string;
  where: Where;
  count: number;
  text: string;
}

export interface Moved {
  finding: string;
  value: boolean | string;
  log_odds: number;
  text: string;
}

export interface WouldChange {
  finding: string;
  value: boolean | string;
  to_cause: string;
  chance: number;
  text: string;
}

export type LossClass = 'none' | 'setting' | 'pairing' | 'app_data' | 'band_data';

export interface PlanStep {
  kind: 'fix' | 'ask';
  id: string;
  treats?: string[];
  minutes: number;
  chance?: number;
  loss?: LossClass;
  loss_text?: string;
  by?: string;
  text: string;
  why?: string;
  words?: string[];
  check?: string;
  test_later?: boolean;
  undo?: string;
}

export interface Report {
  probe?: { text: string; cannot_tell: string[] }; // what the band itself said
  schema: string;
  verdict: {
    outcome: string;
    layer: string;
    cause: string;
    probability: number;
    sure: boolean;
    text: string;
    explain?: string;
    also?: { cause?: string; text?: string; probability?: number }[];
  };
  layers: Layer[];
  causes: Cause[];
  findings: Finding[];
  losses: Loss[];
  plan: {
    expected_minutes: number;
    bound_minutes: number;
    cure_chance?: number;
    steps: PlanStep[];
    instead?: { text: string; now: boolean };
  };
  explanation?: {
    cause: string;
    moved_by: Moved[];
    would_change?: WouldChange[];
    contradictions?: { text?: string }[];
  };
  band?: { text: string; name?: string };
  phone?: { maker: string; model: string; android: string; skin?: string; skin_version?: string };
}

export interface ReadFile {
  path: string;
  member?: string;
  format: string;
  packets?: number;
  first?: string;
  last?: string;
}

export interface PreviewLine {
  what: string;
  already: boolean;
  commands: string[];
}

export interface DryStep {
  id: string;
  title: string;
  by: string;
  harm: string;
  consent: string;
  tool: PreviewLine[];
  finger: PreviewLine[];
  words: string[];
}

export interface DryRun {
  app: string | null;
  app_text: string;
  steps: DryStep[];
}

export interface RepairResult {
  schema: 'bandkeeper.repair/1';
  outcome: string;
  text: string;
  proof: string;
  proved_by: string | null;
  background?: string | null;
  repair: number | null;
  changed: string[];
  everyday_off?: string[];
  put_back_by_phone?: string[];
}

export interface PastRepair {
  number: number;
  at: number;
  phone: string;
  outcome: string;
  undoable: boolean;
  fixes: string[];
  changes: { text: string; state: string }[];
}

export interface EverydayCheck {
  fix: string;
  title: string;
  state: 'good' | 'off' | 'look';
  differs: string[];
  why: string;
  by: string;
  steps: string[];
  refusal?: string;
}

export interface EverydayReport {
  good: boolean;
  app_text?: string;
  checks: EverydayCheck[];
  habits?: string[];
}
