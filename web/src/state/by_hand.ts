// Without a cable nobody sees whether a step helped but the person, who says it here. It is kept with the settings, so
// that a second tab and the next day know it; the engine hears of it by a new look or by answers.
import { computed } from '@preact/signals';
import type { PlanStep } from '../engine/report';
import { engine, parts } from './store';

interface ByHand {
  tried: string[]; // ids of steps that did not help
  helped: string; // of the one that did, "" for none
  text: string; // what that step was
}
const NONE: ByHand = { tried: [], helped: '', text: '' };
const TEXT = 200;
const MOST = 30;

export const byHand = computed<ByHand>(() => {
  const kept = parts.settings.value?.page['by_hand'] as Partial<ByHand> | undefined;
  if (!parts.report.value || !kept || !Array.isArray(kept.tried)) return NONE;
  return { tried: kept.tried.filter((id) => typeof id === 'string'), helped: String(kept.helped ?? ''), text: String(kept.text ?? '') };
});

function keep(next: ByHand): Promise<void> {
  return engine().settings({ page: { ...parts.settings.value?.page, by_hand: next } });
}

export function tell(step: PlanStep, helped: boolean): Promise<void> {
  const { tried } = byHand.value;
  if (helped) return keep({ tried, helped: step.id, text: step.text.slice(0, TEXT) });
  return keep({ tried: [...tried.filter((id) => id !== step.id), step.id].slice(-MOST), helped: '', text: '' });
}

// The trouble is back, or it is begun anew.
export function forget(): Promise<void> {
  return keep(NONE);
}
